import { implement } from '#platform/context.ts';
import { requests } from '../contract.ts';
import { answerRequest } from './answer-request.ts';
import { askAgain, reopenRequest, withdrawRequest } from './ask-again.ts';
import { askRequest } from './ask-request.ts';
import { checkDue } from './check-due.ts';
import { followChange } from './follow-change.ts';
import { getRequest } from './get-request.ts';
import { checkDueJob, followChangeJob, tellCaseJob } from './jobs.ts';
import { countRequests, listRequests } from './list-requests.ts';
import { reassignRequest } from './reassign-request.ts';
import { requestTerms } from './request-terms.ts';
import { sayOnRequest, seeAnswer } from './say-on-request.ts';
import { showRecipient } from './show-recipient.ts';
import { tellCase } from './tell-case.ts';

export const requestsRoom = implement(
  requests,
  {
    list: listRequests,
    count: countRequests,
    get: getRequest,
    terms: requestTerms,
    ask: askRequest,
    say: sayOnRequest,
    askAgain,
    reassign: reassignRequest,
    see: seeAnswer,
    answer: answerRequest,
    withdraw: withdrawRequest,
    reopen: reopenRequest,
    showRecipient,
    followChange,
    tellCase,
    checkDue,
  },
  {
    jobs: {
      'requests.checkDue': checkDueJob,
      'requests.followChange': followChangeJob,
      'requests.tellCase': tellCaseJob,
    },
    clock: { 'requests.checkDue': '* * * * *' },
    hears: {
      'orders.change_asked': 'requests.followChange',
      'orders.change_answered': 'requests.followChange',
      'orders.change_withdrawn': 'requests.followChange',
      'orders.changed': 'requests.followChange',
      'requests.asked': 'requests.tellCase',
      'requests.said': 'requests.tellCase',
      'requests.answered': 'requests.tellCase',
      'requests.asked_again': 'requests.tellCase',
      'requests.reopened': 'requests.tellCase',
      'requests.withdrawn': 'requests.tellCase',
      'requests.reassigned': 'requests.tellCase',
    },
  },
);
