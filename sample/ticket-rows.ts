import { searchDocument } from '#platform/search.ts';
import { type Said, type Status, waitsIn } from '#tickets/rules/status.ts';
import { saysOnlyThanks } from '#tickets/rules/thanks.ts';
import { HOUR } from './calendar.ts';
import { mayName } from './contact-text.ts';
import type { Incident } from './incidents.ts';
import { mallById } from './malls.ts';
import { type Rng, uuidAt } from './random.ts';
import type { Draft, Message, Talk, Ticket, TicketWorld } from './ticket-world.ts';

export const TICKET_COLUMNS = [
  'id',
  'number',
  'subject',
  'status',
  'priority',
  'channel',
  'mall',
  'centre',
  'customer_id',
  'order_id',
  'product_id',
  'partner_id',
  'assignee',
  'tags',
  'waiting_since',
  'answer_due_at',
  'first_replied_at',
  'solved_at',
  'search_text',
  'search',
  'version',
  'created_at',
  'updated_at',
];
export const MESSAGE_COLUMNS = [
  'ticket_id',
  'id',
  'kind',
  'channel',
  'author_id',
  'author_name',
  'body',
  'delivery',
  'created_at',
];

const TAGS: Record<Incident['id'], string> = {
  defect: '옆선터짐',
  strike: '새길택배파업',
  payment: '결제장애',
  coupon: '쿠폰오류',
};

/** A message as far as it decides who waits: ours were sent. */
const saidOf = ({ kind, at, body }: Message): Said => ({
  ...{ kind, at, saidAt: at, delivery: kind === 'outbound' ? 'sent' : null },
  thanks: kind === 'inbound' && saysOnlyThanks(body),
});

/** The contact as rows of ticket and ticket_message. */
export function rowsOf(
  world: TicketWorld,
  draft: Draft,
  talk: Talk,
  rng: Rng,
): Pick<Ticket, 'ticketRow' | 'messageRows'> {
  const { id, at, leaf, channel, mall, agent } = draft;
  const subject = subjectOf(draft, rng);
  const inbound = talk.messages.filter((message) => message.kind === 'inbound').map((message) => message.body);
  const doc = searchDocument({ texts: [subject, ...inbound] });
  const last = talk.messages.at(-1) as Message;
  const updated = Math.min(world.now, Math.max(talk.solvedAt ?? 0, last.at));
  const since = waitsIn(talk.status as Status, talk.messages.map(saidOf));
  const waiting = since === null ? null : new Date(since);
  const answerHours = mallById.get(mall)?.answerHours ?? null;
  const assigned = talk.status === 'new' && rng.chance(0.6) ? null : agent;
  const tags = [
    ...(draft.incident ? [TAGS[draft.incident]] : []),
    ...(leaf.priority === '긴급' ? ['긴급'] : []),
    ...(rng.chance(0.05) ? [rng.pick(['재확인', 'VIP', '해피콜', '보상검토', '협력사확인', '단골'])] : []),
  ];
  const priority =
    leaf.priority === '긴급'
      ? 'urgent'
      : leaf.priority === '당일'
        ? draft.upset
          ? 'high'
          : 'normal'
        : draft.upset && rng.chance(0.3)
          ? 'high'
          : 'normal';
  const time = (ms: number | null) => (ms === null ? null : new Date(ms));
  const partner = draft.product?.partnerId ?? null;
  const ticketRow = [
    id,
    draft.number,
    subject,
    talk.status,
    priority,
    channel,
    mall,
    draft.centre,
    draft.customer.id,
    draft.order?.id ?? null,
    draft.product?.id ?? null,
    partner,
    assigned?.id ?? null,
    tags,
    waiting,
    answerHours === null || channel === 'phone' ? null : new Date(at + answerHours * HOUR),
    time(talk.firstReply),
    time(talk.solvedAt),
    doc.search_text,
    doc.search,
    talk.messages.length,
    new Date(at),
    new Date(updated),
  ];
  const messageRows = talk.messages.map((message) => [
    id,
    uuidAt(message.at, rng),
    message.kind,
    channel,
    message.agent?.id ?? null,
    message.agent?.name ?? null,
    message.body,
    message.kind === 'outbound' ? 'sent' : null,
    new Date(message.at),
  ]);
  return { ticketRow, messageRows };
}

/** A line for the queue: of a call what it is about, of a text how it begins. */
function subjectOf(draft: Draft, rng: Rng): string {
  const { leaf, channel, product } = draft;
  if (channel === 'phone' || channel === 'manual' || rng.chance(0.25)) {
    const what = /(문의|요청|접수|확인|이의|신고 언급|언급)$/.test(leaf.l3) ? leaf.l3 : `${leaf.l3} 문의`;
    return product && (!draft.base || mayName(draft.base)) && rng.chance(0.4) ? `${product.name} ${what}` : what;
  }
  const body = draft.core;
  const clause =
    body
      .replace(/^(제목:|수신:)\s*/, '')
      .split(/[.!?\n~]/)
      .find((part) => part.trim().length >= 7) ?? body;
  const words = clause
    .trim()
    .replace(/^(판매자님|안녕하세요|담당자님)[,\s]*/, '')
    .split(' ');
  let line = '';
  for (const word of words) {
    if (`${line} ${word}`.length > 34) {
      line = `${line}…`;
      break;
    }
    line = `${line} ${word}`;
  }
  const subject = line.trim();
  // A queue is read by many: the customer's name stays in its own, masked column.
  return subject === '' || subject.includes(draft.customer.name) ? leaf.l3 : subject;
}
