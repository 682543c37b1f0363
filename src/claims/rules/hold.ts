import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { claimFor } from './claim-for.ts';
import { type Draft, onClaim, record } from './draft.ts';

/** T39 보류: with a reason and a day until when; it stops the refund, not the clock (§18②). */
export function holdClaim(draft: Draft): Refusal | string | null {
  const { reason, until } = draft.command;
  const same = (row: { hold: { reason: string; until: number | null } | null }) =>
    row.hold?.reason === reason && row.hold?.until === until;
  const claim = claimFor(draft, 'claim.hold', same);
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  if (until === null || until! < draft.today) return refuse('date_out_of_range', 'T39', { what: 'until' });
  record(draft, 'claim.hold', claim.id, [onClaim(claim.id, { hold: { reason: reason!, until: until! } })]);
  return claim.id;
}

/** T39 보류해제. */
export function releaseClaim(draft: Draft): Refusal | string | null {
  const claim = claimFor(draft, 'claim.release', (row) => row.hold === null && !row.closed);
  if (claim === null) return draft.command.claim ?? null;
  if (isRefusal(claim)) return claim;
  record(draft, 'claim.release', claim.id, [onClaim(claim.id, { hold: null })]);
  return claim.id;
}
