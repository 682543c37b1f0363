/** Steps of a parcel as a carrier tells them (connectors.md §7 and §10: delivery-tracker's model). */
export const TRACK_STATUSES = [
  'UNKNOWN',
  'INFORMATION_RECEIVED',
  'AT_PICKUP',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'ATTEMPT_FAIL',
  'DELIVERED',
  'AVAILABLE_FOR_PICKUP',
  'EXCEPTION',
] as const;
export type TrackStatus = (typeof TRACK_STATUSES)[number];
export type TrackEvent = { status: TrackStatus; at: Date | null; place: string | null; text: string };

/** Steps as we keep them; the first six are older than the tracker and the sample company's. */
export const STEP_KINDS = [
  'pickup',
  'hub_in',
  'hub_out',
  'out_for_delivery',
  'delivered',
  'delayed',
  'registered',
  'in_transit',
  'attempt_failed',
  'at_pickup_point',
  'returned',
  'exception',
  'unknown',
] as const;
export type StepKind = (typeof STEP_KINDS)[number];
export type Step = { kind: StepKind; at: Date; place: string; note: string | null };

const SENT_BACK = /반송|반품|회송|수취\s?거(부|절)|returned to sender/i;
const ARRIVES = /도착|입고|하차/;
const LEAVES = /출발|출고|상차|발송/;
const KINDS: Record<TrackStatus, StepKind> = {
  UNKNOWN: 'unknown',
  INFORMATION_RECEIVED: 'registered',
  AT_PICKUP: 'pickup',
  IN_TRANSIT: 'in_transit',
  OUT_FOR_DELIVERY: 'out_for_delivery',
  ATTEMPT_FAIL: 'attempt_failed',
  DELIVERED: 'delivered',
  AVAILABLE_FOR_PICKUP: 'at_pickup_point',
  EXCEPTION: 'exception',
};

/** Our kind of an event: hubs are told apart by the carrier's words, a return too, for which the model has no status. */
export function stepKind({ status, text }: Pick<TrackEvent, 'status' | 'text'>): StepKind {
  if ((status === 'EXCEPTION' || status === 'ATTEMPT_FAIL') && SENT_BACK.test(text)) return 'returned';
  if (status !== 'IN_TRANSIT') return KINDS[status];
  return ARRIVES.test(text) ? 'hub_in' : LEAVES.test(text) ? 'hub_out' : 'in_transit';
}

/** A carrier's scan: the parcel is in its hands. The waybill's registration is none (송장 등록 ≠ 출고). */
const SCANS = new Set<StepKind>([
  ...(['pickup', 'hub_in', 'hub_out', 'in_transit', 'out_for_delivery', 'attempt_failed', 'delivered'] as const),
  ...(['at_pickup_point', 'delayed', 'returned'] as const),
]);

const PHONE = /(?:\+?82[-\s]?|0)\d{1,3}[-.\s)]?\d{3,4}[-.\s]?\d{4}/g;
const COURIER_NAME = /((?:배송|배달|집배|담당)(?:기사|직원|원|사원)?\s*[:：(]\s*)[가-힣]{2,4}(?=[\s,)/(]|$)/g;

/** A carrier's words without the driver's name and phone, which some put inside (connectors.md §7). */
export const withoutPeople = (text: string): string =>
  text.replace(PHONE, '***').replace(COURIER_NAME, '$1***').replace(/\s+/g, ' ').trim().slice(0, 200);

/** A step in the words of an event. One without a time stands at `seenAt`, when we first saw it. */
export function stepOf(event: TrackEvent, seenAt: Date): Step {
  const note = withoutPeople(event.text);
  return {
    kind: stepKind(event),
    at: event.at ?? seenAt,
    place: event.place?.trim().slice(0, 100) ?? '',
    note: note || null,
  };
}

const sameWords = (a: Step, b: Step) => a.kind === b.kind && a.place === b.place && a.note === b.note;

/**
 * Events that are not among the known steps yet, each once, oldest first: whatever their order, and however often they
 * come. Numbers are used again by carriers: what happened before `notBefore` belongs to an earlier parcel.
 */
export function newSteps(
  known: readonly Step[],
  events: readonly TrackEvent[],
  { seenAt, notBefore }: { seenAt: Date; notBefore: Date | null },
): Step[] {
  const fresh: Step[] = [];
  for (const event of events) {
    const step = stepOf(event, seenAt);
    if (notBefore && step.at < notBefore) continue;
    if (step.at.getTime() > seenAt.getTime() + AHEAD_MS) continue;
    const same = (other: Step) =>
      sameWords(step, other) && (event.at === null || other.at.getTime() === step.at.getTime());
    if (!known.some(same) && !fresh.some(same)) fresh.push(step);
  }
  return fresh.toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Carriers' clocks run ahead a little; a step that lies further ahead has not happened. */
const AHEAD_MS = 3_600_000;

export type Facts = { shippedAt: Date | null; deliveredAt: Date | null; returned: boolean };

/** What the steps say of a parcel: the first scan is its dispatch, the first delivery its arrival. DELIVERED wins. */
export function factsOf(steps: readonly Step[]): Facts {
  const inOrder = steps.toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const delivered = inOrder.find(({ kind }) => kind === 'delivered');
  const returned = !delivered && inOrder.at(-1)?.kind === 'returned';
  return {
    shippedAt: inOrder.find(({ kind }) => SCANS.has(kind))?.at ?? null,
    deliveredAt: delivered?.at ?? null,
    returned,
  };
}

/** The step at which a parcel stands: its delivery, else the newest. */
export const standsAt = (steps: readonly Step[]): Step | null =>
  steps.find(({ kind }) => kind === 'delivered') ??
  steps.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1) ??
  null;
