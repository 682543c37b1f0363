import { searchDocument } from '#platform/search.ts';
import type { Customers } from './customers.ts';
import { drawMall, mallById } from './malls.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import type { Agent, Ticket } from './ticket-world.ts';

export const CALL_COLUMNS = [
  'id',
  'mall',
  'centre',
  'line',
  'direction',
  'customer_id',
  'caller_phone',
  'agent',
  'ticket_id',
  'outcome',
  'offered_at',
  'answered_at',
  'ended_at',
  'wait_ms',
  'talk_ms',
  'hold_ms',
  'after_call_ms',
  'search_text',
  'search',
];

type Call = {
  mall: string;
  centre: string;
  line: 'order' | 'general';
  direction: 'in' | 'out';
  customer: { id: string; phone: string };
  agent: Agent | null;
  ticketId: string | null;
  outcome: string;
  offered: number;
  wait: number;
  talk: number;
};

/** Most wait under half a minute, a few for minutes. */
const waitOf = (rng: Rng): number => Math.round(4000 + 22_000 * -Math.log(1 - rng.next() * 0.999));
const talkOf = (rng: Rng): number => Math.round(60_000 + 150_000 * -Math.log(1 - rng.next() * 0.995));

function callRow(call: Call, rng: Rng): { id: string; row: unknown[] } {
  const answered = call.outcome === 'answered' || call.outcome === 'transferred';
  const answeredAt = answered ? call.offered + call.wait : null;
  const hold = answered && rng.chance(0.22) ? rng.int(15, 150) * 1000 : 0;
  const ended = call.offered + call.wait + (answered ? call.talk + hold : 0);
  const after = answered ? rng.int(10, 140) * 1000 : 0;
  const id = uuidAt(call.offered, rng);
  const doc = searchDocument({ phones: [call.customer.phone] });
  const { mall, centre, line, direction, customer, agent, ticketId, outcome } = call;
  const row = [
    id,
    mall,
    centre,
    line,
    direction,
    customer.id,
    customer.phone,
    agent?.id ?? null,
    ticketId,
    outcome,
    new Date(call.offered),
    answeredAt && new Date(answeredAt),
    new Date(ended),
    call.wait,
    answered ? call.talk : 0,
    hold,
    after,
    doc.search_text,
    doc.search,
  ];
  return { id, row };
}

const ORDER_LINE = /^(ORD|PAY|PIQ|STK|BIZ|PRC)/;

/** The call that a phone ticket came from. */
export function callOfTicket(seed: number, ticket: Ticket): { id: string; row: unknown[] } {
  const rng = rngOf(seed, 'call of ticket', ticket.number);
  const wait = waitOf(rng);
  const call: Call = {
    mall: ticket.mall,
    centre: ticket.centre,
    line: ORDER_LINE.test(ticket.leaf.code) ? 'order' : 'general',
    direction: 'in',
    customer: ticket.customer,
    agent: ticket.agent,
    ticketId: ticket.id,
    outcome: ticket.result === 'transferred' && rng.chance(0.5) ? 'transferred' : 'answered',
    offered: ticket.at - wait,
    wait,
    talk: talkOf(rng),
  };
  return callRow(call, rng);
}

/** A call without a ticket: given up while waiting, an order by phone, a call-back or happy call of ours. */
export function otherCall(
  seed: number,
  at: number,
  index: number,
  customers: Customers,
  agents: { own: Agent[]; outsourced: Agent[] },
): unknown[] {
  const rng = rngOf(seed, 'call', index);
  const customer = customers.draw(rng, at);
  const mall = rng.chance(0.8) ? (customer.malls[0] as string) : drawMall(rng);
  const centre = mallById.get(mall)?.centre ?? 'own';
  const x = rng.next();
  const abandoned = x < 0.17;
  const out = x > 0.58;
  const team = agents[centre];
  const call: Call = {
    mall,
    centre,
    line: rng.chance(abandoned ? 0.35 : 0.6) ? 'order' : 'general',
    direction: out ? 'out' : 'in',
    customer,
    agent: abandoned || team.length === 0 ? null : rng.pick(team),
    ticketId: null,
    outcome: abandoned ? 'abandoned' : out && rng.chance(0.22) ? 'no_answer' : 'answered',
    offered: at,
    wait: abandoned ? waitOf(rng) * 2 : out ? rng.int(6, 25) * 1000 : waitOf(rng),
    talk: talkOf(rng) * (out ? 0.6 : 0.8),
  };
  return callRow({ ...call, talk: Math.round(call.talk) }, rng).row;
}
