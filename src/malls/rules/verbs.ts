/** What can be done with an order at a mall. `ship`: tell the waybill; `reinvoice`: change it. */
export const MALL_VERBS = [
  ...([
    'cancel.accept',
    'cancel.reject',
    'return.request',
    'return.accept',
    'return.reject',
    'return.withdraw',
  ] as const),
  ...(['exchange.accept', 'exchange.reject', 'exchange.reship', 'return.convert', 'exchange.convert'] as const),
  ...(['ship', 'reinvoice', 'addressChange', 'refundPreview', 'inquiry.answer'] as const),
] as const;
export type MallVerb = (typeof MALL_VERBS)[number];
