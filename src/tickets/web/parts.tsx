import { slot } from '#platform/slot.tsx';
import type { Message, Ticket } from './ticket-words.ts';

export { MyState } from './MyState.tsx';

export type OnTicket = { ticket: Ticket };
export type OnMessage = OnTicket & { message: Message };
/** What a part of the composer may do: put text where the caret stands, and know which kind is being written. */
export type OnComposer = OnTicket & {
  kind: 'reply' | 'memo';
  draft: string;
  setDraft: (text: string) => void;
  area: { readonly current: HTMLTextAreaElement | null };
};

/** Facts of the line below the head of a ticket, before the waiting time. */
export const ticketFacts = slot<OnTicket>();
/** Buttons in the head of a ticket, before `배정`. */
export const ticketActions = slot<OnTicket>();
/** Between the head and the conversation: what others ask or say about the case. */
export const ticketNotices = slot<OnTicket>();
/** Buttons in the foot of the composer, on its left. */
export const composerTools = slot<OnComposer>();
/** Below the text of a message: what it carries besides. */
export const messageParts = slot<OnMessage>();

/** Stands before a ticket is resolved: what a later room wants to know first. */
export const ticketResolve = slot<OnTicket & { resolve: () => void; close: () => void }>();

/** Says of a reply that it may not be sent yet; what says so shows why in the composer's foot. */
export const composerGuards: ((draft: string) => boolean)[] = [];
