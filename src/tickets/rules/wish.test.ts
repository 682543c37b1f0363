import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Refusal } from '#platform/operation.ts';
import { type Said, STATUSES, waitsIn } from './status.ts';
import { takenBack, type Wish, type Worked, wished } from './wish.ts';

const NOW = 1_000;
const talk: Said[] = [{ kind: 'inbound', delivery: null, thanks: false, at: 1, saidAt: 1 }];
const tag = fc.constantFrom('가', '나', '다', '라');
const ticket: fc.Arbitrary<Worked> = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    assignee: fc.constantFrom(null, 'p1', 'p2'),
    tags: fc.uniqueArray(tag),
    priority: fc.constantFrom('low', 'normal', 'urgent'),
    followUpOn: fc.constantFrom(null, '2026-12-01'),
    asleep: fc.constantFrom(null, 5_000),
  })
  .map(({ asleep, ...rest }) => ({
    ...rest,
    waitingSince: waitsIn(rest.status, talk),
    solvedAt: rest.status === 'solved' ? 500 : null,
    snoozedUntil: rest.status === 'solved' ? null : asleep,
  }));
const wish: fc.Arbitrary<Wish> = fc.record(
  {
    status: fc.constantFrom(...STATUSES),
    assignee: fc.constantFrom(null, 'p1', 'p3'),
    priority: fc.constantFrom('low', 'high'),
    addTags: fc.uniqueArray(tag),
    removeTags: fc.uniqueArray(tag),
    snoozeUntil: fc.constantFrom(null, 7_000),
    followUpOn: fc.constantFrom(null, '2026-12-24'),
  },
  { requiredKeys: [] },
);

/** The fields that differ, as the history keeps them. */
function changeBetween(one: Worked, other: Worked) {
  const names = (Object.keys(one) as (keyof Worked)[]).filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
  const part = (of: Worked) => Object.fromEntries(names.map((name) => [name, of[name]]));
  return { before: part(one), after: part(other) };
}

test('a wish taken back gives the very same ticket', () => {
  fc.assert(
    fc.property(ticket, wish, (before, one) => {
      const after = wished(before, one, NOW, talk);
      if (after instanceof Refusal) throw new Error('four tags are not too many');
      expect(takenBack(after, changeBetween(before, after), NOW + 1, talk)).toEqual(before);
    }),
  );
});

test('taking one change back leaves what another one did, or says that it cannot', () => {
  fc.assert(
    fc.property(ticket, wish, wish, (before, one, other) => {
      const first = wished(before, one, NOW, talk) as Worked;
      const second = wished(first, other, NOW + 1, talk) as Worked;
      const back = takenBack(second, changeBetween(before, first), NOW + 2, talk);
      if (back === null) return;
      const { after } = changeBetween(before, first);
      for (const name of ['assignee', 'priority', 'followUpOn', 'status'] as const)
        expect(back[name]).toBe(name in after ? before[name] : second[name]);
      for (const name of second.tags) if (!first.tags.includes(name)) expect(back.tags).toContain(name);
      expect(back.waitingSince).toBe(waitsIn(back.status, talk));
    }),
  );
});

test('what somebody set anew since then is not taken back', () => {
  const before: Worked = {
    ...{ status: 'open', assignee: null, tags: [], priority: 'normal', waitingSince: 1, solvedAt: null },
    ...{ snoozedUntil: null, followUpOn: null },
  };
  const mine = { before: { assignee: null }, after: { assignee: 'p1' } };
  expect(takenBack({ ...before, assignee: 'p2' }, mine, NOW, talk)).toBeNull();
  expect(takenBack({ ...before, assignee: 'p1', priority: 'high' }, mine, NOW, talk)).toMatchObject({
    ...{ assignee: null, priority: 'high' },
  });
});

test('a done ticket that is put off is open again; one put off that is done does not wake', () => {
  const done: Worked = {
    ...{ status: 'solved', assignee: null, tags: [], priority: 'normal', waitingSince: null, solvedAt: 5 },
    ...{ snoozedUntil: null, followUpOn: null },
  };
  expect(wished(done, { snoozeUntil: 9_000 }, NOW, talk)).toMatchObject({ status: 'open', snoozedUntil: 9_000 });
  const asleep = { ...done, status: 'open' as const, solvedAt: null, snoozedUntil: 9_000 };
  expect(wished(asleep, { status: 'solved' }, NOW, talk)).toMatchObject({ snoozedUntil: null, solvedAt: NOW });
});

test('more than twenty tags are refused', () => {
  const tags = Array.from({ length: 20 }, (_, n) => `태그${n}`);
  const full: Worked = {
    ...{ status: 'open', assignee: null, tags, priority: 'normal', waitingSince: 1, solvedAt: null },
    ...{ snoozedUntil: null, followUpOn: null },
  };
  expect(wished(full, { addTags: ['하나 더'] }, NOW, talk)).toMatchObject({ code: 'too_many_tags' });
  expect(wished(full, { addTags: ['하나 더'], removeTags: ['태그0'] }, NOW, talk)).toMatchObject({ status: 'open' });
});
