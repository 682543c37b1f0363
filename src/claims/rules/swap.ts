import type { Won } from '#orders/rules/order.ts';
import { unitKey } from '#orders/rules/unit.ts';
import { amend, claimOf, type Draft, onClaim, onUnit, unitsOf } from './draft.ts';
import type { Change } from './event.ts';
import { loweredShares, priceDifference } from './exchange-difference.ts';
import { newParcel } from './special-parcels.ts';
import type { Claim, Entry, Money, Unit } from './state.ts';
import { tenderKinds } from './tender-mode.ts';

/**
 * T22: each old piece is SWAPPED for a child that stands for its value from now on (I19). The child inherits
 * net and tender shares; a difference paid adds a share of its own, a negative one lowers shares (M10).
 */
export function swap(draft: Draft, id: string): string {
  const claim = claimOf(draft.state, id);
  const olds = unitsOf(draft.state, claim);
  // A claim that was split off after its parcel was packed may find that parcel gone with the other's pieces.
  const known = draft.state.parcels.find(
    ({ id: of, state }) => of === claim.redelivery!.parcel && (state === 'PLANNED' || state === 'PACKED'),
  );
  const made = known ? null : newParcel(draft, claim, 'REDELIVERY', [], draft.command.parcel);
  const parcel = known ?? made!.parcel;
  const paid = differencePaid(claim);
  const children: Unit[] = [];
  for (const old of olds) children.push(childOf(draft, claim, old, parcel.id, paid));
  const added = children.reduce((sum, child, index) => sum + Math.max(0, child.net - olds[index]!.net), 0);
  const changes: Change[] = [
    ...(made?.changes ?? []),
    {
      on: 'parcel',
      id: parcel.id,
      set: {
        units: children.map((child) => child.key),
        state: 'SHIPPED',
        waybillAt: draft.now,
        shippedAt: draft.now,
        carrier: draft.command.carrier ?? parcel.carrier,
        trackingNo: draft.command.trackingNo ?? parcel.trackingNo,
      },
    },
    onClaim(id, { redelivery: { ...claim.redelivery!, parcel: parcel.id, state: 'SHIPPED' }, paid: [] }),
    ...olds.map((old) => onUnit(old.key, { stage: 'SWAPPED', holder: false })),
    ...children.map((row): Change => ({ on: 'newUnit', row })),
  ];
  const entries: Entry[] = added > 0 ? [[`difference/${id}`, 'goods', added]] : [];
  amend(draft, changes, entries);
  return id;
}

/** What was paid for the difference, by tender: a payment fills fees in their order, the difference last. */
function differencePaid(claim: Claim): Money[] {
  const fees = claim.fees.filter((fee) => fee.kind === 'DIFFERENCE' && fee.state === 'PAID' && fee.tender);
  const credited = claim.booked?.takings.filter((row) => row.account.startsWith('difference/')) ?? [];
  return [
    ...fees.map((fee) => ({ tender: fee.tender!, won: fee.amount })),
    ...credited.map(({ tender, won }) => ({ tender, won })),
  ];
}

function childOf(draft: Draft, claim: Claim, old: Unit, parcel: string, paid: Money[]): Unit {
  const { info } = old;
  const difference = priceDifference(draft.policy, old, claim.wanted!);
  const tenders: Record<string, Won> = { ...old.tenders };
  let net = old.net;
  for (const { tender, won } of loweredShares(draft.policy, tenderKinds(draft.state), old, difference)) {
    tenders[tender] = tenders[tender]! - won;
    net -= won;
  }
  let open = Math.max(0, difference);
  for (const row of paid) {
    const part = Math.min(open, row.won);
    if (part === 0) continue;
    row.won -= part;
    open -= part;
    tenders[row.tender] = (tenders[row.tender] ?? 0) + part;
    net += part;
  }
  const child = info.child + 1;
  return {
    ...old,
    key: unitKey({ line: info.line, unitNo: info.unitNo, child }),
    info: { ...info, child, sku: claim.wanted!.sku },
    stage: 'SHIPPED',
    place: 'OUTBOUND',
    hold: null,
    price: claim.wanted!.listPrice,
    net,
    tenders,
    parcel,
    shipped: true,
    deliveredAt: null,
    holder: true,
    out: null,
    withdrawals: 0,
  };
}
