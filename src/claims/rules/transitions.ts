import type { ClaimKind, ClaimState } from './state.ts';

/** A way that an event may take a claim: `–` is no claim, `*` any open state. */
export type From = ClaimState | '–';

/**
 * One row of section 2.3. The engine refuses a command whose claim is not of one of `kinds` in one of `from`,
 * and the tests hold every event to `to`; the diagrams of `docs/claims.md` are drawn from the same rows.
 * Who: C customer, A agent, M manager, L logistics (the partner for its own units), P partner, S system, X mall.
 */
export type Transition = {
  id: string;
  event: string;
  ko: string;
  kinds: readonly ClaimKind[];
  from: readonly From[];
  to: readonly From[];
  who: string;
};

const OPEN: ClaimState[] = ['REQ', 'ACC', 'COL', 'INS', 'RED', 'SET'];
const ALL: ClaimKind[] = ['CANCEL', 'RETURN', 'EXCHANGE', 'RESHIP', 'REDUCE'];
const BOTH: ClaimKind[] = ['RETURN', 'EXCHANGE'];

function row(
  id: string,
  event: string,
  ko: string,
  kinds: readonly ClaimKind[],
  from: readonly From[],
  to: readonly From[],
  who: string,
): Transition {
  return { id, event, ko, kinds, from, to, who };
}

const ORDER_ROWS: Transition[] = [
  row('T0', 'order.paid', '결제', [], ['–'], ['–'], 'X S L'),
  row('T0', 'parcel.prepared', '상품준비', [], ['–'], ['–'], 'X S L'),
  row('T0', 'parcel.waybill', '송장등록', [], ['–'], ['–'], 'X S L'),
  row('T0', 'parcel.shipped', '집화', [], ['–'], ['–'], 'X S L'),
  row('T0', 'parcel.delivered', '배송완료', [], ['–'], ['–'], 'X S L'),
  row('T0', 'unit.confirm', '구매확정', [], ['–'], ['–'], 'C S X'),
  row(
    'T0',
    'fee.paid',
    '비용입금',
    ALL,
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    'X S L',
  ),
  row(
    'T0',
    'fee.waive',
    '비용면제',
    ALL,
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    'M',
  ),
  row('T6a', 'delay.notice', '지연 안내', [], ['–'], ['–'], 'S'),
  row('T6a', 'delay.answer', '지연 응답', [], ['–'], ['–'], 'C A'),
  row('T34', 'parcel.lost', '배송분실', ['RETURN'], ['–'], ['SET'], 'S L'),
  row('T35', 'parcel.refused', '수취거부·반송', ['RETURN', 'EXCHANGE'], ['–', 'ACC'], ['INS'], 'S L X'),
  row('T36', 'shipless', '기출하', ['RETURN'], ['–', 'REQ', 'ACC'], ['DONE'], 'S after M'),
  row('T37', 'forcedDiscount', '강제할인', [], ['–'], ['–'], 'S after M'),
  row('T41', 'tender.change', '결제수단 변경', [], ['–'], ['–'], 'A S'),
  row('T44', 'compensate', '보상', [], ['–'], ['–'], 'A M S'),
  row('T45', 'receivable.paid', '미수입금', [], ['–'], ['–'], 'A M S'),
  row('T45', 'receivable.writeOff', '결손', [], ['–'], ['–'], 'A M S'),
  row('T45', 'receivable.file', '사고접수', [], ['–'], ['–'], 'A M S'),
];

const REQUEST_ROWS: Transition[] = [
  row('T1', 'cancel.request', '취소접수', ['CANCEL'], ['–'], ['REQ'], 'C A X'),
  row('T2', 'cancel.accept', '취소승인', ['CANCEL'], ['REQ'], ['SET'], 'S L X'),
  row('T3', 'cancel.tooLate', '이미출고', ['CANCEL'], ['REQ', 'SET'], ['CNV'], 'L X S'),
  row('T4', 'cancel.settle', '취소정산', ['CANCEL'], ['SET'], ['DONE'], 'S'),
  row('T5', 'cancel.unpaid', '입금전취소', ['CANCEL'], ['–'], ['DONE'], 'C S'),
  row('T6', 'stockout.cancel', '품절취소', ['CANCEL'], ['–'], ['SET'], 'A P S'),
  row('T7', 'return.request', '반품접수', ['RETURN'], ['–', 'COL', 'RED'], ['REQ', 'COL', 'INS', 'SET'], 'C A X'),
  row('T8', 'return.accept', '반품승인', ['RETURN'], ['REQ'], ['ACC', 'SET'], 'A S P X'),
  row('T8', 'exchange.accept', '교환승인', ['EXCHANGE'], ['REQ'], ['ACC', 'RED'], 'A S P X'),
  row('T21', 'exchange.request', '교환접수', ['EXCHANGE'], ['–'], ['REQ'], 'C A X'),
  row(
    'T21',
    'exchange.change',
    '옵션변경',
    ['EXCHANGE'],
    ['REQ', 'ACC', 'COL', 'INS', 'RED'],
    ['REQ', 'ACC', 'COL', 'INS', 'RED'],
    'C A X',
  ),
  row(
    'T21',
    'exchange.expire',
    '예약만료',
    ['EXCHANGE'],
    ['REQ', 'ACC', 'COL', 'INS', 'RED'],
    ['REQ', 'ACC', 'COL', 'INS', 'RED'],
    'S',
  ),
  row('T33', 'reship', '재발송', ['RESHIP'], ['–'], ['RED'], 'A L'),
  row('T42', 'price.reduce', '감액 환불', ['REDUCE'], ['–'], ['SET'], 'A M'),
];

const GOODS_ROWS: Transition[] = [
  row('T9', 'pickup.scan', '수거', [...BOTH, 'RESHIP'], ['ACC', 'RED'], ['COL', 'RED'], 'S L X'),
  row('T10', 'pickup.fail', '미수거', [...BOTH, 'RESHIP'], ['ACC', 'RED'], ['ACC', 'RED'], 'S L'),
  row('T10', 'pickup.book', '재접수', [...BOTH, 'RESHIP'], ['ACC', 'RED'], ['ACC', 'RED'], 'A'),
  row('T11', 'arrive', '입고', [...BOTH, 'RESHIP'], ['COL', 'ACC', 'RED'], ['INS', 'RED'], 'L X'),
  row('T12', 'arrive.partial', '부분입고', BOTH, ['COL', 'ACC', 'RED'], ['INS', 'RED'], 'L'),
  row('T13', 'collect.lost', '회수분실', BOTH, ['COL'], ['SET', 'RED'], 'M'),
  row('T14', 'inspect.pass', '검수합격', [...BOTH, 'RESHIP'], ['INS'], ['SET', 'RED', 'DONE'], 'L X'),
  row('T15', 'inspect.mixed', '부분합격', BOTH, ['INS'], ['SET', 'RED', 'INS'], 'L'),
  row('T16', 'inspect.fail', '검수부적합', BOTH, ['INS'], ['INS'], 'L'),
  row('T17', 'return.reject', '반품거부', BOTH, ['INS'], ['RED'], 'M (P asks)'),
  row('T17a', 'claim.reject', '접수거부', ['CANCEL', 'RETURN', 'EXCHANGE'], ['REQ', 'ACC'], ['REJ'], 'M X'),
  row('T22', 'exchange.ship', '교환출고', ['EXCHANGE'], ['RED'], ['RED'], 'L X'),
  row('T23', 'exchange.done', '교환완료', ['EXCHANGE'], ['RED', 'SET', 'INS'], ['DONE'], 'S X'),
  row('T31', 'noCollect', '회수생략', ['RETURN'], ['ACC'], ['SET'], 'S M'),
  row('T32a', 'exchange.cross', '맞교환', ['EXCHANGE'], ['ACC'], ['RED'], 'L'),
  row('T32b', 'exchange.shipFirst', '선발송', ['EXCHANGE'], ['ACC', 'COL', 'INS'], ['RED'], 'L'),
];

const MONEY_ROWS: Transition[] = [
  row(
    'T18',
    'refund.execute',
    '환불',
    ['CANCEL', 'RETURN', 'EXCHANGE', 'REDUCE'],
    ['SET', 'RED', 'INS', 'COL', 'ACC'],
    ['SET', 'RED', 'INS', 'COL', 'ACC'],
    'S',
  ),
  row(
    'T19',
    'refund.unknown',
    '환불 확인중',
    ['CANCEL', 'RETURN', 'EXCHANGE', 'REDUCE'],
    ['SET', 'RED'],
    ['SET', 'RED'],
    'S',
  ),
  row(
    'T19',
    'refund.fail',
    '환불 실패',
    ['CANCEL', 'RETURN', 'EXCHANGE', 'REDUCE'],
    ['SET', 'RED'],
    ['SET', 'RED'],
    'S',
  ),
  row(
    'T19',
    'refund.payout',
    '대체지급',
    ['CANCEL', 'RETURN', 'EXCHANGE', 'REDUCE'],
    ['SET', 'RED'],
    ['SET', 'RED'],
    'A',
  ),
  row('T20', 'return.settle', '반품정산', ['RETURN'], ['SET'], ['DONE'], 'S'),
  row('T20', 'reduce.settle', '감액정산', ['REDUCE'], ['SET'], ['DONE'], 'S'),
  row(
    'T29',
    'preRefund',
    '선환불',
    ['RETURN'],
    ['REQ', 'ACC', 'COL', 'INS'],
    ['REQ', 'ACC', 'COL', 'INS'],
    'S after M, P, D',
  ),
  row(
    'T30',
    'preRefund.clawback',
    '선환불 환수',
    BOTH,
    ['REQ', 'ACC', 'INS'],
    ['RED', 'REJ', 'DONE', 'ACC'],
    'S, M confirms',
  ),
  row('T43', 'quote.accept', '견적 동의', ALL, OPEN, OPEN, 'C A'),
  row(
    'T45',
    'fee.overdue',
    '미납 전환',
    ALL,
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    [...OPEN, 'WDN', 'REJ', 'CNV', 'DONE'],
    'S',
  ),
];

const MIND_ROWS: Transition[] = [
  row('T24', 'withdraw', '철회', ['CANCEL', 'RETURN', 'EXCHANGE', 'REDUCE'], ['REQ', 'ACC', 'SET'], ['WDN'], 'C A X'),
  row('T25', 'withdraw.late', '회수 후 철회', BOTH, ['COL', 'INS', 'SET'], ['COL', 'RED'], 'C A'),
  row('T26a', 'convert.toExchange', '교환전환', ['RETURN'], ['REQ', 'ACC', 'COL', 'INS', 'SET'], ['CNV'], 'C A (X)'),
  row(
    'T26b',
    'convert.toReturn',
    '반품전환',
    ['EXCHANGE', 'RESHIP'],
    ['REQ', 'ACC', 'COL', 'INS', 'RED', 'SET'],
    ['CNV'],
    'C A (X)',
  ),
  row('T26c', 'convert.afterShip', '출고 후 반품전환', ['EXCHANGE'], ['RED'], ['RED'], 'C A'),
  row('T27', 'reinstate', '환불 후 되살리기', ['CANCEL', 'RETURN'], ['DONE'], ['DONE'], 'A+M'),
  row('T28', 'reopen', '재개', ['CANCEL', 'RETURN', 'EXCHANGE'], ['WDN', 'REJ', 'DONE'], ['WDN', 'REJ', 'DONE'], 'M'),
  row('T38', 'fault.change', '귀책변경', ALL, OPEN, OPEN, 'A M L'),
  row('T39', 'claim.split', '분할', ['CANCEL', 'RETURN', 'EXCHANGE', 'RESHIP'], OPEN, OPEN, 'A M X'),
  row('T39', 'claim.hold', '보류', ALL, OPEN, OPEN, 'A M X'),
  row('T39', 'claim.release', '보류해제', ALL, OPEN, OPEN, 'A M X'),
  row('T40', 'mall.event', '몰 이벤트', ALL, ['–', ...OPEN], ['–', ...OPEN, 'DONE', 'WDN', 'REJ', 'CNV'], 'X'),
];

/** Section 2.3, as the engine uses it. */
export const TRANSITIONS: readonly Transition[] = [
  ...ORDER_ROWS,
  ...REQUEST_ROWS,
  ...GOODS_ROWS,
  ...MONEY_ROWS,
  ...MIND_ROWS,
];

const byEvent = new Map(TRANSITIONS.map((transition) => [transition.event, transition]));

export function transitionOf(event: string): Transition {
  return byEvent.get(event)!;
}

const SILENT = ['cancel.settle', 'return.settle', 'reduce.settle', 'exchange.done', 'arrive.partial', 'inspect.mixed'];
const CAUSED = TRANSITIONS.filter((row) => !SILENT.includes(row.event) && row.id !== 'T40');
const possible = new Map<string, string[]>();

/** Events that a person or the outside world may cause for a claim of this kind in this state. */
export function eventsFrom(kind: ClaimKind, state: ClaimState): string[] {
  const key = `${kind} ${state}`;
  let events = possible.get(key);
  if (!events) {
    events = CAUSED.filter((row) => row.kinds.includes(kind) && row.from.includes(state)).map((row) => row.event);
    possible.set(key, events);
  }
  return [...events];
}
