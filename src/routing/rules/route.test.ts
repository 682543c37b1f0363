import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Contact, centreFor, plain, type Rule, route, whyMatches } from './route.ts';

const rule = (more: Partial<Rule>): Rule => ({
  ...{ name: '단체', words: [], without: [], senders: [], malls: [], channels: [], person: 'p', tag: 'B2B' },
  ...more,
});
const contact = (more: Partial<Contact>): Contact => ({
  ...{ subject: '문의', text: '', mall: 'own', channel: 'email', email: null, phone: null },
  ...more,
});

test('words are found joined or split, in subject or text; one that means something else speaks against it', () => {
  const bulk = rule({ words: ['단체 주문', '견적'], without: ['개인 소장'] });
  expect(whyMatches(bulk, contact({ text: '단체주문 가능할까요' }))).toEqual(['단체 주문']);
  expect(whyMatches(bulk, contact({ subject: '견적 요청', text: '단체 주문' }))).toEqual(['단체 주문', '견적']);
  expect(whyMatches(bulk, contact({ text: '단체 주문, 개인소장용' }))).toBeNull();
  expect(whyMatches(bulk, contact({ text: '환불해 주세요' }))).toBeNull();
});

test('a domain means itself and what lies below it, never one that only ends alike', () => {
  const corp = rule({ senders: ['@Company.co.kr'] });
  expect(whyMatches(corp, contact({ email: 'kim@company.co.kr' }))).toEqual(['@Company.co.kr']);
  expect(whyMatches(corp, contact({ email: 'kim@buy.company.co.kr' }))).not.toBeNull();
  expect(whyMatches(corp, contact({ email: 'kim@mycompany.co.kr' }))).toBeNull();
  expect(whyMatches(rule({ senders: ['02-0000-7101'] }), contact({ phone: '0200007101' }))).not.toBeNull();
  expect(whyMatches(rule({ senders: ['101'] }), contact({ phone: '0200007101' }))).toBeNull();
  expect(whyMatches(rule({ senders: ['a@x.kr'] }), contact({ email: 'A@x.kr' }))).not.toBeNull();
});

test('a call is taken from nobody who speaks, unless the rule names its channel', () => {
  const at = contact({ text: '견적', channel: 'phone' });
  expect(whyMatches(rule({ words: ['견적'] }), at)).toBeNull();
  expect(whyMatches(rule({ words: ['견적'], channels: ['phone'] }), at)).toEqual(['견적']);
});

test('all that a rule names must hold; one that names neither words nor senders never matches', () => {
  const narrow = rule({ words: ['견적'], malls: ['11st'], channels: ['board'] });
  expect(whyMatches(narrow, contact({ text: '견적', mall: '11st', channel: 'board' }))).toEqual(['견적']);
  expect(whyMatches(narrow, contact({ text: '견적', mall: '11st' }))).toBeNull();
  expect(whyMatches(rule({ malls: ['own'] }), contact({}))).toBeNull();
  expect(whyMatches(rule({ words: [' '] }), contact({ text: ' ' }))).toBeNull();
});

const word = fc.string({ unit: fc.constantFrom('단', '체', '주', '문', 'a', 'B', ' ', '.'), maxLength: 5 });
const rules = fc.array(
  fc.record({
    ...{ name: fc.constantFrom('가', '나', '다'), words: fc.array(word, { maxLength: 3 }) },
    ...{ without: fc.array(word, { maxLength: 1 }), senders: fc.constant([]), person: fc.constant('p') },
    ...{ malls: fc.subarray(['own', '11st']), channels: fc.subarray(['email', 'board']), tag: fc.constant('') },
  }),
  { maxLength: 6 },
);
const contacts = fc.record({
  ...{ subject: word, text: fc.string({ unit: fc.constantFrom('단', '체', '주', '문', 'A', ' ') }) },
  ...{ mall: fc.constantFrom('own', '11st'), channel: fc.constantFrom('email', 'board') },
  ...{ email: fc.constant(null), phone: fc.constant(null) },
});

test('the first rule that matches by itself is the one that counts, and what follows it changes nothing', () => {
  fc.assert(
    fc.property(rules, rules, contacts, (first, more, at) => {
      const hit = route(first, at);
      const alone = first.find((one) => whyMatches(one, at) !== null);
      expect(hit?.rule).toBe(alone);
      if (hit) expect(route([...first, ...more], at)).toEqual(hit);
      else expect(route([...first, ...more], at)).toEqual(route(more, at));
      for (const why of hit?.why ?? []) expect(plain(`${at.subject} ${at.text}`)).toContain(plain(why));
    }),
  );
});

test('a case stays in its centre where its person works there, and goes to theirs otherwise', () => {
  expect(centreFor(null, 'own')).toBe('own');
  expect(centreFor(['own', 'outsourced'], 'outsourced')).toBe('outsourced');
  expect(centreFor(['own'], 'outsourced')).toBe('own');
});
