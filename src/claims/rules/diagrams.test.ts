import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { claimsDocument } from './diagrams.ts';
import { HANDLERS } from './handlers.ts';
import { TRANSITIONS } from './transitions.ts';

test('docs/claims.md is what the tables of the engine say: node bench/claims-doc.ts writes it', () => {
  expect(readFileSync(new URL('../../../docs/claims.md', import.meta.url), 'utf8')).toBe(claimsDocument());
});

test('every command that the engine decides has a row in the table', () => {
  const events = TRANSITIONS.map((row) => row.event);
  const aliases = ['inspect', 'convert'];
  for (const type of Object.keys(HANDLERS)) expect([...events, ...aliases]).toContain(type);
});
