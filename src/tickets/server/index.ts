import { implement } from '#platform/context.ts';
import { tickets } from '../contract.ts';
import { getMyState, listColleagues, setMyState } from './agent-state.ts';
import { aroundTicket } from './around-ticket.ts';
import { assignTicket } from './assign-ticket.ts';
import { assignJob, assignWaiting } from './assign-waiting.ts';
import { bulkChange, cancelBulk, getBulk, undoBulk } from './bulk-change.ts';
import { closeQuiet, closeQuietJob } from './close-quiet.ts';
import { countTickets } from './count-tickets.ts';
import { createTicket } from './create-ticket.ts';
import { cancelSend, dismissFailed, markDelivery, resendReply } from './delivery.ts';
import { getRules, setAssignment, setChannelRule, setSkills } from './desk-rules.ts';
import { getTicket } from './get-ticket.ts';
import { handOverTicket } from './hand-over-ticket.ts';
import { tidyJob, wakeJob } from './jobs.ts';
import { listLaterTimes } from './later-times.ts';
import { linkTickets } from './link-tickets.ts';
import { listTickets } from './list-tickets.ts';
import { mergeTickets, previewMerge, unmergeTicket } from './merge-tickets.ts';
import { noteTicket } from './note-ticket.ts';
import { listPresence, sayHere } from './presence.ts';
import { receiveMessage } from './receive-message.ts';
import { replyTicket } from './reply-ticket.ts';
import { listViews, removeView, saveView } from './saved-views.ts';
import { setPriority } from './set-priority.ts';
import { setTicketStatus } from './set-ticket-status.ts';
import { setFollowUp, snoozeTicket, wakeTicket } from './snooze-ticket.ts';
import { splitTicket, unsplitTicket } from './split-ticket.ts';
import { bulkJob, stepBulk } from './step-bulk.ts';
import { tagTicket } from './tag-ticket.ts';
import { tellThread } from './tell-thread.ts';
import { ticketHistory } from './ticket-history.ts';
import { undoChange } from './undo-change.ts';
import { seeMentions, watchTicket } from './watch-ticket.ts';

export const ticketsRoom = implement(
  tickets,
  {
    list: listTickets,
    count: countTickets,
    get: getTicket,
    create: createTicket,
    reply: replyTicket,
    note: noteTicket,
    assign: assignTicket,
    setStatus: setTicketStatus,
    tag: tagTicket,
    tellThread,
    handOver: handOverTicket,
    receive: receiveMessage,
    markDelivery,
    cancelSend,
    resend: resendReply,
    dismissFailed,
    setPriority,
    setFollowUp,
    snooze: snoozeTicket,
    wake: wakeTicket,
    undo: undoChange,
    watch: watchTicket,
    link: linkTickets,
    seeMentions,
    around: aroundTicket,
    views: listViews,
    saveView,
    removeView,
    bulkChange,
    bulk: getBulk,
    cancelBulk,
    undoBulk,
    stepBulk,
    history: ticketHistory,
    rules: getRules,
    setChannelRule,
    setAssignment,
    setSkills,
    assignWaiting,
    closeQuiet,
    mergePreview: previewMerge,
    merge: mergeTickets,
    unmerge: unmergeTicket,
    split: splitTicket,
    unsplit: unsplitTicket,
    laterTimes: listLaterTimes,
    colleagues: listColleagues,
    here: sayHere,
    presence: listPresence,
    setMyState,
    myState: getMyState,
  },
  {
    jobs: {
      'tickets.wake': wakeJob,
      'tickets.tidy': tidyJob,
      'tickets.bulk': bulkJob,
      'tickets.assign': assignJob,
      'tickets.closeQuiet': closeQuietJob,
    },
    hears: {
      'tickets.created': 'tickets.assign',
      'tickets.status_changed': 'tickets.assign',
      'tickets.agent_state_changed': 'tickets.assign',
    },
    clock: { 'tickets.tidy': '*/5 * * * *', 'tickets.assign': '* * * * *', 'tickets.closeQuiet': '20 * * * *' },
  },
);
