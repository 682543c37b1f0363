import type { MANUAL_TOPICS } from '#malls/contract.ts';
import { COMPUTED } from '../contract.ts';

type Words = { ko: string; en: string };
type Computed = (typeof COMPUTED)[number];
type Topic = (typeof MANUAL_TOPICS)[number];

/** What Haedap knows of a mall that is to open. */
export type SetUp = {
  link: 'full' | 'orders' | 'none';
  adminUrl: string | null;
  /** Topics without a manual although somebody does them in the mall's admin. */
  manualsMissing: readonly Topic[];
  manuals: number;
  generalLine: string | null;
  contacts: readonly string[];
  agents: number;
  leads: number;
  lastOrderAt: Date | null;
  /** Goods of its newest orders: how many, not reviewed by an MD, and without a contact for their inventory type. */
  goods: { all: number; unreviewed: number; CONSIGN: number; DIRECT: number; FULFIL: number; withoutContact: number };
};

export type Found = { item: Computed; ok: boolean; says: Words; missing: Topic[] };

/** Days without an order after which a mall does not count as connected any more. */
const QUIET_DAYS = 30;
const DAY_MS = 86_400_000;
/** Contacts that no mall can do without: where an agent calls when its admin does not help, and when a parcel is stuck. */
const NEEDED = {
  seller_support: { ko: '판매자 지원', en: 'seller support' },
  carrier: { ko: '계약 택배사', en: 'carrier' },
};

/** What can be computed of a readiness list (개시 준비), each with what it rests on or why it is not so yet. */
export function computed(setUp: SetUp, now: Date): Found[] {
  const found: Record<Computed, Omit<Found, 'item' | 'missing'> & { missing?: readonly Topic[] }> = {
    link: linked(setUp),
    manuals: manuals(setUp),
    line: line(setUp),
    contacts: contacts(setUp),
    people: people(setUp),
    orders: orders(setUp, now),
    goods: goods(setUp),
    inventory: inventory(setUp),
  };
  return COMPUTED.map((item) => ({ ...found[item], item, missing: [...(found[item].missing ?? [])] }));
}

function linked({ link, adminUrl }: SetUp) {
  if (link !== 'full' && !adminUrl)
    return no(
      '관리자 주소가 없어 몰에서 할 일을 열 수 없습니다',
      'No admin address: what is done there cannot be opened',
    );
  return {
    full: yes('전체 연동', 'Full link'),
    orders: yes('주문만 연동, 나머지는 몰 관리자에서', 'Orders only, the rest in its admin'),
    none: yes('연동 안 함, 파일로 가져오고 몰 관리자에서 처리', 'Not linked: files, and its admin'),
  }[link];
}

function manuals({ manualsMissing: missing, manuals: written }: SetUp) {
  if (missing.length === 0) return yes(`${written}가지 있음`, `${written} written`);
  return {
    ...no(`몰 관리자에서 할 일 ${missing.length}가지의 매뉴얼이 없습니다`, `${missing.length} manuals missing`),
    missing,
  };
}

const line = ({ generalLine }: SetUp) =>
  generalLine
    ? yes(`일반 회선 ${generalLine}`, `General line ${generalLine}`)
    : no('일반 회선의 번호와 할 말이 없습니다', 'The general line has no number or scenario');

function contacts({ contacts: known }: SetUp) {
  const missing = Object.entries(NEEDED).flatMap(([kind, name]) => (known.includes(kind) ? [] : [name]));
  if (missing.length === 0) return yes(`${known.length}곳`, `${known.length} known`);
  return no(`${missing.map(({ ko }) => ko).join(', ')} 없음`, `Missing: ${missing.map(({ en }) => en).join(', ')}`);
}

function people({ agents, leads }: SetUp) {
  if (agents === 0) return no('이 몰을 보는 상담사가 없습니다', 'No agent sees this mall');
  if (leads === 0) return no('이 몰을 맡은 파트장·관리자가 없습니다', 'No lead or manager is in charge of this mall');
  return yes(`상담사 ${agents}명, 파트장·관리자 ${leads}명`, `${agents} agents, ${leads} leads and managers`);
}

function orders({ lastOrderAt }: SetUp, now: Date) {
  if (!lastOrderAt) return no('아직 들어온 주문이 없습니다', 'No order has come in yet');
  const days = Math.floor((now.getTime() - lastOrderAt.getTime()) / DAY_MS);
  if (days > QUIET_DAYS) return no(`${days}일 동안 주문이 없습니다`, `No order for ${days} days`);
  return days <= 0
    ? yes('최근 24시간 안에 주문이 들어옴', 'An order came in within 24 hours')
    : yes(`${days}일 전에 주문이 들어옴`, `The last order came in ${days} days ago`);
}

function goods({ goods: { all, unreviewed } }: SetUp) {
  if (all === 0) return no('주문이 들어와야 상품을 확인할 수 있습니다', 'Goods are known once orders come in');
  if (unreviewed > 0)
    return no(
      `최근 상품 ${all}개 가운데 ${unreviewed}개가 MD 확인 전`,
      `${unreviewed} of ${all} not reviewed by an MD`,
    );
  return yes(`최근 상품 ${all}개 모두 MD 확인`, `All ${all} recent products reviewed`);
}

function inventory({ goods: { all, withoutContact, CONSIGN, DIRECT, FULFIL } }: SetUp) {
  if (all === 0) return no('주문이 들어와야 확인할 수 있습니다', 'Known once orders come in');
  if (withoutContact > 0)
    return no(
      `상품 ${withoutContact}개에 맞는 담당 연락처가 없습니다`,
      `${withoutContact} products have no right contact`,
    );
  return yes(
    `위탁 ${CONSIGN} · 직매입 ${DIRECT} · 물류 ${FULFIL}, 담당 모두 있음`,
    `Consigned ${CONSIGN}, bought ${DIRECT}, fulfilled ${FULFIL}: all have their contact`,
  );
}

const yes = (ko: string, en: string) => ({ ok: true, says: { ko, en } });
const no = (ko: string, en: string) => ({ ok: false, says: { ko, en } });

type State = 'preparing' | 'ready' | 'open' | 'open_lacking';

/**
 * How a mall stands: being prepared, ready to be opened by somebody, open, or open while something of the list fell
 * away since.
 */
export function stateOf(lacking: number, opened: boolean): State {
  if (opened) return lacking === 0 ? 'open' : 'open_lacking';
  return lacking === 0 ? 'ready' : 'preparing';
}
