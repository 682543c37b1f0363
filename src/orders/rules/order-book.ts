import type { Allocation } from './allocation.ts';
import type { Order, Receiver } from './order.ts';
import { stagesOf } from './read-order.ts';
import { isBefore, isTerminalStage, type Stage } from './unit.ts';

/** An order as its events make it: what it was when it came in, moved on by each later fact. */
export type OrderBook = {
  /** As it stands now; `stages` are those of the day it came in. */
  order: Order;
  /** Frozen when it came in. */
  allocation: Allocation;
  customerId: string | null;
  policyVersion: string | null;
  /** `A.1` → stage of pieces whose stage does not follow from their parcel: out by the mall's word, confirmed apart. */
  apart: Record<string, Stage>;
  /** Recipients that the order had before: the mall naming one of them again is no news. */
  earlier: Receiver[];
  /** 지정일: the day on which the customer wants it, `2026-12-01`. */
  desiredOn: string | null;
  /** 출고보류: nothing may leave until it is released. */
  hold: { reason: string; at: number } | null;
  /** When the last hold ended. */
  releasedAt: number | null;
  /** Line → sku that it came in with, where its option was changed since. */
  cameAs: Record<string, string>;
  version: number;
  createdAt: number;
  updatedAt: number;
};

/** What has happened to an order. `payload` tells it without personal data, `personal` holds that apart. */
export type OrderEvent = {
  seq: number;
  type: string;
  payload: Record<string, unknown>;
  personal: Record<string, unknown> | null;
  at: number;
  recordedAt: number;
};

/** What no order has when it comes in: it follows from later events. */
export const NOTHING_CHANGED = { desiredOn: null, hold: null, releasedAt: null, cameAs: {} };

/** An event that is not written yet. */
export type NewEvent = Omit<OrderEvent, 'seq' | 'recordedAt'>;

/** Stage of each piece: line order, then unitNo. */
export function unitStages({ order, apart }: Pick<OrderBook, 'order' | 'apart'>): Stage[] {
  const stages = stagesOf(order);
  let index = 0;
  for (const line of order.lines)
    for (let unitNo = 1; unitNo <= line.qty; unitNo++, index++) {
      const own = apart[`${line.id}.${unitNo}`];
      if (own && !isTerminalStage(stages[index]!)) stages[index] = own;
    }
  return stages;
}

/**
 * How far an order is: as far as its least advanced piece that is not out. With all pieces out it is CANCELLED when
 * one was cancelled, else RETURNED.
 */
export function orderStage(stages: readonly Stage[]): Stage {
  let least: Stage | null = null;
  for (const stage of stages) if (!isTerminalStage(stage) && (least === null || isBefore(stage, least))) least = stage;
  return least ?? (stages.length === 0 || stages.includes('CANCELLED') ? 'CANCELLED' : 'RETURNED');
}

type ShippingState = 'PLANNED' | 'PACKED' | 'SHIPPED' | 'DELIVERED' | 'RETURNED_TO_SENDER';

/** A waybill without the carrier's first scan is not dispatch (송장 등록 ≠ 출고): the parcel is PACKED. */
export function shippingState(parcel: {
  preparedAt: number | null;
  waybillAt: number | null;
  shippedAt: number | null;
  deliveredAt: number | null;
  returned?: true;
}): ShippingState {
  if (parcel.deliveredAt !== null) return 'DELIVERED';
  if (parcel.returned) return 'RETURNED_TO_SENDER';
  if (parcel.shippedAt !== null) return 'SHIPPED';
  return parcel.preparedAt !== null || parcel.waybillAt !== null ? 'PACKED' : 'PLANNED';
}
