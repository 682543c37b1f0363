import type { Claim, State } from './state.ts';

/**
 * I18: what free stock has to be by where the pieces are: more for what was cancelled or put back on the shelf,
 * less for replacements reserved or sent. Counted from the pieces alone, so that it checks the moves.
 */
export function stockByPieces(state: State): Record<string, number> {
  const stock: Record<string, number> = {};
  const add = (sku: string, count: number) => {
    stock[sku] = (stock[sku] ?? 0) + count;
  };
  for (const { info, stage, place, shipped } of state.units) {
    if (info.child > 0) add(info.sku, -1);
    if (stage === 'CANCELLED' && !shipped) add(info.sku, 1);
    if (place === 'STOCK') add(info.sku, 1);
  }
  for (const claim of state.claims) {
    const { redelivery } = claim;
    const sent = claim.kind === 'RESHIP' && redelivery?.state !== 'RELEASED';
    if (redelivery && (sent || redelivery.state === 'RESERVED' || redelivery.state === 'PACKED'))
      for (const [sku, count] of Object.entries(redelivery.reserved)) add(sku, -count);
    for (const sku of sentAnew(state, claim)) add(sku, -1);
  }
  return stock;
}

/** T27: pieces that a returned customer gets again although the old ones did not go back on the shelf. */
function sentAnew(state: State, claim: Claim): string[] {
  const before = state.claims.find((row) => row.id === claim.predecessor);
  if (!claim.special.includes('REINSTATED') || before?.kind !== 'RETURN') return [];
  return claim.units
    .filter((key) => before.findings[key]?.disposition !== 'RESTOCK')
    .map((key) => state.units.find((unit) => unit.key === key)!.info.sku);
}
