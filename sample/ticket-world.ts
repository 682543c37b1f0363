import type { Product } from './catalogue.ts';
import type { BaseText, Contact } from './contact-text.ts';
import type { Customer, Customers } from './customers.ts';
import type { Incident } from './incidents.ts';
import type { latelySaid } from './measure.ts';
import type { OrderRef } from './orders.ts';
import type { Rng } from './random.ts';
import type { VocLeaf } from './voc.ts';

export type Agent = { id: string; name: string; centre: 'own' | 'outsourced'; skill: 'high' | 'middle' | 'low' };
export type TicketWorld = {
  seed: number;
  now: number;
  customers: Customers;
  agents: { own: Agent[]; outsourced: Agent[] };
  drawProduct: (rng: Rng) => Product;
  /** An order that a contact at a time may be about, of some kinds of goods when they matter. */
  findOrder: (at: number, code: string, kinds: readonly string[], rng: Rng, mall?: string) => OrderRef | null;
  defectOrder: (at: number, rng: Rng) => OrderRef | null;
  /** A contact of the last days, whose customer asks again. */
  earlier: (rng: Rng) => { leaf: VocLeaf; order: OrderRef | null; customer: Customer; mall: string } | null;
  defectProduct: Product | null;
  lately: ReturnType<typeof latelySaid>;
};

export type Ticket = {
  id: string;
  number: number;
  at: number;
  channel: Contact;
  mall: string;
  centre: 'own' | 'outsourced';
  customer: Customer;
  agent: Agent | null;
  order: OrderRef | null;
  product: Product | null;
  leaf: VocLeaf;
  result: string;
  firstText: string;
  /** The reason alone, without what places and ends it: the queue shows it. */
  core: string;
  status: string;
  solvedAt: number | null;
  upset: boolean;
  incident: Incident['id'] | null;
  ticketRow: unknown[];
  messageRows: unknown[][];
};

/** What a contact is about, before anything is written. */
export type Subject = {
  leaf: VocLeaf;
  base: BaseText | null;
  channel: Contact;
  mall: string;
  order: OrderRef | null;
  product: Product | null;
  customer: Customer;
};

export type Draft = Omit<Ticket, 'status' | 'solvedAt' | 'ticketRow' | 'messageRows'> & { base: BaseText | null };
export type Message = { kind: string; at: number; body: string; agent: Agent | null };
export type Talk = { status: string; solvedAt: number | null; messages: Message[]; firstReply: number | null };
