import type { Won } from '#orders/rules/order.ts';
import { kstDay } from '#policies/rules/calendar.ts';
import { isRefusal, type Refusal, refuse } from '#policies/rules/refusal.ts';
import { amend, type Draft, onClaim, record } from './draft.ts';
import type { Change } from './event.ts';
import { feeAccount } from './fees.ts';
import { needEvidence, needYes } from './find.ts';
import type { Receivable } from './order-parts.ts';
import { raiseVat } from './repay.ts';
import { shiftShares } from './shift-shares.ts';
import type { Entry, Fee } from './state.ts';
import { withTaken } from './taken.ts';

/** A claim against a third party for goods that it lost; none when the goods were worth nothing. */
export function owedBy(
  draft: Draft,
  reason: 'CARRIER' | 'PARTNER',
  amount: Won,
  claim: string,
  debtor: string = reason,
): Change[] {
  if (amount === 0) return [];
  const row = receivable(draft, {
    reason,
    debtor,
    amount,
    claim,
    account: `owed/${reason}`,
    accident: reason === 'CARRIER' ? 'UNFILED' : null,
  });
  return [{ on: 'newReceivable', row }];
}

/** A new receivable (미수). `principal` goes to `account` when it is paid, the rest is a fee. */
export function receivable(
  draft: Draft,
  given: Pick<Receivable, 'reason' | 'debtor' | 'amount' | 'claim' | 'account'> & Partial<Receivable>,
): Receivable {
  return {
    id: `v${draft.state.receivables.length + 1}`,
    paid: 0,
    writtenOff: 0,
    principal: given.amount,
    accident: null,
    openedAt: draft.now,
    ...given,
  };
}

/** The receivable that a command names: by id, or by reason when only one has it. */
function named(draft: Draft): Receivable | Refusal {
  const name = draft.command.receivable!;
  const { receivables } = draft.state;
  const found = receivables.find((row) => row.id === name);
  if (found) return found;
  const byReason = receivables.filter((row) => row.reason === name);
  return byReason.length === 1 ? byReason[0]! : refuse('bad_input', 'T45', { what: `receivable ${name}` });
}

export function openOf(row: Receivable): Won {
  return row.amount - row.paid - row.writtenOff;
}

/** T45 미수입금. A customer's payment is collected; a carrier's or partner's lies on its own account. */
export function payReceivable(draft: Draft): Refusal | string | null {
  const row = named(draft);
  if (isRefusal(row)) return row;
  const amount = draft.command.amount!;
  if (amount > openOf(row)) return refuse('amount_out_of_range', 'T45', { what: `${amount} > ${openOf(row)}` });
  const principal = Math.max(0, Math.min(amount, row.principal - row.paid));
  const entries: Entry[] = [];
  if (principal > 0) entries.push([`collected/${row.id}`, row.account, principal]);
  if (amount > principal) entries.push([`collected/${row.id}`, 'fees', amount - principal]);
  const tender = draft.state.tenders.find(({ id }) => id === row.id);
  record(
    draft,
    'receivable.paid',
    row.claim,
    [
      { on: 'receivable', id: row.id, set: { paid: row.paid + amount } },
      ...(tender ? [{ on: 'tender', id: row.id, set: { captured: tender.captured + amount } } as const] : []),
      ...takenBy(draft, row, amount),
    ],
    entries,
  );
  amend(draft, [raiseVat(draft)]);
  shiftShares(draft);
  return row.claim;
}

/** A fee that is paid at last can be given back like any other: to a tender of its own (M4, T45). */
function takenBy({ state }: Draft, { id, account, reason }: Receivable, won: Won): Change[] {
  if (reason !== 'FEE' && reason !== 'PRICE_DIFF') return [];
  if (account === 'newOrder') return [];
  const shared = account.startsWith('shipping/') || account === 'reclaim';
  const rows = withTaken(state.taken, [{ account, tender: id, won }]);
  const taken: Change[] = shared ? [{ on: 'order', set: { taken: rows } }] : [];
  if (state.tenders.some((tender) => tender.id === id)) return taken;
  const money = { kind: 'TRANSFER', role: 'FEE', amount: won, captured: won, refunded: 0 } as const;
  return [
    { on: 'newTender', row: { id, ...money, partialCancel: 'YES', refundLimitAt: null, replacedBy: null } },
    ...taken,
  ];
}

/** T45 결손: what nobody will pay is written off, with a yes. */
export function writeOff(draft: Draft): Refusal | string | null {
  const row = named(draft);
  if (isRefusal(row)) return row;
  if (openOf(row) === 0) return row.claim;
  const refusal = needYes(draft, 'T45', null, ['head'], 3 * 540);
  if (refusal) return refusal;
  record(draft, 'receivable.writeOff', row.claim, [
    { on: 'receivable', id: row.id, set: { writtenOff: row.writtenOff + openOf(row) } },
    ...writtenOff(draft, row),
  ]);
  return row.claim;
}

/** The fee that was owed: what is open of it is written off with its receivable. */
function writtenOff({ state }: Draft, row: Receivable): Change[] {
  const claim = state.claims.find(({ id }) => id === row.claim);
  if (!claim) return [];
  let left = openOf(row);
  const fees = claim.fees.flatMap((fee): Fee[] => {
    const part = fee.state === 'OWED' && feeAccount(claim.id, fee) === row.account ? Math.min(left, fee.amount) : 0;
    if (part === 0) return [fee];
    left -= part;
    const off: Fee = { ...fee, amount: part, state: 'WRITTEN_OFF' };
    return part < fee.amount ? [{ ...fee, amount: fee.amount - part }, off] : [off];
  });
  return [onClaim(claim.id, { fees })];
}

/** T45 사고접수: an accident is filed with the carrier. */
export function fileAccident(draft: Draft): Refusal | string | null {
  const row = named(draft);
  if (isRefusal(row)) return row;
  if (row.reason !== 'CARRIER') return refuse('wrong_state', 'T45', { what: row.reason });
  if (row.accident === 'FILED') return row.claim;
  const { day } = draft.command;
  if (day! > draft.today || day! < kstDay(draft.state.order.orderedAt))
    return refuse('date_out_of_range', 'T45', { what: 'day' });
  const refusal = needEvidence(draft, 'T45');
  if (refusal) return refusal;
  record(draft, 'receivable.file', row.claim, [{ on: 'receivable', id: row.id, set: { accident: 'FILED' } }]);
  return row.claim;
}
