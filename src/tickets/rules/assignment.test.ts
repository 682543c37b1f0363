import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Agent, allot, type Unassigned } from './assignment.ts';

const NOW = 1_000;
const some = (all: string[]) => fc.option(fc.subarray(all, { minLength: 1 }), { nil: null });
const agent: fc.Arbitrary<Omit<Agent, 'id'>> = fc.record({
  malls: some(['own', '11st']),
  channels: some(['chat', 'email']),
  mostOpen: fc.integer({ min: 1, max: 8 }),
  open: fc.integer({ min: 0, max: 8 }),
  lastAt: fc.option(fc.integer({ min: 1, max: 900 }), { nil: null }),
});
const named = <T>(all: fc.Arbitrary<T>, maxLength: number) =>
  fc.array(all, { maxLength }).map((list) => list.map((one, n) => ({ ...one, id: `id${n}` })));
const ticket = fc.record({ mall: fc.constantFrom('own', '11st'), channel: fc.constantFrom('chat', 'email') });
const mode = fc.constantFrom('round_robin' as const, 'load' as const);

test('nobody is given what they do not serve nor more than they can take, and nothing waits that somebody could take', () => {
  fc.assert(
    fc.property(named(ticket, 20), named(agent, 6), mode, (waiting, agents, how) => {
      const given = allot(waiting, agents, how, NOW);
      const of = new Map(given.map((one) => [one.ticket, one.agent]));
      expect(of.size).toBe(given.length);
      const open = (one: Agent) => one.open + given.filter(({ agent: id }) => id === one.id).length;
      const serves = (one: Agent, it: Unassigned) =>
        (one.malls === null || one.malls.includes(it.mall)) &&
        (one.channels === null || one.channels.includes(it.channel));
      for (const one of agents) expect(open(one)).toBeLessThanOrEqual(Math.max(one.open, one.mostOpen));
      for (const it of waiting) {
        const taker = agents.find(({ id }) => id === of.get(it.id));
        if (taker) expect(serves(taker, it)).toBe(true);
        else expect(agents.some((one) => serves(one, it) && open(one) < one.mostOpen)).toBe(false);
      }
    }),
  );
});

test('by load the spread between agents of the same skills ends at one, or stays what it was', () => {
  const alike = fc.record({ open: fc.integer({ min: 0, max: 6 }), lastAt: fc.constantFrom(null, 5) });
  fc.assert(
    fc.property(named(ticket, 30), named(alike, 5), (waiting, open) => {
      fc.pre(open.length > 0);
      const agents = open.map((one) => ({ ...one, malls: null, channels: null, mostOpen: 99 }));
      const given = allot(waiting, agents, 'load', NOW);
      const loads = agents.map((one) => one.open + given.filter((it) => it.agent === one.id).length);
      const untouched = agents.filter((one) => given.every((it) => it.agent !== one.id)).map((one) => one.open);
      const top = Math.max(...loads);
      expect(top - Math.min(...loads) <= 1 || untouched.includes(top)).toBe(true);
    }),
  );
});

test('in turn everybody is given one before anybody is given two', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 20 }), (people, contacts) => {
      const agents = Array.from({ length: people }, (_, n) => ({
        ...{ id: `id${n}`, malls: null, channels: null, mostOpen: 99, open: n, lastAt: null },
      }));
      const waiting = Array.from({ length: contacts }, (_, n) => ({ id: `t${n}`, mall: 'own', channel: 'chat' }));
      const given = allot(waiting, agents, 'round_robin', NOW);
      const counts = agents.map(({ id }) => given.filter((one) => one.agent === id).length);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('by hand nobody is given anything', () => {
  const one = { id: 'a', malls: null, channels: null, mostOpen: 9, open: 0, lastAt: null };
  expect(allot([{ id: 't', mall: 'own', channel: 'chat' }], [one], 'manual', NOW)).toEqual([]);
});
