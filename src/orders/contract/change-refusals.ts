import { z } from 'zod';
import { refusal } from '#platform/operation.ts';
import { Day, Krw } from '#platform/values.ts';
import { CHANGE_STATES } from '../rules/change-state.ts';
import { RECIPIENT_FIELDS } from '../rules/change-wish.ts';

/** Why an order may not be changed, and what is possible instead. */
export const changeRefusals = {
  at_mall: refusal(
    {
      ko: '몰이 관리하는 주문입니다. 몰 관리자에서 바꾸고 한 일을 기록해 주세요.',
      en: "The mall keeps this order. Change it in the mall's admin and record what you did.",
    },
    { mall: z.string() },
  ),
  over: refusal({
    ko: '취소되었거나 반품된 상품이라 바꿀 수 없습니다.',
    en: 'These goods are cancelled or returned, so nothing can be changed.',
  }),
  already_left: refusal(
    {
      ko: '이미 {pieces}점이 출고되어 바꿀 수 없습니다. 택배사에 배송지 변경을 요청하거나 교환·반품으로 진행해 주세요.',
      en: '{pieces} pieces have left already. Ask the carrier to redirect the parcel, or exchange or return the goods.',
    },
    { pieces: z.int() },
  ),
  no_such_line: refusal({ ko: '주문에 없는 상품입니다.', en: 'The order has no such item.' }),
  nothing_changes: refusal({ ko: '지금과 같습니다. 바꿀 내용을 적어 주세요.', en: 'Nothing would change.' }),
  change_waiting: refusal({
    ko: '같은 변경이 답을 기다리고 있습니다. 답을 받거나 거둔 뒤 다시 해 주세요.',
    en: 'The same change is waiting for an answer. Get the answer or withdraw it first.',
  }),
  masked_value: refusal(
    {
      ko: '가려진 값(*)은 저장할 수 없습니다. 새 값을 모두 적어 주세요.',
      en: 'A masked value (*) cannot be saved. Type the whole new value.',
    },
    { field: z.enum(RECIPIENT_FIELDS) },
  ),
  remote_fee_due: refusal({
    ko: "추가 배송비가 드는 지역(제주·도서산간)입니다. 회사가 부담하면 '추가 배송비 받지 않음'을 선택하고, 고객에게 받아야 하면 2차 상담으로 이관해 주세요.",
    en: "This address costs an extra fee (Jeju, islands). Tick 'no extra fee' if the company bears it; if the customer has to pay it, hand the case to a senior agent.",
  }),
  remote_fee_paid: refusal(
    {
      ko: '도서산간 추가 배송비 {paidKrw}을 돌려줘야 하는 변경입니다. 여기서는 돈이 움직이지 않으니 2차 상담으로 이관해 주세요.',
      en: 'The extra fee of {paidKrw} for the remote address would have to go back. Money does not move here: hand the case to a senior agent.',
    },
    { paidKrw: Krw },
  ),
  no_such_option: refusal({ ko: '이 상품의 옵션이 아닙니다.', en: 'This product has no such option.' }),
  price_differs: refusal(
    {
      ko: '옵션 가격이 다릅니다({fromKrw} → {toKrw}). 가격이 같은 옵션으로만 바꿀 수 있습니다. 출고 뒤 교환이나 부분취소로 진행해 주세요.',
      en: 'The option has another price ({fromKrw} → {toKrw}). Only an option of the same price can be taken; cancel the piece or exchange it after delivery.',
    },
    { fromKrw: Krw, toKrw: Krw },
  ),
  out_of_stock: refusal(
    { ko: '그 옵션은 재고가 {free}점뿐입니다.', en: 'Only {free} of this option are in stock.' },
    { free: z.int() },
  ),
  decrease_is_cancel: refusal(
    {
      ko: '{pieces}점을 줄이는 것은 부분취소입니다. 이 {pieces}점에 낸 금액은 {paidKrw}이고, 환불액은 배송비·쿠폰 조건에 따라 달라집니다. 부분취소로 접수해 주세요.',
      en: '{pieces} fewer is a partial cancel. {paidKrw} was paid for them; the refund depends on shipping and coupon conditions. File a partial cancel.',
    },
    { pieces: z.int(), paidKrw: Krw },
  ),
  increase_is_new_order: refusal(
    {
      ko: '{pieces}점을 더 받으려면 결제가 필요합니다. 추가 주문을 안내하고, 함께 보내려면 출고보류를 걸어 주세요.',
      en: '{pieces} more have to be paid for: offer a second order, and hold this one if both should leave together.',
    },
    { pieces: z.int() },
  ),
  date_too_early: refusal(
    { ko: '가장 빠른 지정일은 {earliest}입니다.', en: 'The earliest day is {earliest}.' },
    { earliest: Day },
  ),
  not_held: refusal({ ko: '출고보류 중인 주문이 아닙니다.', en: 'The order is not held.' }),
};

/** Why an answer to a change counts no more. */
export const answerRefusals = {
  settled: refusal(
    { ko: '이미 끝난 주문 변경입니다.', en: 'This change is settled already.' },
    { state: z.enum(CHANGE_STATES) },
  ),
  not_asked: refusal({
    ko: '이 변경에는 답할 것이 없습니다. 이미 답했거나 다른 곳에 물은 변경입니다.',
    en: 'You are not asked about this change, or you have answered already.',
  }),
  already_left: changeRefusals.already_left,
  over: changeRefusals.over,
};
