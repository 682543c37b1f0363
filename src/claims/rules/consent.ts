import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { closeIfDone } from './closing.ts';
import { type Draft, onClaim, record } from './draft.ts';

/** T43 견적 동의: the customer agrees to the newest quote; its fees may then be taken (I32). */
export function acceptQuote(draft: Draft): Refusal | string | null {
  const { quote } = draft.command;
  const agreed = (row: { consented: { hash: string }; quote: { hash: string } }) =>
    row.consented.hash === row.quote.hash && (quote === undefined || quote === row.quote.hash);
  const claim = claimFor(draft, 'quote.accept', agreed);
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (quote !== undefined && quote !== claim.quote.hash)
    return refuse('quote_changed', 'I32', { what: claim.quote.hash });
  const decided = claim.fault !== 'UNDECIDED';
  const refunds = claim.refunds.map((row) =>
    row.state === 'QUOTED' && decided ? { ...row, state: 'READY' as const } : row,
  );
  record(draft, 'quote.accept', claim.id, [
    onClaim(claim.id, { consented: claim.quote, quoteState: 'CURRENT', refunds }),
  ]);
  closeIfDone(draft, claim.id);
  return claim.id;
}
