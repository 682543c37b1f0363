import type { Group, Won } from '#orders/rules/order.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import type { Claim, Fault, State } from './state.ts';

export type ParcelFees = { returnFee: Won; exchangeFee: Won; fare: Won };

/** Undecided is quoted as the buyer's (section 1), so that the customer never sees a lower figure first. */
export function isBuyers(fault: Fault): boolean {
  return fault === 'BUYER' || fault === 'UNDECIDED';
}

/**
 * M5: what the way back, and for an exchange the way out again, costs the customer.
 *
 * 전자상거래법 §18⑨: on a change of mind the consumer bears the cost of return; §18⑩: otherwise the seller.
 * One fee a collected parcel: claims picked up together share it, carried by the first BUYER claim accepted;
 * any piece at another's fault makes the parcel free (policies mixedFault, mixedFaultExchange).
 * Each fee is one notified in the contract document of the order (시행령 §20).
 */
export function parcelFees(state: State, policy: Policy, claim: Claim): ParcelFees {
  const fees: ParcelFees = { returnFee: 0, exchangeFee: 0, fare: 0 };
  if (claim.kind !== 'RETURN' && claim.kind !== 'EXCHANGE') return fees;
  if (claim.collection.method === 'NONE') return fees;
  const peers = pickedUpTogether(state, claim);
  let free = true;
  for (const group of state.order.groups) {
    const count = unitsIn(state, claim, group);
    if (count === 0) continue;
    const mixed = peers.some((peer) => !isBuyers(peer.fault) && unitsIn(state, peer, group) > 0);
    if (claim.kind === 'RETURN') {
      const fee = returnFee(state, policy, claim, group, peers, mixed, count);
      fees.returnFee += fee;
      if (isBuyers(claim.fault) && !(mixed && policy.mixedFault === 'SELLER_PAYS')) free = false;
    } else {
      fees.exchangeFee += exchangeFee(state, policy, claim, group, peers, mixed);
      if (isBuyers(claim.fault) && !mixed) free = false;
    }
  }
  const sent = claim.collection.method === 'CUSTOMER_SENDS' && claim.collection.sentPay === 'PREPAID';
  if (sent && free && carriesFare(claim, peers)) fees.fare = Math.min(claim.collection.fare, policy.selfSendCap);
  return fees;
}

/** A box has one fare, however many claims are in it: the first of those that arrived together has it. */
function carriesFare({ id, collection }: Claim, peers: readonly Claim[]): boolean {
  const box = peers.filter((peer) => peer.collection.returnedAt === collection.returnedAt && peer.collection.fare > 0);
  return box[0]?.id === id;
}

function returnFee(
  state: State,
  policy: Policy,
  claim: Claim,
  group: Group,
  peers: readonly Claim[],
  mixed: boolean,
  count: number,
): Won {
  if (!isBuyers(claim.fault) || (mixed && policy.mixedFault === 'SELLER_PAYS')) return 0;
  const removal = group.removalFee * count;
  return (bears(state, claim, group, peers) ? wayBack(policy, claim, group) : 0) + removal;
}

function exchangeFee(
  state: State,
  policy: Policy,
  claim: Claim,
  group: Group,
  peers: readonly Claim[],
  mixed: boolean,
): Won {
  if (!isBuyers(claim.fault) || (mixed && policy.mixedFaultExchange === 'FREE')) return 0;
  const oneWay = group.returnFee + remoteReturn(group);
  const both = group.exchangeFee + 2 * remoteReturn(group);
  const exchanges = peers.filter((peer) => peer.kind === 'EXCHANGE');
  const wayOut = bears(state, claim, group, exchanges) ? Math.max(0, both - oneWay) : 0;
  if (mixed || !bears(state, claim, group, peers)) return wayOut;
  const sent = claim.collection.method === 'CUSTOMER_SENDS';
  return wayOut + (sent ? wayBack(policy, claim, group) : Math.min(both, oneWay));
}

/** What one parcel of the group costs on its way back, by who sends and who pays the carrier. */
function wayBack(policy: Policy, { collection }: Claim, group: Group): Won {
  const fee = group.returnFee + remoteReturn(group);
  if (collection.method !== 'CUSTOMER_SENDS') return fee;
  if (collection.sentPay === 'PREPAID') return 0;
  const excess = collection.sentPay === 'COLLECT' && policy.sentCollectExcess === 'NOTIFIED';
  return excess ? Math.max(fee, collection.fare) : fee;
}

function remoteReturn(group: Group): Won {
  return group.remotePaid > 0 ? group.remoteReturn : 0;
}

/** Send-back fee (T17, T25, T30): one way and the remote surcharge of each group, when the fault is the buyer's. */
export function sendBackFee(state: State, claim: Claim): Won {
  if (!isBuyers(claim.fault)) return 0;
  let fee = 0;
  for (const group of state.order.groups)
    if (unitsIn(state, claim, group) > 0) fee += group.returnFee + remoteReturn(group);
  return fee;
}

/** Claims of one pick-up that still take part in it, the first accepted first; an exit leaves the others. */
function pickedUpTogether(state: State, claim: Claim): Claim[] {
  const peers = state.claims.filter(
    (peer) =>
      peer.id === claim.id ||
      (peer.pickup === claim.pickup &&
        peer.id !== claim.predecessor &&
        !peer.exiting &&
        (peer.closed === null || peer.closed === 'DONE')),
  );
  return peers.length < 2 ? peers : peers.sort((a, b) => (a.acceptedSeq ?? 1e9) - (b.acceptedSeq ?? 1e9));
}

function bears(state: State, claim: Claim, group: Group, peers: readonly Claim[]): boolean {
  const first = peers.find((peer) => isBuyers(peer.fault) && unitsIn(state, peer, group) > 0);
  return first?.id === claim.id;
}

function unitsIn(state: State, claim: Claim, group: Group): number {
  let count = 0;
  for (const unit of state.units) if (unit.info.group === group.id && claim.units.includes(unit.key)) count++;
  return count;
}
