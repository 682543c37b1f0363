import { readFileSync } from 'node:fs';
import type { Facts } from './contact-text.ts';
import { fillSlots } from './contact-text.ts';
import type { Rng } from './random.ts';
import type { VocLeaf } from './voc.ts';

type Skill = 'high' | 'middle' | 'low';
const LINES = new Map<string, string>();
for (const line of readFileSync(new URL('./voc_ko/replies.tsv', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .slice(1)) {
  const [situation, channel, skill, text = ''] = line.split('\t');
  LINES.set(`${situation} ${channel} ${skill}`, text);
}

/** Which answers fit which reason. `hm`: the lines of skilled and middling agents; some say too much to fit all. */
const FITTING: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^DLV-INFO-ETA/, ['callback_promise hm']],
  [/^DLV-INFO-TRACK/, ['delivery_status hml']],
  [/^DLV-INFO-FEE/, ['callback_promise m', 'transfer_dept m']],
  [/^DLV-LATE-DISPATCH/, ['apology_delay hml']],
  [/^DLV-LATE-TRANSIT/, ['delivery_status m', 'courier_check m', 'callback_promise h']],
  [/^DLV-ERR-NOTRECEIVED/, ['courier_check hml']],
  [/^DLV-ERR-DAMAGE/, ['ask_photo hml', 'apology_defect m']],
  [/^(DLV-ERR-WRONGITEM|EXC-REQUEST-WRONG|RTN-REQUEST-WRONG)/, ['apology_misship hml']],
  [/^(DLV-ERR-MISSING|PRC-PROMO-GIFT)/, ['ask_photo m', 'callback_promise hm']],
  [/^ORD-MOD-ADDR/, ['address_change hml']],
  [/^(SIT-(ACCESS|LOGIN|APP|PAGE)|PAY-PROC-FAIL|ORD-PLACE-FAIL)/, ['site_error_guide hml']],
  [/^CAN-REQ-MIND/, ['cancel_done hml']],
  [/^CAN-(REQ-PARTIAL|STATE-CHECK)/, ['cancel_done m', 'refund_start m']],
  [/^(RTN-REQUEST-MIND|RTN-CHANGE-REDO)/, ['explain_return_fee hm', 'return_accept hm']],
  [/^(RTN-GUIDE-TERMS|RTN-DISPUTE-FEE)/, ['explain_return_fee hml']],
  [/^(RTN-REQUEST-DEFECT|PRD-DEFECT|PRD-FUNC|PRD-SAFETY)/, ['ask_photo hml', 'apology_defect m', 'return_accept m']],
  [/^EXC-REQUEST-OPTION/, ['exchange_accept hml']],
  [/^EXC-REQUEST-DEFECT/, ['ask_photo hm', 'exchange_accept hm']],
  [/^EXC-PROGRESS-DELAY/, ['exchange_shipped hm']],
  [/^RFD-TIMING-PRE/, ['approval_wait hm']],
  [/^RFD-(TIMING|METHOD)/, ['refund_start m', 'refund_done hm']],
  [/^RFD-AMOUNT/, ['refund_start m', 'callback_promise hm']],
  [/^PKP-(VISIT|TRACK)/, ['pickup_schedule hml']],
  [/^STK-AVAIL-RESTOCK/, ['restock_notice hml']],
  [/^STK-SOLDOUT-AFTERORD/, ['stockout_offer hm']],
  [/^PRC-COUPON/, ['coupon_explain m', 'site_error_guide m', 'callback_promise m']],
  [/^(EVT-JOIN|PRC-PROMO-TERMS)/, ['event_guide m']],
  [/^EVT-OPTOUT/, ['optout_done hm']],
  [/^(SVC-AGENT-PRAISE|ETC-THANKS)/, ['praise_thanks hm']],
  [/^ETC-IDEA/, ['suggestion_thanks m']],
  [/^(BIZ-BULK|STK-AVAIL-BULK)/, ['bulk_quote_reply hm']],
  [/^BIZ/, ['partner_offer_reply hm']],
  [/^CRI-OUT/, ['legal_threat_response hm']],
  [/^CRI-SAFE/, ['injury_first_response m', 'callback_promise m']],
  [/^CRI-PRIV/, ['privacy_response hm']],
  [/^CRI-ABUSE/, ['abuse_warning_1 hm']],
  [/^SVC-(LINK|CALLBACK)/, ['callback_late_apology m']],
  [/^SVC-AGENT/, ['escalate_manager hm']],
  [/^ETC-MISC/, ['wrong_contact m']],
  [/./, ['callback_promise hm', 'transfer_dept m']],
];
const SKILLS: Record<string, Skill> = { h: 'high', m: 'middle', l: 'low' };

/** What an agent writes on a reason; `skill` is the agent's, where the line for it fits. */
export function answerText(code: string, skill: Skill, facts: Facts, rng: Rng): string {
  const fitting = FITTING.find(([like]) => like.test(code))?.[1] ?? ['callback_promise m'];
  const [situation = '', letters = 'm'] = rng.pick(fitting).split(' ');
  const wanted = [...letters].map((letter) => SKILLS[letter] as Skill);
  const chosen = wanted.includes(skill) ? skill : ((wanted.includes('middle') ? 'middle' : wanted[0]) as Skill);
  return fillSlots(LINES.get(`${situation} text ${chosen}`) ?? '', facts);
}

/** Only what a skilled agent writes shows that the contact has been read; the others begin with the answer. */
export const greetingText = (skill: Skill, facts: Facts): string | null =>
  skill === 'high' ? fillSlots(LINES.get('greeting text high') ?? '', facts) : null;
export const closingText = (facts: Facts): string => fillSlots(LINES.get('closing text middle') ?? '', facts);
export const surveyText = (facts: Facts): string => fillSlots(LINES.get('survey_request text middle') ?? '', facts);

const FOLLOW_UPS = {
  calm: [
    '네 확인했습니다. 감사합니다',
    '아 네 알겠습니다',
    '네 기다릴게요',
    '빠른 답변 감사합니다',
    '네 그렇게 해 주세요',
    '감사합니다~',
    '아 그렇군요, 알겠습니다',
    '네네 부탁드려요',
    '확인되면 알려 주세요',
    '네 그럼 연락 기다리겠습니다',
    '설명해 주셔서 이해했어요',
    '네 그 방법으로 할게요',
    '알겠습니다. 수고하세요',
    '그럼 내일 다시 볼게요',
    '아 제가 잘못 봤네요, 감사합니다',
  ],
  upset: [
    '그래서 언제 되는데요',
    '이번엔 꼭 지켜 주세요',
    '같은 말만 반복하지 마시고요',
    '일단 기다려 볼게요',
    '책임자분과 통화하고 싶어요',
    '알겠는데 다음에도 이러면 곤란합니다',
    '네 결과 나오면 바로 알려 주세요',
    '하루만 더 기다리겠습니다',
    '납득은 안 되지만 알겠습니다',
  ],
};
export function followUp(answer: string, upset: boolean, rng: Rng): string {
  if (answer.includes('사진') && rng.chance(0.6))
    return rng.pick(['사진 올렸어요', '사진은 방금 올렸어요', '사진 세 장 첨부합니다']);
  if (/(연락|회신|답변)드리/.test(answer) && rng.chance(0.3))
    return rng.pick(['네 문자로 주시면 됩니다', '전화 주세요', '네 그럼 그때까지 기다릴게요']);
  return rng.pick(upset ? FOLLOW_UPS.upset : FOLLOW_UPS.calm);
}

const DONE: Record<string, readonly string[]> = {
  guided: [
    '기준 안내하고 종결함.',
    '진행 상황 안내함, 이해하심.',
    '확인된 내용 안내함.',
    '절차 설명함, 고객 동의.',
    '요청하신 내용 확인하고 안내함.',
  ],
  filed: [
    '접수함. 담당 부서 확인 뒤 {deadline}까지 회신하기로 함.',
    '내용 접수, 결과는 문자로 안내하기로 함.',
    '접수 완료. 확인되는 대로 연락 예정.',
    '물류에 확인 요청함. {deadline}까지 회신 약속.',
  ],
  cancelled: [
    '출고 전 확인하고 취소 처리함.',
    '주문 취소 완료, 환불 시점 안내함.',
    '결제 취소 접수함. 쿠폰 복원 안내.',
  ],
  returned: [
    '반품 접수, {date} 회수 예정 안내.',
    '반품 접수함. 회수 뒤 검수, 환불 순서 안내.',
    '사진 확인하고 반품 접수함.',
    '반품 접수 완료, 포장 방법 안내.',
  ],
  exchanged: [
    '교환 접수, 재고 확보함.',
    '교환 접수함. 회수 뒤 출고 안내.',
    '옵션 변경으로 교환 접수, 비용 안내하고 동의받음.',
  ],
  refunded: [
    '환불 접수, 카드 영업일 3~5일 안내.',
    '환불 완료 내역 확인해 드림.',
    '환불 진행 중임을 안내, 예정일 알려 드림.',
  ],
  compensated: [
    '적립금 {points} 지급 안내, 동의하심.',
    '지연 보상 안내하고 적립금 지급함.',
    '불편 사과, 적립금 {points} 지급 처리.',
  ],
  transferred: [
    '{department}에 이관함. 회신 기한 {deadline}.',
    '담당 부서({department})로 이관, 고객께 안내함.',
    '{department} 확인 필요하여 이관함.',
  ],
};
const EXTRA = [
  '본인확인 완료.',
  '재문의이므로 우선 확인 요청.',
  '통화 품질 좋지 않아 문자로 다시 안내함.',
  '회신은 오후 희망.',
  '주문 내역 함께 확인함.',
  '다음 상담 때 참고 바람.',
];

/** The 상담내용 of a call: what it was about, what was done. */
export function callNote(leaf: VocLeaf, result: string, facts: Facts, rng: Rng): string {
  const about =
    facts.product && rng.chance(0.5)
      ? `${facts.product} ${leaf.l3} 건.`
      : rng.pick([`${leaf.l3} 건으로 전화하심.`, `${leaf.l3} 건.`, `${leaf.l2} › ${leaf.l3}.`]);
  const done = rng.pick(DONE[result] ?? DONE.guided ?? []);
  const extra = rng.chance(0.45) ? ` ${rng.pick(EXTRA)}` : '';
  return fillSlots(`${about} ${done}${extra}`, facts);
}

const NOTES = [
  '고객 재문의 시 먼저 안내할 것',
  '같은 문의 앞서 한 번 있었음',
  '보상 승인 요청 예정',
  '주문 내역 다시 확인 필요',
  '통화 어려움, 문자로 안내 희망',
  '오후에 한 번 더 연락하기로 함',
  '관리자 확인 요청함',
];
const GOODS_NOTES = [
  '협력사에 재고 확인 요청함',
  '물류센터에 출고 여부 문의 중',
  'MD 확인 필요',
  '택배사 대리점에 전화함, 회신 대기',
  '사진 확인함, 불량으로 판단',
  '주문서 메모에 반영함',
];
/** A note among ourselves; about goods where the contact is. */
export const internalNote = (rng: Rng, code = ''): string =>
  rng.pick(/^(DLV|RTN|EXC|PRD|PKP|STK|ORD)/.test(code) && rng.chance(0.6) ? GOODS_NOTES : NOTES);
