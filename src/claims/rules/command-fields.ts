/** Fields that every command may have, read by the reader of commands itself. */
export const COMMON_FIELDS = new Set(['type', 'at', 'by', 'declaredAt', 'approved', 'order']);

const EVERYWHERE = 'claim units basedOn quote idempotencyKey';
const REQUEST = 'units! reason fault known method sentPay fare joinPickup evidence:given photos:given usage';
const SHIP = 'parcel carrier trackingNo';

/**
 * Section 2.3a: the fields of each command. `!` is required; `a:b` reads field `a` with the reader `b`.
 * Reasons of requests are codes, reasons of decisions are free text.
 */
const TABLE: Record<string, string> = {
  'order.paid': 'tender',
  'parcel.prepared': 'parcel!',
  'parcel.waybill': 'parcel! carrier trackingNo',
  'parcel.shipped': 'parcel!',
  'parcel.delivered': 'parcel!',
  'unit.confirm': 'units!',
  'fee.paid': 'tender:payment!',
  'fee.waive': 'fee reason:why!',
  'cancel.request': 'units! reason fault known',
  'return.request': REQUEST,
  'exchange.request': `${REQUEST} wanted!`,
  'exchange.change': 'wanted!',
  'cancel.accept': '',
  'return.accept': '',
  'exchange.accept': '',
  'cancel.tooLate': '',
  'cancel.unpaid': '',
  'stockout.cancel': 'reason',
  'delay.notice': 'promisedOn!',
  'delay.answer': 'answer!',
  'exchange.expire': '',
  'fee.overdue': 'fee',
  'pickup.book': 'carrier',
  'pickup.scan': 'waybill',
  'pickup.fail': 'why',
  arrive: 'waybill fare cash',
  'arrive.partial': 'waybill fare cash',
  'collect.lost': 'proof:given',
  inspect: 'results! photos:given usage',
  'inspect.pass': 'disposition finding usage photos:given',
  'inspect.fail': 'disposition finding photos:given',
  'inspect.mixed': 'results! photos:given usage',
  'return.reject': 'reason:why! evidence:given',
  'claim.reject': 'reason:why! evidence:given',
  'refund.execute': 'tender',
  'refund.unknown': 'tender',
  'refund.fail': 'tender why',
  'refund.payout': 'tender! account to:payoutTo',
  'exchange.ship': SHIP,
  'exchange.cross': SHIP,
  'exchange.shipFirst': SHIP,
  reship: `${SHIP} units! reason! evidence:given photos:given`,
  withdraw: '',
  'withdraw.late': '',
  convert: 'to! wanted',
  'convert.toExchange': 'to wanted',
  'convert.toReturn': 'to wanted',
  'convert.afterShip': 'to',
  reinstate: 'tender:payment reason:why',
  reopen: 'reason:why! evidence:given',
  preRefund: 'reason:why! evidence:given',
  'preRefund.clawback': 'goods',
  noCollect: 'reason:why',
  'parcel.lost': 'parcel! wish evidence:given',
  'parcel.refused': 'parcel! reason fault',
  shipless: 'newOrder! first reason:why',
  forcedDiscount: 'units! percent amount reason:why!',
  'fault.change': 'fault! evidence:given reason:why',
  'claim.split': 'units!',
  'claim.hold': 'reason:why! until!',
  'claim.release': '',
  'tender.change': 'tender! to:change! keepDiscount',
  'price.reduce': 'units! amount! reason! evidence:given photos:given',
  'quote.accept': 'how position',
  compensate: 'kind! amount! reason:why! shares',
  'receivable.paid': 'receivable! amount!',
  'receivable.writeOff': 'receivable! reason:why!',
  'receivable.file': 'receivable! day! proof:given',
  'mall.event': 'mallClaim:mallEvent! seenAt:ignore! kind:ignore state:ignore rawStatus:ignore refund:ignore fault',
};

export type CommandFields = { readers: Map<string, string>; required: string[] };

export const COMMAND_FIELDS: ReadonlyMap<string, CommandFields> = new Map(
  Object.entries(TABLE).map(([type, text]) => [type, read(`${EVERYWHERE} ${text}`)]),
);

function read(text: string): CommandFields {
  const readers = new Map<string, string>();
  const required: string[] = [];
  for (const word of text.trim().split(/\s+/)) {
    const [name, reader = name] = word.replace('!', '').split(':') as [string, string?];
    readers.set(name, reader);
    if (word.endsWith('!')) required.push(name);
  }
  return { readers, required };
}
