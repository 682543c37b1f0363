import fc from 'fast-check';
import { expect, test } from 'vitest';
import { merged } from './merge.ts';
import { type Said, STATUSES, waitsIn } from './status.ts';
import { takenBack, type Worked } from './wish.ts';

const NOW = 10_000;
const said: fc.Arbitrary<Said> = fc
  .record({
    kind: fc.constantFrom('inbound', 'outbound', 'call_note'),
    delivery: fc.constantFrom('sent', 'queued'),
    thanks: fc.boolean(),
    at: fc.integer({ min: 1, max: 50 }),
  })
  .map((one) => ({ ...one, delivery: one.kind === 'outbound' ? one.delivery : null, saidAt: one.at }));
const inOrder = (talk: Said[]) => talk.toSorted((a, b) => a.at - b.at);
const ticket = fc
  .record({
    status: fc.constantFrom(...STATUSES),
    assignee: fc.constantFrom(null, 'p1'),
    tags: fc.uniqueArray(fc.constantFrom('가', '나', '다')),
    priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
    followUpOn: fc.constantFrom(null, '2026-12-01'),
    talk: fc.array(said, { maxLength: 4 }).map(inOrder),
  })
  .map(({ talk, ...rest }) => {
    const solvedAt = rest.status === 'solved' ? 900 : null;
    const worked: Worked = { ...rest, waitingSince: waitsIn(rest.status, talk), solvedAt, snoozedUntil: null };
    return { worked, talk };
  });

function changeBetween(one: Worked, other: Worked) {
  const names = (Object.keys(one) as (keyof Worked)[]).filter(
    (name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]),
  );
  const part = (of: Worked) => Object.fromEntries(names.map((name) => [name, of[name]]));
  return { before: part(one), after: part(other) };
}

test('merging and taking it back gives the same two tickets', () => {
  fc.assert(
    fc.property(ticket, ticket, (into, from) => {
      const both = merged(into.worked, from.worked, NOW, inOrder([...into.talk, ...from.talk]));
      const back = (before: Worked, after: Worked, talk: Said[]) =>
        takenBack(after, changeBetween(before, after), NOW + 5, talk, true);
      expect(back(into.worked, both.into, into.talk)).toEqual(into.worked);
      expect(back(from.worked, both.from, from.talk)).toEqual(from.worked);
    }),
  );
});

test('nobody who waited is forgotten, no tag and no urgency is lost', () => {
  fc.assert(
    fc.property(ticket, ticket, (into, from) => {
      const talk = inOrder([...into.talk, ...from.talk]);
      const both = merged(into.worked, from.worked, NOW, talk);
      const waiting = waitsIn('open', talk);
      if (from.worked.waitingSince !== null && waiting !== null) expect(both.into.waitingSince).toBe(waiting);
      expect(new Set(both.into.tags)).toEqual(new Set([...into.worked.tags, ...from.worked.tags]));
      for (const one of [into, from]) if (one.worked.priority === 'urgent') expect(both.into.priority).toBe('urgent');
      expect(both.from).toMatchObject({ status: 'solved', waitingSince: null });
    }),
  );
});

test('what was done to the ticket since the merge stays when it is taken back', () => {
  const plain: Worked = {
    ...{ status: 'open', assignee: null, tags: ['가'], priority: 'normal', waitingSince: null, solvedAt: null },
    ...{ snoozedUntil: null, followUpOn: null },
  };
  const { into } = merged(plain, { ...plain, tags: ['나'], priority: 'high' }, NOW, []);
  const since = { ...into, priority: 'urgent', tags: [...into.tags, '다'] };
  expect(takenBack(since, changeBetween(plain, into), NOW, [], true)).toMatchObject({
    ...{ priority: 'urgent', tags: ['가', '다'] },
  });
});
