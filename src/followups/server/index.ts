import { implement } from '#platform/context.ts';
import { followups } from '../contract.ts';
import { askCallBack } from './ask-call-back.ts';
import { movePromise, withdrawPromise } from './change-promise.ts';
import { checkDue } from './check-due.ts';
import { claimCallBack, giveUpCallBack, releaseCallBack, showPhone } from './claim-call-back.ts';
import { followTicket } from './follow-ticket.ts';
import { checkDueJob, followTicketJob } from './jobs.ts';
import { keptRates } from './kept-rates.ts';
import { listCallBacks } from './list-call-backs.ts';
import { listPromises } from './list-promises.ts';
import { promiseReply } from './promise-reply.ts';
import { recordCall } from './record-call.ts';
import { terms, todo } from './todo.ts';

export const followupsRoom = implement(
  followups,
  {
    todo,
    terms,
    listPromises,
    promiseReply,
    movePromise,
    withdrawPromise,
    keptRates,
    listCallBacks,
    askCallBack,
    claimCallBack,
    releaseCallBack,
    showPhone,
    recordCall,
    giveUpCallBack,
    followTicket,
    checkDue,
  },
  {
    jobs: { 'followups.checkDue': checkDueJob, 'followups.followTicket': followTicketJob },
    clock: { 'followups.checkDue': '* * * * *' },
    hears: {
      'tickets.sent': 'followups.followTicket',
      'tickets.assigned': 'followups.followTicket',
      'tickets.status_changed': 'followups.followTicket',
    },
  },
);
