import { implement } from '#platform/context.ts';
import { transfers } from '../contract.ts';
import { applyTransfer } from './apply-transfer.ts';
import { applyJob, checkDue, checkDueJob } from './check-due.ts';
import { countTransfers, getTransfer, listTransfers } from './list-transfers.ts';
import {
  acceptTransfer,
  acknowledge,
  answerTransfer,
  sayOnTransfer,
  sendBack,
  withdrawTransfer,
} from './move-transfer.ts';
import { receivers } from './receivers.ts';
import { sendTransfer } from './send-transfer.ts';

export const transfersRoom = implement(
  transfers,
  {
    receivers,
    list: listTransfers,
    count: countTransfers,
    get: getTransfer,
    send: sendTransfer,
    accept: acceptTransfer,
    answer: answerTransfer,
    sendBack,
    withdraw: withdrawTransfer,
    say: sayOnTransfer,
    acknowledge,
    apply: applyTransfer,
    checkDue,
  },
  {
    jobs: { 'transfers.checkDue': checkDueJob, 'transfers.apply': applyJob },
    clock: { 'transfers.checkDue': '* * * * *' },
    hears: {
      'transfers.sent': 'transfers.apply',
      'transfers.said': 'transfers.apply',
      'transfers.accepted': 'transfers.apply',
      'transfers.answered': 'transfers.apply',
      'transfers.sent_back': 'transfers.apply',
      'transfers.withdrawn': 'transfers.apply',
    },
  },
);
