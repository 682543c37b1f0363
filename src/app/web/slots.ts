import { hasBlanks } from '#templates/rules/render.ts';
import {
  composerGuards,
  composerTools,
  messageParts,
  ticketActions,
  ticketFacts,
  ticketNotices,
  ticketResolve,
} from '#tickets/web/parts.tsx';

const channels = () => import('#channels/web/parts.tsx');
const followups = () => import('#followups/web/parts.tsx');
const templates = () => import('#templates/web/parts.tsx');
const voc = () => import('#voc/web/parts.tsx');
const transfers = () => import('#transfers/web/parts.tsx');

/** What later rooms show on the screens of earlier ones, in this order. */
ticketFacts.fill(() => followups().then(({ PromiseFact }) => PromiseFact));
ticketNotices.fill(() => followups().then(({ CallBackNotice }) => CallBackNotice));
composerTools.fill(() => templates().then(({ TemplateTools }) => TemplateTools));
composerTools.fill(() => followups().then(({ FollowupTools }) => FollowupTools));
ticketActions.fill(() => transfers().then(({ TransferButton }) => TransferButton));
ticketNotices.fill(() => transfers().then(({ TransferNotice }) => TransferNotice));
messageParts.fill(() => channels().then(({ MailExtras }) => MailExtras));
composerTools.fill(() => channels().then(({ AttachTool }) => AttachTool));
composerGuards.push(hasBlanks);
ticketResolve.fill(() => voc().then(({ ResolveStrip }) => ResolveStrip));
