import { DAY, HOUR, koreanDate, koreanHour, nextWorking } from './calendar.ts';
import type { Product } from './catalogue.ts';
import { clusterText } from './clusters.ts';
import { type BaseText, composeText, type Facts, fillSlots, mayName, styleOf } from './contact-text.ts';
import type { Incident } from './incidents.ts';
import { mallById } from './malls.ts';
import { regionOf } from './places.ts';
import type { Rng } from './random.ts';
import { CARRIERS } from './shipping.ts';
import type { Agent, Subject, TicketWorld } from './ticket-world.ts';

const CARDS = ['신한카드', '국민카드', '삼성카드', '현대카드', '롯데카드', '하나카드', '우리카드', '농협카드'];
const won = (n: number) => `${n.toLocaleString('ko-KR')}원`;
const WEEKDAYS = ['월요일', '화요일', '수요일', '목요일', '금요일'];

/** Any product of the kind that a text means; sizes are asked of clothes unless it says otherwise. */
export function fittingProduct(world: TicketWorld, base: BaseText | null, rng: Rng): Product | null {
  const kinds = base?.specific ? base.kinds : base?.code === 'PIQ-INFO-SIZE' ? ['fashion'] : null;
  if (!kinds) return world.drawProduct(rng);
  for (let i = 0; i < 60; i++) {
    const product = world.drawProduct(rng);
    if (kinds.includes(product.kind)) return product;
  }
  return null;
}

/** What the slots of a contact's words stand for. */
export function factsOf(world: TicketWorld, subject: Subject, agent: Agent | null, at: number, rng: Rng): Facts {
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
export function textOf(
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
