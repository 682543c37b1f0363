import { Fields } from '#policies/rules/fields.ts';
import type { Policy } from '#policies/rules/parameters.ts';
import { FEE_KINDS, type Group } from './order.ts';

const NAMES = new Set(
  `id feeKind n by steps baseFee freeThreshold paid remotePaid returnFee remoteReturn exchangeFee removalFee installFee
  origin returnAddress`.split(/\s+/),
);

/**
 * A shipping group. Left out: the policy's fee, which counts as notified; null: not notified, so 0
 * (전자상거래법 시행령 §20: only fees in the contract document may be charged).
 * `paid` left out is marked -1 and filled once benefits are known.
 */
export function readGroup(at: Fields, value: unknown, index: number, policy: Policy): Group {
  const group = new Fields(value, `order.groups.${index}`, 'M4');
  group.only(NAMES);
  const fee = (name: string, fallback: number) => (group.raw(name) === null ? 0 : group.won(name, fallback));
  const threshold = group.raw('freeThreshold');
  const feeKind = group.choice('feeKind', FEE_KINDS, 'CONDITIONAL');
  const read: Group = {
    id: group.text('id'),
    feeKind,
    n: group.number('n', 1, 1_000, 1),
    by: group.choice('by', ['QTY', 'AMOUNT'], 'AMOUNT'),
    steps: feeKind === 'TIERED' ? readSteps(group) : [],
    baseFee: fee('baseFee', policy.baseFee),
    freeThreshold:
      threshold === null ? null : threshold === undefined ? policy.freeThreshold : group.won('freeThreshold'),
    paid: group.won('paid', -1),
    remotePaid: group.won('remotePaid', 0),
    returnFee: fee('returnFee', policy.returnFee),
    remoteReturn: group.won('remoteReturn', 0),
    exchangeFee: fee('exchangeFee', policy.exchangeFee),
    removalFee: fee('removalFee', 0),
    installFee: fee('installFee', 0),
    origin: group.text('origin', null),
    returnAddress: group.text('returnAddress', null),
  };
  checkSteps(group, read);
  at.part(group);
  return read;
}

function readSteps(group: Fields): Group['steps'] {
  const rows = group.list('steps').map((row) => {
    const step = new Fields(row, 'order.groups.steps', 'M4');
    step.only(new Set(['from', 'fee']));
    const read = { from: step.won('from'), fee: step.won('fee') };
    group.part(step);
    return read;
  });
  if (rows.length === 0) group.fail('bad_input', 'steps');
  return rows.sort((a, b) => a.from - b.from);
}

/** Steps by quantity never fall and steps by amount never rise: otherwise removing a unit could raise what is due. */
function checkSteps(group: Fields, { by, steps }: Group): void {
  for (let i = 1; i < steps.length; i++) {
    const rise = steps[i]!.fee - steps[i - 1]!.fee;
    if (steps[i]!.from === steps[i - 1]!.from || (by === 'QTY' ? rise < 0 : rise > 0)) group.fail('bad_input', 'steps');
  }
}
