import { searchDocument } from '#platform/search.ts';
import { DAY, HOUR, koreanDate, koreanHour, MINUTE, nextWorking } from './calendar.ts';
import type { Product } from './catalogue.ts';
import { clusterText } from './clusters.ts';
import {
  aboutOrder,
  aboutProduct,
  type BaseText,
  type Contact,
  composeText,
  drawBase,
  type Facts,
  fillSlots,
  mayName,
  styleOf,
} from './contact-text.ts';
import type { Customer, Customers } from './customers.ts';
import type { Incident } from './incidents.ts';
import { drawChannel, drawMall, mallById } from './malls.ts';
import type { OrderRef } from './orders.ts';
import { regionOf } from './places.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';
import { answerText, callNote, closingText, followUp, greetingText, internalNote, surveyText } from './replies.ts';
import { CARRIERS } from './shipping.ts';
import { drawCode, leafOf, resultOf, type VocLeaf } from './voc.ts';

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

const CARDS = ['신한카드', '국민카드', '삼성카드', '현대카드', '롯데카드', '하나카드', '우리카드', '농협카드'];
const WRITTEN: readonly Contact[] = ['chat', 'kakao', 'form', 'email'];
const won = (n: number) => `${n.toLocaleString('ko-KR')}원`;

/** What a contact is about, before anything is written. */
type Subject = {
  leaf: VocLeaf;
  base: BaseText | null;
  channel: Contact;
  mall: string;
  order: OrderRef | null;
  product: Product | null;
  customer: Customer;
};

/** One contact: who, about what, in which words, and what came of it by now. `spoken`: it came by phone. */
export function makeTicket(
  world: TicketWorld,
  at: number,
  index: number,
  spoken: boolean,
  incident: Incident | null,
): Ticket {
  const rng = rngOf(world.seed, 'ticket', index);
  const subject = incident ? incidentSubject(world, at, incident, spoken, rng) : usualSubject(world, at, spoken, rng);
  const centre = centreOf(subject.mall, rng);
  const agents = world.agents[centre];
  const agent = agents.length > 0 ? rng.pick(agents) : null;
  const facts = factsOf(world, subject, agent, at, rng);
  const { firstText, core } = textOf(subject, incident, facts, rng);
  const upset = subject.base?.mood === 'angry' || (incident !== null && rng.chance(0.4));
  const result = resultOf(subject.leaf.code, rng);
  const draft = {
    id: uuidAt(at, rng),
    number: index + 1,
    at,
    centre,
    agent,
    result,
    firstText,
    core,
    upset,
    incident: incident?.id ?? null,
    ...subject,
  };
  const talk = talkOf(world, draft, facts, rng);
  return { ...draft, ...talk, ...rowsOf(world, draft, talk, rng) };
}

function usualSubject(world: TicketWorld, at: number, spoken: boolean, rng: Rng): Subject {
  const again = rng.chance(0.085) ? world.earlier(rng) : null;
  const leaf = again?.leaf ?? drawCode(rng);
  const anyMall = again?.mall ?? drawMall(rng);
  const drawn = spoken ? 'phone' : writtenChannel(anyMall, rng);
  const base = drawBase(leaf.code, drawn, rng);
  const kinds = base.kinds;
  const order = again ? again.order : aboutOrder(leaf.code) ? world.findOrder(at, leaf.code, kinds, rng) : null;
  const mall = order?.mall ?? anyMall;
  const channel = spoken ? 'phone' : order ? channelLike(drawn, mall, rng) : drawn;
  const customer = again?.customer ?? (order ? world.customers.at(order.customer) : world.customers.draw(rng, at));
  const product = productOf(world, leaf.code, base, order, rng);
  return {
    leaf,
    base,
    channel,
    mall: order ? mall : knownMall(customer, channel, anyMall),
    order: base.specific && !product ? null : order,
    product,
    customer,
  };
}

/** The mall of a contact without an order: one where the customer is known, if its channel exists there. */
function knownMall(customer: Customer, channel: Contact, drawn: string): string {
  const fits = (mall: string) =>
    channel === 'phone' || (mallById.get(mall)?.channels.some(([one]) => one === channel) ?? false);
  return customer.malls.find(fits) ?? drawn;
}

function writtenChannel(mall: string, rng: Rng): Contact {
  for (let i = 0; i < 8; i++) {
    const channel = drawChannel.get(mall)?.(rng) as Contact | undefined;
    if (channel && channel !== 'phone') return channel;
  }
  return 'email';
}

/** The text was chosen for a manner of writing: keep a channel of the same manner in the order's mall if it has one. */
function channelLike(drawn: Contact, mall: string, rng: Rng): Contact {
  const there: Contact[] = (mallById.get(mall)?.channels ?? [])
    .map(([channel]) => channel as Contact)
    .filter((channel) => channel !== 'phone');
  if (there.includes(drawn)) return drawn;
  const alike = there.filter((channel) => styleOf(channel) === styleOf(drawn));
  return alike.length > 0 ? rng.pick(alike) : 'email';
}

function productOf(world: TicketWorld, code: string, base: BaseText, order: OrderRef | null, rng: Rng): Product | null {
  const fits = (product: Product) => !base.specific || base.kinds.includes(product.kind);
  if (order) return order.lines.map((line) => line.product).find(fits) ?? null;
  if (!aboutProduct(code) && !base.text.includes('{product}')) return null;
  if (!base.specific && !base.text.includes('{product}') && code !== 'PIQ-INFO-SIZE') return null;
  return fittingProduct(world, base, rng);
}

/** Any product of the kind that a text means; sizes are asked of clothes unless it says otherwise. */
function fittingProduct(world: TicketWorld, base: BaseText | null, rng: Rng): Product | null {
  const kinds = base?.specific ? base.kinds : base?.code === 'PIQ-INFO-SIZE' ? ['fashion'] : null;
  if (!kinds) return world.drawProduct(rng);
  for (let i = 0; i < 60; i++) {
    const product = world.drawProduct(rng);
    if (kinds.includes(product.kind)) return product;
  }
  return null;
}

function incidentSubject(world: TicketWorld, at: number, incident: Incident, spoken: boolean, rng: Rng): Subject {
  const x = rng.next();
  const code =
    incident.codes[x < 0.75 ? 0 : 1 + Math.floor(rng.next() * (incident.codes.length - 1))] ??
    (incident.codes[0] as string);
  const leaf = leafOf.get(code) as VocLeaf;
  const order =
    incident.id === 'defect'
      ? world.defectOrder(at, rng)
      : incident.id === 'strike'
        ? world.findOrder(at, 'STRIKE', [], rng)
        : null;
  const mall = order?.mall ?? incident.mall ?? drawMall(rng);
  const channel = spoken ? 'phone' : order ? writtenChannel(mall, rng) : rng.pick(WRITTEN);
  const customer = order ? world.customers.at(order.customer) : world.customers.draw(rng, at);
  const product =
    incident.id === 'defect'
      ? world.defectProduct
      : (order?.lines[0]?.product ?? (incident.id === 'strike' ? null : world.drawProduct(rng)));
  return { leaf, base: null, channel, mall, order, product, customer };
}

/** The outsourced centre answers its malls; what comes too much for it the own one takes. */
function centreOf(mall: string, rng: Rng): 'own' | 'outsourced' {
  const centre = mallById.get(mall)?.centre ?? 'own';
  return centre === 'outsourced' && rng.chance(0.1) ? 'own' : centre;
}

const WEEKDAYS = ['월요일', '화요일', '수요일', '목요일', '금요일'];

function factsOf(world: TicketWorld, subject: Subject, agent: Agent | null, at: number, rng: Rng): Facts {
  const { order, product, customer, leaf, mall } = subject;
  const asked = product ?? fittingProduct(world, subject.base, rng) ?? world.drawProduct(rng);
  const day = /ETA|RESCHED|MOD-DATE|RESTOCK|STATE/.test(leaf.code)
    ? at + rng.int(1, 6) * DAY
    : (order?.orderedAt ?? at - rng.int(1, 9) * DAY);
  const fee = rng.pick([3000, 5000, 6000, 6000, 7000]);
  const amount = order?.total ?? asked.price;
  return {
    mall: mallById.get(mall)?.ko ?? '온결몰',
    product: asked.name,
    about: product && (!subject.base || mayName(subject.base)) ? product.name : null,
    option: asked.option,
    name: customer.name,
    agent: agent?.name ?? '상담사',
    orderno: order?.mallOrderNo ?? `${rng.int(2026100000, 2026119999)}`,
    orderlast: (order?.mallOrderNo ?? String(rng.int(1000, 9999))).slice(-4),
    tracking: order?.trackingNo ?? `65${rng.int(1_000_000_000, 9_999_999_999)}`,
    courier: CARRIERS[order?.carrier ?? 'kr.cjlogistics'] ?? 'CJ대한통운',
    date: koreanDate(day),
    days: String(rng.int(2, 8)),
    amount: won(amount),
    fee: won(fee),
    refund: won(Math.max(1000, amount - fee)),
    points: `${rng.pick([500, 1000, 2000, 3000, 5000]).toLocaleString('ko-KR')}점`,
    deadline: `${koreanDate(nextWorking(at + rng.int(6, 30) * HOUR))} ${koreanHour(nextWorking(at + rng.int(6, 30) * HOUR))}`,
    department: leaf.department,
    last4: customer.phone.slice(-4),
    area: regionOf(rng),
    hour: rng.pick([
      '오전 10시',
      '오전 11시',
      '점심시간',
      '오후 1시',
      '오후 2시',
      '오후 3시',
      '오후 4시',
      '오후 5시',
      '저녁 6시',
      '저녁 7시',
      '밤 8시',
      '밤 9시',
    ]),
    weekday: rng.pick(WEEKDAYS),
    card: rng.pick(CARDS),
  };
}

/** What is written, and the reason alone. */
function textOf(
  subject: Subject,
  incident: Incident | null,
  facts: Facts,
  rng: Rng,
): { firstText: string; core: string } {
  const base = incident ? clusterBase(incident, subject, rng) : subject.base;
  if (!base) return { firstText: subject.leaf.l3, core: subject.leaf.l3 };
  return { firstText: composeText(base, subject.channel, facts, rng), core: fillSlots(base.text, facts) };
}

/** Told in the words of the incident. */
function clusterBase(incident: Incident, subject: Subject, rng: Rng): BaseText {
  const text = clusterText(incident.id, styleOf(subject.channel), rng);
  const mood = rng.chance(0.3) ? 'angry' : 'neutral';
  return { code: subject.leaf.code, channel: subject.channel, mood, text, kinds: [], specific: true };
}

type Draft = Omit<Ticket, 'status' | 'solvedAt' | 'ticketRow' | 'messageRows'> & { base: BaseText | null };
type Message = { kind: string; at: number; body: string; agent: Agent | null };
type Talk = { status: string; solvedAt: number | null; messages: Message[]; firstReply: number | null };

/** How long the first answer takes, by channel, in minutes. */
const ANSWER_MINUTES: Record<Contact, readonly [number, number]> = {
  phone: [0, 0],
  manual: [0, 0],
  chat: [1, 14],
  kakao: [2, 40],
  talktalk: [3, 90],
  sns: [20, 240],
  board: [25, 420],
  form: [40, 600],
  email: [40, 700],
};

function talkOf(world: TicketWorld, draft: Draft, facts: Facts, rng: Rng): Talk {
  const { channel, at, agent, leaf, result } = draft;
  const messages: Message[] = [{ kind: 'inbound', at, body: draft.firstText, agent: null }];
  const spoken = channel === 'phone' || channel === 'manual';
  const [least, most] = ANSWER_MINUTES[channel];
  const first = spoken
    ? at + rng.int(90, 540) * 1000
    : nextWorking(at) + Math.round(rng.next() ** 2 * (most - least) + least) * MINUTE;
  if (agent) {
    if (spoken) messages.push({ kind: 'call_note', at: first, body: callNote(leaf, result, facts, rng), agent });
    else
      written(messages, draft, { ...facts, date: koreanDate(nextWorking(first + rng.int(20, 60) * HOUR)) }, first, rng);
    if (rng.chance(0.12))
      messages.push({ kind: 'note', at: first + rng.int(2, 90) * MINUTE, body: internalNote(rng, leaf.code), agent });
  }
  const last = messages.reduce((latest, message) => Math.max(latest, message.at), 0);
  const solvedAt = last + (spoken && rng.chance(0.78) ? rng.int(5, 60) * 1000 : rng.int(3, 26 * 60) * MINUTE);
  const shown = messages.filter((message) => message.at <= world.now).sort((a, b) => a.at - b.at);
  const firstReply = shown.find((message) => message.kind === 'outbound' || message.kind === 'call_note')?.at ?? null;
  const stuck = world.now - at < 12 * DAY && rng.chance(0.035);
  if (solvedAt <= world.now && !stuck) return { status: 'solved', solvedAt, messages: shown, firstReply };
  const status =
    firstReply === null
      ? rng.chance(0.7)
        ? 'new'
        : 'open'
      : stuck
        ? rng.pick(['hold', 'pending', 'open'])
        : rng.pick(['open', 'open', 'pending']);
  return { status, solvedAt: null, messages: shown, firstReply };
}

function written(messages: Message[], draft: Draft, facts: Facts, first: number, rng: Rng): void {
  const { leaf, agent, channel, upset } = draft;
  const skill = agent?.skill ?? 'middle';
  const live = channel === 'chat' || channel === 'kakao' || channel === 'talktalk';
  let at = first;
  const say = (kind: string, body: string, after: number) => {
    at += after;
    messages.push({ kind, at, body, agent: kind === 'inbound' ? null : agent });
  };
  const greeting = live && rng.chance(0.5) ? greetingText(skill, facts) : null;
  if (greeting) say('outbound', greeting, 0);
  say('outbound', answerText(leaf.code, skill, facts, rng), live ? rng.int(20, 300) * 1000 : 0);
  if (rng.chance(live ? 0.72 : 0.3)) {
    say('inbound', followUp(messages.at(-1)?.body ?? '', upset, rng), rng.int(1, live ? 20 : 400) * MINUTE);
    if (live && rng.chance(0.6)) say('outbound', closingText(facts), rng.int(20, 240) * 1000);
    else if (upset)
      say(
        'outbound',
        answerText(leaf.code, 'middle', facts, rng),
        nextWorking(at + MINUTE) - at + rng.int(2, 120) * MINUTE,
      );
  }
  if (rng.chance(0.1)) say('outbound', surveyText(facts), rng.int(1, 5) * MINUTE);
}

const TAGS: Record<Incident['id'], string> = {
  defect: '옆선터짐',
  strike: '새길택배파업',
  payment: '결제장애',
  coupon: '쿠폰오류',
};

function rowsOf(world: TicketWorld, draft: Draft, talk: Talk, rng: Rng): Pick<Ticket, 'ticketRow' | 'messageRows'> {
  const { id, at, leaf, channel, mall, agent } = draft;
  const subject = subjectOf(draft, rng);
  const inbound = talk.messages.filter((message) => message.kind === 'inbound').map((message) => message.body);
  const doc = searchDocument({ texts: [subject, ...inbound] });
  const last = talk.messages.at(-1) as Message;
  const updated = Math.min(world.now, Math.max(talk.solvedAt ?? 0, last.at));
  const waiting =
    talk.status === 'solved' || talk.status === 'pending'
      ? null
      : last.kind === 'inbound'
        ? new Date(last.at)
        : talk.firstReply === null
          ? new Date(at)
          : null;
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
