import { AttachTool } from './AttachTool.tsx';
import { MailExtras } from './MailExtras.tsx';

/** Below a message of a ticket, and in the foot of the composer. */
export { AttachTool, MailExtras };
