import { DAY, phoneHours, timesOf } from './calendar.ts';
import { callOfTicket, otherCall } from './calls.ts';
import type { Catalogue } from './catalogue.ts';
import type { Gatherer } from './copy.ts';
import { customerRow, customersOf } from './customers.ts';
import { DEFECT_SKU } from './incidents.ts';
import { latelySaid, type Repeats, repeatsMeter } from './measure.ts';
import { orderBook } from './order-book.ts';
import { makeOrder, type OrderRows } from './orders.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import type { Agent, Ticket, TicketWorld } from './ticket-world.ts';
import { makeTicket } from './tickets.ts';
import { type Counts, type Plan, promotionAt } from './year.ts';

export type FillOptions = {
  seed: number;
  now: number;
  counts: Counts;
  plan: Plan;
  catalogue: Catalogue;
  agents: { own: Agent[]; outsourced: Agent[] };
  copier: Pick<Gatherer, 'add' | 'breathe'>;
  onProgress: (done: number) => void;
};
type Books = { book: ReturnType<typeof orderBook>; recent: Ticket[]; orders: number; tickets: number; calls: number };

/** Writes the company's year, day by day: orders, contacts, calls, records. Answers how much first messages repeat. */
export async function fillYear(options: FillOptions): Promise<Repeats> {
  const { seed, now, counts, plan, catalogue, copier, onProgress } = options;
  const customers = customersOf(seed, now, counts.customers);
  for (let i = 0; i < counts.customers; i++) {
    copier.add('customer', [customerRow(customers.at(i))]);
    if (i % 500 === 0) await copier.breathe();
  }
  const strike = plan.incidents.find((incident) => incident.id === 'strike');
  const defect = plan.incidents.find((incident) => incident.id === 'defect');
  const orderWorld = {
    seed,
    now,
    catalogue,
    customers,
    strike: { from: Date.parse(strike?.from ?? ''), until: Date.parse(strike?.until ?? '') },
    promotionOf: promotionAt(plan.promotions),
    defectSince: Date.parse(defect?.from ?? ''),
  };
  const books: Books = { book: orderBook(), recent: [], orders: 0, tickets: 0, calls: 0 };
  const world: TicketWorld = {
    seed,
    now,
    customers,
    agents: options.agents,
    drawProduct: catalogue.draw,
    findOrder: (at, code, kinds, rng) => books.book.find(at, code, kinds, rng),
    defectOrder: (at, rng) => books.book.defect(at, rng),
    earlier: (rng) => (books.recent.length > 0 ? rng.pick(books.recent) : null),
    defectProduct: catalogue.bySku.get(DEFECT_SKU) ?? null,
    lately: latelySaid(),
  };
  const meter = repeatsMeter();
  for (const day of plan.days) {
    books.book.newDay();
    for (const at of plan.ordersOf(day)) {
      const order = makeOrder(orderWorld, day, at, books.orders++);
      for (const [table, rows] of Object.entries(order.rows) as [keyof OrderRows, unknown[][]][])
        copier.add(table, rows);
      books.book.add(order, rngOf(seed, 'book', books.orders));
      if (books.orders % 200 === 0) await copier.breathe();
    }
    await fillContacts(options, books, world, meter, day.index);
    onProgress((day.index + 1) / plan.days.length);
  }
  return meter.result();
}

async function fillContacts(
  options: FillOptions,
  books: Books,
  world: TicketWorld,
  meter: ReturnType<typeof repeatsMeter>,
  index: number,
): Promise<void> {
  const { seed, plan, copier, counts } = options;
  const day = plan.days[index] as Plan['days'][number];
  let spoken = 0;
  for (const slot of plan.contactsOf(day)) {
    const ticket = makeTicket(world, slot.at, books.tickets++, slot.spoken, slot.incident);
    copier.add('ticket', [ticket.ticketRow]);
    copier.add('ticket_message', ticket.messageRows);
    meter.add(ticket.firstText, [ticket.customer.name], [ticket.product?.name ?? '', ticket.product?.option ?? '']);
    let callId: string | null = null;
    if (ticket.channel === 'phone' && books.calls < counts.calls) {
      const call = callOfTicket(seed, ticket);
      callId = call.id;
      copier.add('phone_call', [call.row]);
      books.calls++;
      spoken++;
    }
    const record = recordOf(seed, ticket, callId);
    if (record) copier.add('voc_record', [record]);
    remember(books, ticket);
    if (books.tickets % 100 === 0) await copier.breathe();
  }
  const last = index === plan.days.length - 1;
  const more = last ? counts.calls - books.calls : Math.min(plan.callsOf(day) - spoken, counts.calls - books.calls);
  const rng = rngOf(seed, 'call times', index);
  for (const at of timesOf(day, Math.max(0, Math.min(more, plan.callsOf(day) + 400)), phoneHours(day), rng.next)) {
    copier.add('phone_call', [otherCall(seed, at, books.calls++, world.customers, options.agents)]);
  }
}

/** Contacts of the last few days, from whom some ask again. */
function remember(books: Books, ticket: Ticket): void {
  books.recent.push(ticket);
  while (books.recent.length > 400 || ticket.at - (books.recent[0]?.at ?? ticket.at) > 6 * DAY) books.recent.shift();
}

/** The VOC record that closes a contact; what is still open mostly has none yet. */
function recordOf(seed: number, ticket: Ticket, callId: string | null): unknown[] | null {
  const rng: Rng = rngOf(seed, 'voc', ticket.number);
  const at = ticket.solvedAt;
  if (at === null || rng.chance(0.03)) return null;
  const { leaf, product } = ticket;
  const urgent = leaf.priority === '긴급' ? rng.chance(0.8) : ticket.upset && rng.chance(0.01);
  return [
    uuidAt(at, rng),
    ticket.id,
    callId,
    ticket.mall,
    ticket.centre,
    ticket.channel,
    ticket.customer.id,
    ticket.order?.id ?? null,
    product?.id ?? null,
    product?.partnerId ?? null,
    leaf.code,
    leaf.attribute,
    leaf.department,
    ticket.result,
    urgent,
    false,
    null,
    ticket.agent?.id ?? null,
    new Date(at),
  ];
}
