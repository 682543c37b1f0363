import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCatalogue } from './catalogue.ts';
import { clusterText } from './clusters.ts';
import { composeText, drawBase, fillSlots } from './contact-text.ts';
import { fillYear } from './fill.ts';
import { repeatsMeter } from './measure.ts';
import { rngOf, shareOut, uuidAt } from './random.ts';
import { LEAVES } from './voc.ts';
import { countsAt, planYear } from './year.ts';

const NOW = Date.parse('2026-11-25T08:00:00Z');
const AGENTS = {
  own: [{ id: '00000000-0000-7000-8000-000000000001', name: '박지민', centre: 'own' as const, skill: 'high' as const }],
  outsourced: [
    {
      id: '00000000-0000-7000-8000-000000000002',
      name: '고은별',
      centre: 'outsourced' as const,
      skill: 'middle' as const,
    },
  ],
};

/** Everything that a seed gives, as text. */
async function yearOf(seed: number, scale: number) {
  const lines: string[] = [];
  const add = (table: string, rows: readonly (readonly unknown[])[]) => {
    for (const row of rows) lines.push(`${table} ${JSON.stringify(row)}`);
  };
  const repeats = await fillYear({
    seed,
    now: NOW,
    counts: countsAt(scale),
    plan: planYear(seed, NOW, scale),
    catalogue: makeCatalogue(seed, NOW),
    agents: AGENTS,
    copier: { add, breathe: async () => undefined },
    onProgress: () => undefined,
  });
  return { lines, repeats };
}

test('the same seed gives the same year, another seed another one', async () => {
  const [first, again, other] = [await yearOf(1, 0.01), await yearOf(1, 0.01), await yearOf(2, 0.01)];
  expect(again.lines).toEqual(first.lines);
  expect(other.lines).not.toEqual(first.lines);
});

test('among any 1,000 tickets in a row at most 20 share their first message, names and spaces removed', async () => {
  const { repeats } = await yearOf(1, 0.15);
  expect(repeats.most).toBeLessThanOrEqual(20);
});

test('the meter counts every ticket whose text another one in the window has', () => {
  const meter = repeatsMeter(4);
  for (const text of ['가 나', '가나', '다', '김서연 다', '라', '마']) meter.add(text, ['김서연'], []);
  expect(meter.result()).toMatchObject({ window: 4, most: 4 });
});

test('no message keeps an unfilled slot or an empty name', async () => {
  const { lines } = await yearOf(3, 0.05);
  const messages = lines.filter((line) => line.startsWith('ticket_message '));
  expect(messages.filter((line) => /\{[a-z]+\}|undefined|null원| {2}고객님/.test(line.replace(/null/g, '')))).toEqual(
    [],
  );
});

test.each([
  ['{product}이에요', '니트', '니트예요'],
  ['{product}이에요', '청바지 30', '청바지 30이에요'],
  ['{product}을 샀어요', '참기름 세트', '참기름 세트를 샀어요'],
  ['{product}은 언제', '사과 5kg', '사과 5kg는 언제'],
  ['{product}으로 바꿔요', '접시 7', '접시 7로 바꿔요'],
  ['{product}이고요', '양말', '양말이고요'],
  ['{product}이 왔어요', '가방', '가방이 왔어요'],
])('particles follow the last sound: %s with %s', (text, product, expected) => {
  expect(fillSlots(text, { product })).toBe(expected);
});

test('every code has something to say in every channel', () => {
  const rng = rngOf(1, 'test');
  for (const leaf of LEAVES) {
    for (const channel of ['phone', 'chat', 'email', 'board', 'talktalk', 'sns'] as const) {
      const base = drawBase(leaf.code, channel, rng);
      expect(composeText(base, channel, { name: '김서연', mall: '온결몰' }, rng).length).toBeGreaterThan(1);
    }
  }
  expect(clusterText('defect', 'chat', rng)).toMatch(/옆/);
});

test('shares add up to the whole, whatever the weights', () => {
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 50 }),
      (total, weights) => {
        fc.pre(weights.some((weight) => weight > 1e-6));
        const shares = shareOut(total, weights);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test('ids are UUIDv7 and sort by time', () => {
  const rng = rngOf(5, 'ids');
  const ids = Array.from({ length: 200 }, (_, i) => uuidAt(NOW + i, rng));
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect([...ids].sort()).toEqual(ids);
});
