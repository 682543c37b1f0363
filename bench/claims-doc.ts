import { writeFileSync } from 'node:fs';
import { claimsDocument } from '#claims/rules/diagrams.ts';

/** Writes docs/claims.md from the tables that the engine uses. */
writeFileSync(new URL('../docs/claims.md', import.meta.url), claimsDocument());
