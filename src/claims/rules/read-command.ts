import { TENDER_KINDS } from '#orders/rules/order.ts';
import { readUnitRefs } from '#orders/rules/unit-refs.ts';
import { Fields } from '#policies/rules/fields.ts';
import type { Refusal } from '#policies/rules/refusal.ts';
import type { Command } from './command.ts';
import { COMMAND_FIELDS, COMMON_FIELDS } from './command-fields.ts';
import { REASON_CODES } from './reasons.ts';
import { ACTORS, DISPOSITIONS, FAULTS, RESULTS } from './state.ts';

const METHODS = ['AUTO_PICKUP', 'CUSTOMER_SENDS', 'NONE'] as const;
const MOST = 1_000_000;

type Reader = (at: Fields, name: string, command: Command) => void;

function set<K extends keyof Command>(key: K, read: (at: Fields, name: string) => Command[K]): Reader {
  return (at, name, command) => {
    command[key] = read(at, name);
  };
}

/** How each field of section 2.3a is read. `a:b` in the table of commands means field `a` read as `b`. */
const READERS: Record<string, Reader> = {
  claim: set('claim', (at, name) => at.text(name)),
  units: set('units', readUnitRefs),
  basedOn: set('basedOn', (at, name) => at.number(name, 0, MOST)),
  quote: set('quote', (at, name) => at.text(name)),
  idempotencyKey: set('key', (at, name) => at.key(name)),
  reason: set('reason', (at, name) => at.choice(name, REASON_CODES)),
  why: set('reason', (at, name) => at.text(name)),
  fault: set('fault', (at, name) => at.choice(name, FAULTS)),
  finding: set('finding', (at, name) => at.choice(name, FAULTS)),
  known: set('known', (at, name) => at.day(name)),
  method: set('method', (at, name) => at.choice(name, METHODS)),
  sentPay: set('sentPay', (at, name) => at.choice(name, ['PREPAID', 'COLLECT', 'ENCLOSED'])),
  fare: set('fare', (at, name) => at.won(name)),
  cash: set('cash', (at, name) => at.won(name)),
  joinPickup: set('joinPickup', (at, name) => at.text(name)),
  given: (at, name, command) => {
    command.evidence = at.raw(name) !== undefined && at.raw(name) !== null;
  },
  usage: set('usage', (at, name) => {
    const usage = new Fields(at.raw(name), name, 'M12');
    usage.only(new Set(['units', 'supplyCost']));
    const read = { units: usage.number('units', 1, MOST), supplyCost: usage.won('supplyCost') };
    at.part(usage);
    return read;
  }),
  wanted: set('wanted', (at, name) => {
    const wanted = new Fields(at.raw(name), name, 'T21');
    wanted.only(new Set(['sku', 'listPrice', 'optionText', 'product']));
    const product = wanted.has('product') ? { product: wanted.text('product') } : {};
    const read = { sku: wanted.key('sku'), listPrice: wanted.won('listPrice'), ...product };
    at.part(wanted);
    return read;
  }),
  tender: set('tender', (at, name) => at.text(name)),
  payment: set('payment', (at, name) => {
    const payment = new Fields(at.raw(name), name, 'T0');
    payment.only(new Set(['id', 'kind', 'amount']));
    const read = { id: payment.key('id'), kind: payment.choice('kind', TENDER_KINDS), amount: payment.won('amount') };
    at.part(payment);
    return read;
  }),
  change: set('change', (at, name) => {
    const change = new Fields(at.raw(name), name, 'T41');
    change.only(new Set(['id', 'kind', 'partialCancel']));
    const kind = change.choice('kind', TENDER_KINDS);
    const usual = kind === 'MOBILE' ? 'FULL_ONLY' : 'YES';
    const read = {
      id: change.key('id'),
      kind,
      partialCancel: change.choice('partialCancel', ['YES', 'FULL_ONLY', 'NO'], usual),
    };
    at.part(change);
    return read;
  }),
  parcel: set('parcel', (at, name) => at.text(name)),
  carrier: set('carrier', (at, name) => at.text(name)),
  trackingNo: set('trackingNo', (at, name) => at.text(name)),
  waybill: set('waybill', (at, name) => at.text(name)),
  promisedOn: set('promisedOn', (at, name) => at.day(name)),
  answer: set('answer', (at, name) => at.choice(name, ['WAIT', 'CHANGE', 'CANCEL'])),
  disposition: set('disposition', (at, name) => at.choice(name, DISPOSITIONS)),
  results: set('results', (at, name) =>
    at.list(name).map((row) => {
      const result = new Fields(row, name, 'T14');
      result.only(new Set(['units', 'result', 'disposition', 'finding']));
      const read = {
        units: readUnitRefs(result, 'units'),
        result: result.choice('result', RESULTS),
        disposition: result.has('disposition') ? result.choice('disposition', DISPOSITIONS) : null,
        finding: result.has('finding') ? result.choice('finding', FAULTS) : null,
      };
      at.part(result);
      return read;
    }),
  ),
  account: set('account', (at, name) => (typeof at.raw(name) === 'object' && at.raw(name) ? 'ACCOUNT' : at.text(name))),
  payoutTo: set('how', (at, name) => at.text(name)),
  to: set('to', (at, name) => at.choice(name, ['EXCHANGE', 'RETURN'])),
  keepDiscount: set('keepDiscount', (at, name) => at.flag(name)),
  goods: set('goods', (at, name) => at.choice(name, ['SEND_BACK', 'KEEP'])),
  wish: set('wish', (at, name) => at.choice(name, ['RESHIP', 'REFUND'])),
  newOrder: set('newOrder', (at, name) => at.raw(name)),
  first: set('first', (at, name) => at.choice(name, ['CAPTURE', 'REFUND'])),
  percent: set('percent', (at, name) => at.number(name, 1, 100)),
  amount: set('amount', (at, name) => at.number(name, 1, 1_000_000_000_000)),
  until: set('until', (at, name) => at.day(name, null)),
  how: set('how', (at, name) => at.text(name)),
  position: () => {},
  kind: set('kind', (at, name) => at.choice(name, ['POINT', 'COUPON', 'CASH', 'GOODS'])),
  shares: set('shares', (at, name) => readShares(at, name)),
  receivable: set('receivable', (at, name) => at.text(name)),
  day: set('day', (at, name) => at.day(name)),
  fee: set('fee', (at, name) => at.text(name)),
  mallEvent: set('mall', (at) => ({
    claim: at.text('mallClaim'),
    seenAt: at.instant('seenAt'),
    kind: at.text('kind', null),
    state: at.text('state', null),
    rawStatus: at.text('rawStatus', ''),
    refund: at.has('refund') ? readShares(at, 'refund') : {},
  })),
  ignore: () => {},
};

function readShares(at: Fields, name: string): Record<string, number> {
  const shares = new Fields(at.raw(name), name, 'M15');
  const read: Record<string, number> = {};
  for (const key of Object.keys((at.raw(name) as object | null) ?? {})) read[key] = shares.won(key);
  at.part(shares);
  return read;
}

/**
 * Reads a command of the public interface; an unknown type or field is `bad_input`. `evidence` says that
 * evidence, photos and consent to the quote shown count as given, as they do in `claims run`.
 */
export function readCommand(value: unknown, evidence = false): Command | Refusal {
  const at = new Fields(value, 'command', 'T0');
  const type = at.text('type');
  const table = COMMAND_FIELDS.get(type);
  if (!table) {
    at.fail('bad_input', 'type');
    return at.problem!;
  }
  const time = at.instant('at');
  const command: Command = {
    type,
    at: time,
    by: at.choice('by', ACTORS, 'AGENT'),
    declaredAt: at.instant('declaredAt', time),
    approved: at.flag('approved'),
    evidence: false,
  };
  for (const name in value as object) {
    if (COMMON_FIELDS.has(name)) continue;
    const reader = table.readers.get(name);
    if (!reader) at.fail('bad_input', name);
    else if ((value as Record<string, unknown>)[name] !== undefined) READERS[reader]!(at, name, command);
  }
  for (const name of table.required) if (!at.has(name)) at.fail('bad_input', name);
  if (evidence) command.evidence = true;
  return at.problem ?? command;
}
