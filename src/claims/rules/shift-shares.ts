import { amend, type Draft, onUnit } from './draft.ts';
import type { State } from './state.ts';

type Taking = State['taken'][number];

/**
 * I3: a refund that is made has given back what a booking, undone since, had taken from a tender. Who pays that again
 * pays the kept pieces in the place of that tender, so that no tender has to refund more than it captured.
 */
export function shiftShares(draft: Draft): void {
  for (const short of draft.state.taken.filter(({ won }) => won < 0)) {
    const over = draft.state.taken.find(({ account, won }) => account === short.account && won > 0);
    if (over) shift(draft, short, over);
  }
}

function shift(draft: Draft, short: Taking, over: Taking): void {
  const most = Math.min(-short.won, over.won);
  let left = most;
  const changes = draft.state.units.flatMap((unit) => {
    const there = (unit.tenders[short.tender] ?? 0) - (unit.reduced[short.tender] ?? 0);
    const part = unit.holder && !unit.out && unit.hold === null ? Math.min(left, there) : 0;
    if (part <= 0) return [];
    left -= part;
    const tenders = { ...unit.tenders, [over.tender]: (unit.tenders[over.tender] ?? 0) + part };
    tenders[short.tender] = tenders[short.tender]! - part;
    if (tenders[short.tender] === 0) delete tenders[short.tender];
    return [onUnit(unit.key, { tenders })];
  });
  const moved = most - left;
  const taken = draft.state.taken
    .map((row) =>
      row === short ? { ...row, won: row.won + moved } : row === over ? { ...row, won: row.won - moved } : row,
    )
    .filter(({ won }) => won !== 0);
  amend(draft, [...changes, { on: 'order', set: { taken } }]);
}
