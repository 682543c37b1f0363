import { searchDocument } from '#platform/search.ts';
import { DAY } from './calendar.ts';
import { drawMall } from './malls.ts';
import { type PersonName, personName } from './names.ts';
import { type Place, placeOf } from './places.ts';
import { type Rng, rngOf, uuidAt } from './random.ts';

export type Customer = {
  index: number;
  id: string;
  name: string;
  phone: string;
  email: string;
  malls: string[];
  grade: 'basic' | 'silver' | 'gold' | 'vip';
  points: number;
  birthYear: number;
  createdAt: number;
};

export const CUSTOMER_COLUMNS = [
  'id',
  'name',
  'phone',
  'email',
  'grade',
  'birth_year',
  'malls',
  'points_krw',
  'search_text',
  'search',
  'created_at',
  'updated_at',
];

/** 010-0001-0000 to 010-1999-9999: never assigned to anybody. 7919 is prime to the count, so no number comes twice. */
const PHONES = 19_990_000;
export function phoneOf(n: number): string {
  const digits = String(10_000 + ((((n * 7919) % PHONES) + PHONES) % PHONES)).padStart(8, '0');
  return `010-${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** One customer in ten buys about half of everything. */
export const isHeavy = (index: number): boolean => index % 10 === 3;

/** Customers of the sample company. Each is computed from its number, so that any count needs no memory. */
export function customersOf(seed: number, now: number, count: number) {
  const known = Math.floor(count * 0.6);
  const createdAt = (index: number): number => {
    if (index < known) return Math.floor(now - 365 * DAY - (1 - index / known) * 1100 * DAY);
    return Math.floor(now - (1 - (index - known) / (count - known)) * 364.9 * DAY);
  };
  const at = (index: number): Customer => {
    const rng = rngOf(seed, 'customer', index);
    const created = createdAt(index);
    const id = uuidAt(created, rng);
    const birthYear = 2008 - Math.floor(20 + 45 * rng.next() ** 1.3);
    const { name, latin } = personName(rng, birthYear);
    return {
      index,
      id,
      name,
      phone: phoneOf(index * 2 + seed),
      email: `${latin}${index.toString(36)}@example.com`,
      malls: mallsOf(rng),
      grade: gradeOf(index, rng),
      points: rng.chance(0.55) ? rng.int(1, 180) * 100 : 0,
      birthYear,
      createdAt: created,
    };
  };
  /** How many customers there were at a time. */
  const countAt = (time: number): number => {
    if (time <= now - 365 * DAY) return known;
    const share = 1 - (now - time) / (364.9 * DAY);
    return Math.max(1, Math.min(count, known + Math.floor((count - known) * share)));
  };
  const draw = (rng: Rng, time: number): Customer => {
    const there = countAt(time);
    if (rng.chance(0.4)) return at(Math.min(there - 1, Math.floor((rng.next() * there) / 10) * 10 + 3));
    if (rng.chance(0.25)) return at(there - 1 - Math.floor(rng.next() * Math.max(1, there * 0.05)));
    return at(rng.int(0, there - 1));
  };
  return { count, at, draw };
}
export type Customers = ReturnType<typeof customersOf>;

function mallsOf(rng: Rng): string[] {
  const malls = [drawMall(rng)];
  while (malls.length < 3 && rng.chance(0.3)) {
    const more = drawMall(rng);
    if (!malls.includes(more)) malls.push(more);
  }
  return malls;
}

function gradeOf(index: number, rng: Rng): Customer['grade'] {
  const x = rng.next();
  if (isHeavy(index)) return x < 0.25 ? 'vip' : x < 0.75 ? 'gold' : 'silver';
  return x < 0.72 ? 'basic' : x < 0.94 ? 'silver' : 'gold';
}

export function customerRow(customer: Customer): unknown[] {
  const { id, name, phone, email, grade, birthYear, malls, points, createdAt } = customer;
  const doc = searchDocument({ names: [name], phones: [phone], texts: [email] });
  const created = new Date(createdAt);
  return [id, name, phone, email, grade, birthYear, malls, points, doc.search_text, doc.search, created, created];
}

/** Where a customer lives: the same for each of their orders. */
export const homeOf = (seed: number, customer: Customer): Place => placeOf(rngOf(seed, 'home', customer.index));

/** Somebody else who gets an order: family, a friend, a gift. */
export function otherPerson(rng: Rng): PersonName & { phone: string } {
  return { ...personName(rng, rng.int(1945, 2004)), phone: phoneOf(rng.int(0, PHONES - 1) * 2 + 1) };
}
