import type { Refusal } from '#policies/rules/refusal.ts';
import { acceptClaim } from './accept.ts';
import { arrive } from './arrival.ts';
import { cancelStockout, cancelUnpaid, requestCancel } from './cancel.ts';
import { cancelTooLate } from './cancel-too-late.ts';
import { payOrder } from './capture.ts';
import { splitClaim } from './claim-for.ts';
import { clawBack } from './clawback.ts';
import { bookPickup, failPickup, scanPickup } from './collection.ts';
import { loseCollection } from './collection-lost.ts';
import { compensate } from './compensation.ts';
import { acceptQuote } from './consent.ts';
import { convert } from './convert.ts';
import { answerDelay, noticeDelay } from './delay.ts';
import type { Draft } from './draft.ts';
import { changeExchange, crossExchange, expireExchange, shipExchange, shipFirst } from './exchange.ts';
import { changeFault } from './fault.ts';
import { overdueFee, payFee, waiveFee } from './fee-payment.ts';
import { forceDiscount } from './forced-discount.ts';
import { holdClaim, releaseClaim } from './hold.ts';
import { inspect } from './inspection.ts';
import { mirrorMall } from './mall.ts';
import { confirmUnits, deliverParcel, prepareParcel, shipParcel } from './parcel-facts.ts';
import { loseParcel } from './parcel-lost.ts';
import { refuseParcel } from './parcel-refused.ts';
import { preRefund } from './pre-refund.ts';
import { fileAccident, payReceivable, writeOff } from './receivables.ts';
import { reducePrice } from './reduce.ts';
import { executeRefund, missRefund, usePayout } from './refund.ts';
import { reinstate } from './reinstate.ts';
import { rejectClaim, rejectReturn } from './reject.ts';
import { reopen } from './reopen.ts';
import { requestExchange, requestReturn } from './request.ts';
import { reship } from './reship.ts';
import { reorderShipless } from './shipless.ts';
import { skipCollection } from './skip-collection.ts';
import { changeTender } from './tender-change.ts';
import { withdraw } from './withdraw.ts';

/** Decides one command on a draft: the claim that it concerns, or a refusal. */
export type Handler = (draft: Draft) => Refusal | string | null;

/** Which rule decides which command; events that happen only by themselves have none. */
export const HANDLERS: Record<string, Handler> = {
  'order.paid': payOrder,
  'parcel.prepared': prepareParcel,
  'parcel.waybill': prepareParcel,
  'parcel.shipped': shipParcel,
  'parcel.delivered': (draft) => deliverParcel(draft),
  'unit.confirm': confirmUnits,
  'fee.paid': payFee,
  'fee.waive': waiveFee,
  'fee.overdue': overdueFee,
  'cancel.request': requestCancel,
  'cancel.accept': acceptClaim,
  'cancel.tooLate': cancelTooLate,
  'cancel.unpaid': cancelUnpaid,
  'stockout.cancel': cancelStockout,
  'delay.notice': noticeDelay,
  'delay.answer': answerDelay,
  'return.request': requestReturn,
  'return.accept': acceptClaim,
  'return.reject': rejectReturn,
  'claim.reject': rejectClaim,
  'exchange.request': requestExchange,
  'exchange.accept': acceptClaim,
  'exchange.change': changeExchange,
  'exchange.expire': expireExchange,
  'exchange.ship': shipExchange,
  'exchange.cross': crossExchange,
  'exchange.shipFirst': shipFirst,
  'pickup.book': bookPickup,
  'pickup.scan': scanPickup,
  'pickup.fail': failPickup,
  arrive,
  'arrive.partial': arrive,
  'collect.lost': loseCollection,
  inspect,
  'inspect.pass': inspect,
  'inspect.fail': inspect,
  'inspect.mixed': inspect,
  'refund.execute': executeRefund,
  'refund.unknown': missRefund,
  'refund.fail': missRefund,
  'refund.payout': usePayout,
  withdraw,
  'withdraw.late': withdraw,
  convert,
  'convert.toExchange': convert,
  'convert.toReturn': convert,
  'convert.afterShip': convert,
  reinstate,
  reopen,
  preRefund,
  'preRefund.clawback': clawBack,
  noCollect: skipCollection,
  reship,
  'parcel.lost': loseParcel,
  'parcel.refused': refuseParcel,
  shipless: reorderShipless,
  forcedDiscount: forceDiscount,
  'fault.change': changeFault,
  'claim.split': splitClaim,
  'claim.hold': holdClaim,
  'claim.release': releaseClaim,
  'mall.event': mirrorMall,
  'tender.change': changeTender,
  'price.reduce': reducePrice,
  'quote.accept': acceptQuote,
  compensate,
  'receivable.paid': payReceivable,
  'receivable.writeOff': writeOff,
  'receivable.file': fileAccident,
};
