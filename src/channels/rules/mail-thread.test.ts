import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  messageOfId,
  ourMessageId,
  plusAddress,
  threadKeys,
  threadOf,
  ticketOfAddress,
  ticketOfId,
} from './mail-thread.ts';

const SECRET = 'a secret of thirty-two characters or more';
const number = fc.integer({ min: 1, max: 2_000_000_000 });
const nonce = fc.uuid();
const NONE = { inReplyTo: [], references: [], receivers: [], subject: '' };
/** Tickets 1 to 9; mail m1@x belongs to ticket 1, and so on; their customer takes part in odd ones. */
const world = {
  byNumber: (it: number) => (it >= 1 && it <= 9 ? it : null),
  byMessageId: (id: string) => Number(/^m([1-9])@x$/.exec(id)?.[1] ?? 0) || null,
  takesPart: (it: number) => it % 2 === 1,
  answeredOn: null,
};

test('our ids and addresses lead back to their ticket, and the id to its message', () => {
  fc.assert(
    fc.property(number, nonce, (ticket, id) => {
      const ours = ourMessageId(SECRET, ticket, id, 'shop.example');
      expect(ticketOfId(SECRET, ours)).toBe(ticket);
      expect(messageOfId(SECRET, ours)).toBe(id.replaceAll('-', ''));
      const plus = plusAddress(SECRET, 'help@shop.example', ticket);
      expect(ticketOfAddress(SECRET, plus.toLowerCase())).toBe(ticket);
      expect((plus.split('@')[0] as string).length).toBeLessThanOrEqual(64);
    }),
  );
});

test('no id or address that another secret, ticket or hand made is taken for ours', () => {
  fc.assert(
    fc.property(number, number, nonce, (ticket, other, id) => {
      const ours = ourMessageId(SECRET, ticket, id, 'shop.example');
      expect(ticketOfId('another secret', ours)).toBeNull();
      if (other !== ticket) expect(ticketOfId(SECRET, ours.replace(/^t\.\d+/, `t.${other}`))).toBeNull();
      const plus = plusAddress(SECRET, 'help@shop.example', ticket);
      if (other !== ticket) expect(ticketOfAddress(SECRET, plus.replace(/\+t\d+/, `+t${other}`))).toBeNull();
      const mac = (ours.split('.')[3] as string).slice(0, 16);
      expect(ticketOfId(SECRET, ours.replace(mac, [...mac].reverse().join('x').slice(0, 16)))).toBeNull();
    }),
  );
  for (const id of ['t.1.ab@x', 't.0.ab.0011223344556677@x', 't.1.ab.@x', '', 't.1..0011223344556677@x']) {
    expect(ticketOfId(SECRET, id)).toBeNull();
  }
});

const mark = fc.oneof(
  fc.constantFrom('m1@x', 'm2@x', 'm3@x', 'strange@y', 'm0@x'),
  fc.integer({ min: 1, max: 12 }).map((it) => ourMessageId(SECRET, it, '0198c000-0000-7000-8000-000000000001', 'x')),
  fc.integer({ min: 1, max: 9 }).map((it) => ourMessageId('forged', it, '0198c000-0000-7000-8000-000000000001', 'x')),
);
const marks = fc.record({
  inReplyTo: fc.array(mark, { maxLength: 2 }),
  references: fc.array(mark, { maxLength: 5 }),
  receivers: fc.array(
    fc.integer({ min: 1, max: 12 }).map((it) => plusAddress(SECRET, 'help@x', it)),
    { maxLength: 2 },
  ),
  subject: fc.constantFrom('', '문의', 'Re: [#T3]', 'Re: [#T2] 답장', '[#T99]'),
});

test('a mail is on a ticket only by a mark of ours, a known message, or a subject of somebody who takes part', () => {
  fc.assert(
    fc.property(marks, (mail) => {
      const threaded = threadOf(threadKeys(SECRET, mail), world);
      const ids = [...mail.inReplyTo, ...mail.references];
      const proved = [
        ...ids.map((id) => ticketOfId(SECRET, id)),
        ...mail.receivers.map((it) => ticketOfAddress(SECRET, it)),
      ];
      const ours = proved.filter((it): it is number => it !== null && world.byNumber(it) !== null);
      if (ours.length > 0) {
        expect(threaded?.by).toBe('ours');
        expect(ours).toContain(threaded?.ticket);
      } else if (ids.some((id) => world.byMessageId(id) !== null)) {
        expect(threaded?.by).toBe('reference');
      } else if (mail.subject.includes('[#T3]')) expect(threaded).toEqual({ ticket: 3, by: 'subject' });
      else expect(threaded).toBeNull();
    }),
  );
});

test('of several known messages the newest decides; In-Reply-To before References', () => {
  expect(threadOf(threadKeys(SECRET, { ...NONE, references: ['m1@x', 'm2@x'] }), world)).toMatchObject({ ticket: 2 });
  expect(threadOf(threadKeys(SECRET, { ...NONE, inReplyTo: ['m1@x'], references: ['m2@x'] }), world)).toMatchObject({
    ticket: 1,
  });
});

test('a mail that its own answer overtook joins it, if its sender takes part there', () => {
  const keys = threadKeys(SECRET, { ...NONE, subject: '문의' });
  expect(threadOf(keys, { ...world, answeredOn: 3 })).toEqual({ ticket: 3, by: 'overtaken' });
  expect(threadOf(keys, { ...world, answeredOn: 4 })).toBeNull();
  const known = threadKeys(SECRET, { ...NONE, inReplyTo: ['m1@x'] });
  expect(threadOf(known, { ...world, answeredOn: 3 })).toMatchObject({ ticket: 1 });
});
