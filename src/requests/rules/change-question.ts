import type { Told, Wish } from '#orders/rules/change-wish.ts';

/**
 * What a partner is asked about a change of an order, in the language of partners. What a recipient's name or address
 * becomes is not in it: the order shows that to whoever may see it.
 */
export function questionOfChange(kind: Wish['kind'], before: Told, after: Told): string {
  switch (kind) {
    case 'RECIPIENT':
      return '수령인·배송지를 바꿀 수 있나요?';
    case 'NOTE':
      return '배송 메모를 바꿀 수 있나요?';
    case 'OPTION':
      return `옵션을 바꿀 수 있나요? ${before.optionText ?? '–'} → ${after.optionText ?? '–'}`;
    case 'DATE':
      return after.on ? `지정일을 ${after.on}로 할 수 있나요?` : '지정일을 없앨 수 있나요?';
    case 'HOLD':
      return '출고를 보류할 수 있나요?';
    default:
      return '주문을 바꿀 수 있나요?';
  }
}
