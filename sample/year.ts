import {
  callWeight,
  contactWeight,
  DAY,
  type Day,
  daysUntil,
  HOUR,
  hourOf,
  type Lift,
  ORDER_HOURS,
  orderWeight,
  phoneHours,
  timesOf,
  WRITTEN_HOURS,
} from './calendar.ts';
import { type Incident, liftOf, type Promotion, plantedIncidents, promotions } from './incidents.ts';
import { rngOf, shareOut } from './random.ts';

/** What happens on one day: when orders and contacts come. */
export type Slot = { at: number; spoken: boolean; incident: Incident | null };
export type Plan = {
  days: Day[];
  incidents: Incident[];
  promotions: Promotion[];
  ordersOf: (day: Day) => number[];
  contactsOf: (day: Day) => Slot[];
  callsOf: (day: Day) => number;
};

export type Counts = { tickets: number; orders: number; customers: number; calls: number };
export const countsAt = (scale: number): Counts => ({
  tickets: Math.round(30_000 * scale),
  orders: Math.round(50_000 * scale),
  customers: Math.max(20, Math.round(20_000 * scale)),
  calls: Math.round(25_000 * scale),
});

const SPOKEN_SHARE = 0.42;

/** Lays the year out: how many of everything on which day, exactly as many in all as the scale asks for. */
export function planYear(seed: number, now: number, scale: number): Plan {
  const days = daysUntil(now);
  const planned = promotions(days);
  const lift = liftOf(planned);
  const incidents = plantedIncidents(now).map((incident) => ({
    ...incident,
    tickets: Math.max(3, Math.round(incident.tickets * scale)),
  }));
  const counts = countsAt(scale);
  const extra = incidents.reduce((sum, incident) => sum + incident.tickets, 0);
  const share = (total: number, weight: (day: Day, lift: Lift) => number) =>
    shareOut(
      Math.max(0, total),
      days.map((day) => weight(day, lift)),
    );
  const orders = share(counts.orders, orderWeight);
  const contacts = share(counts.tickets - extra, contactWeight);
  const calls = share(counts.calls, callWeight);
  const planted = incidents.map((incident) => timesOfIncident(seed, incident));
  return {
    days,
    incidents,
    promotions: planned,
    ordersOf: (day) => timesOf(day, orders[day.index] ?? 0, ORDER_HOURS, rngOf(seed, 'order times', day.index).next),
    contactsOf: (day) => contactsOf(seed, day, contacts[day.index] ?? 0, incidents, planted),
    callsOf: (day) => calls[day.index] ?? 0,
  };
}

function contactsOf(
  seed: number,
  day: Day,
  count: number,
  incidents: readonly Incident[],
  planted: readonly number[][],
): Slot[] {
  const rng = rngOf(seed, 'contact times', day.index);
  const hours = phoneHours(day);
  const open = hours.reduce((sum, weight, hour) => sum + (hour < day.until ? weight : 0), 0) > 0;
  const spoken = open ? Math.round(count * SPOKEN_SHARE) : 0;
  const slots: Slot[] = [
    ...timesOf(day, spoken, hours, rng.next).map((at) => ({ at, spoken: true, incident: null })),
    ...timesOf(day, count - spoken, WRITTEN_HOURS, rng.next).map((at) => ({ at, spoken: false, incident: null })),
  ];
  for (const [i, incident] of incidents.entries()) {
    for (const at of planted[i] ?? []) {
      if (at < day.start || at >= day.start + DAY) continue;
      slots.push({ at, spoken: (hours[Math.floor(hourOf(at))] ?? 0) > 0 && rng.chance(0.4), incident });
    }
  }
  return slots.sort((a, b) => a.at - b.at);
}

/** Contacts of an incident: by day mostly, an outage as it comes. */
function timesOfIncident(seed: number, incident: Incident): number[] {
  const rng = rngOf(seed, `incident ${incident.id}`);
  const from = Date.parse(incident.from);
  const until = Date.parse(incident.until);
  const times: number[] = [];
  for (let tries = 0; times.length < incident.tickets && tries < incident.tickets * 50; tries++) {
    const at = Math.floor(from + rng.next() * (until - from));
    const weight = until - from < 12 * HOUR ? 1 : (WRITTEN_HOURS[Math.floor(hourOf(at))] ?? 0) / 9;
    // Word spreads: the second half of an incident is louder than the first.
    if (rng.chance(weight) && rng.chance(0.4 + (0.6 * (at - from)) / (until - from))) times.push(at);
  }
  return times.sort((a, b) => a - b);
}

export const promotionAt =
  (planned: readonly Promotion[]) =>
  (at: number): string | null =>
    planned.find((one) => at >= one.from && at < one.until)?.ko ?? null;
