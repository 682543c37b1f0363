import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { Id, Instant, pii } from '#platform/values.ts';
import { CHANNELS, TicketRow } from '#tickets/contract/shapes.ts';
import { OUTCOMES } from '../rules/call-back.ts';

/** 지킬 것 · 지킴 · 늦음 · 못 지킴 · 거둠 */
export const PROMISE_STATES = ['open', 'kept', 'late', 'broken', 'withdrawn'] as const;
export const CALL_BACK_STATES = ['open', 'done', 'given_up'] as const;
/** 내 것 · 지킬 것 · 시간 지남 · 끝난 것 */
export const PROMISE_VIEWS = ['mine', 'open', 'overdue', 'settled'] as const;
/** 걸 것 · 내가 맡음 · 끝난 것 */
export const CALL_BACK_VIEWS = ['open', 'mine', 'ended'] as const;

export const Channel = z.enum(CHANNELS);
export const Person = z.strictObject({ id: Id, name: z.string() });

const OnTicket = z.strictObject({ id: Id, number: z.int(), subject: z.string(), status: TicketRow.shape.status });
const Customer = z.strictObject({ id: Id, name: pii('name') });

export const PromiseRow = z.strictObject({
  id: Id,
  /** Null while it lies outside of the reader's scope. */
  ticket: OnTicket.nullable(),
  customer: Customer,
  mall: MallId,
  centre: z.string(),
  channel: Channel,
  note: z.string().nullable(),
  state: z.enum(PROMISE_STATES),
  owner: Person,
  /** The shift lead who has it while its owner is off. */
  cover: Person.nullable(),
  promisedBy: z.string(),
  promisedAt: Instant,
  dueAt: Instant,
  overdue: z.boolean(),
  remindedAt: Instant.nullable(),
  /** How often another time was agreed. */
  moved: z.int(),
  answeredAt: Instant.nullable(),
  settledAt: Instant.nullable(),
  reason: z.string().nullable(),
});

const Attempt = z.strictObject({
  id: Id,
  outcome: z.enum(OUTCOMES),
  note: z.string().nullable(),
  by: z.string(),
  at: Instant,
});

export const CallBackRow = z.strictObject({
  id: Id,
  ticket: OnTicket.nullable(),
  customer: Customer,
  mall: MallId,
  centre: z.string(),
  phone: pii('phone'),
  about: z.string(),
  askedBy: z.enum(['customer', 'agent']),
  state: z.enum(CALL_BACK_STATES),
  wantedFrom: Instant.nullable(),
  wantedUntil: Instant.nullable(),
  /** When to call next. */
  dueAt: Instant,
  overdue: z.boolean(),
  /** 부재 1·2·3차 */
  missed: z.int(),
  /** Called often enough: it may be given up. */
  enough: z.boolean(),
  claimedBy: Person.nullable(),
  /** Newest last. */
  attempts: z.array(Attempt),
  reason: z.string().nullable(),
  createdBy: z.string(),
  createdAt: Instant,
  endedAt: Instant.nullable(),
});

export const Todo = z.strictObject({
  kind: z.enum(['promise', 'call_back']),
  id: Id,
  at: Instant,
  overdue: z.boolean(),
  ticket: OnTicket.nullable(),
  customer: Customer,
  mall: MallId,
  channel: Channel,
  /** Of a call-back: calls without an answer so far. */
  missed: z.int(),
  note: z.string().nullable(),
  /** Whose it is, when it came to the caller because that person is off. */
  coverFor: z.string().nullable(),
  remindedAt: Instant.nullable(),
});

export const Kept = z.strictObject({
  kept: z.int(),
  late: z.int(),
  broken: z.int(),
  withdrawn: z.int(),
  /** Of those decided; null while none is. */
  rate: z.number().min(0).max(1).nullable(),
});
