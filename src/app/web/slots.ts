import { composerTools, ticketFacts, ticketNotices } from '#tickets/web/parts.tsx';

const followups = () => import('#followups/web/parts.tsx');

/** What later rooms show on the screens of earlier ones, in this order. */
ticketFacts.fill(() => followups().then(({ PromiseFact }) => PromiseFact));
ticketNotices.fill(() => followups().then(({ CallBackNotice }) => CallBackNotice));
composerTools.fill(() => followups().then(({ FollowupTools }) => FollowupTools));
