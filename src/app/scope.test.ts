import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorWith } from '#platform/actors.ts';
import { type Database, openDatabase } from '#platform/db.ts';
import type { Actor, Known } from '#platform/operation.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry, type Entry, may } from '#platform/registry.ts';
import { cloneDatabase, dropDatabase } from '#platform/testing.ts';
import { newId } from '#platform/values.ts';
import { foreignIds, knownIds } from '../../sample/known.ts';
import { createRooms } from './modules.ts';
import { sampleDatabase } from './testing-sample.ts';

/**
 * Every read of the registry, with every field of its input in turn filled with every id and word of others: what lies
 * outside of a session's scope is marked by a syllable that nobody's own records hold, and no answer may hold it. A
 * name stays recognisable when it is masked, since its first syllable does.
 */
const MARK = '쀍';
const registry = createRegistry(createRooms());
const reads = [...registry.entries.values()].filter(({ operation }) => operation.kind === 'query');

type Eyes = 'partner' | 'outsourced';
const PEOPLE: Record<string, { eyes: Eyes; actor: (known: Known) => Actor }> = {
  'a partner': { eyes: 'partner', actor: (known) => actorWith('partner', { partners: [known.partnerId] }) },
  'an outsourced agent': { eyes: 'outsourced', actor: () => actorWith('agent', OUTSOURCED) },
  'an outsourced manager': { eyes: 'outsourced', actor: () => actorWith('manager', OUTSOURCED) },
};
const OUTSOURCED = { malls: ['11st', 'ssg'], centres: ['outsourced'] };

const SCOPED_IDS = [
  'customerId',
  'orderId',
  'ticketId',
  'callId',
  'vocRecordId',
  'requestId',
  'productId',
  'partnerId',
  'changeableOrderId',
] as const;

let sample: Awaited<ReturnType<typeof sampleDatabase>>;
beforeAll(async () => {
  sample = await sampleDatabase();
});
afterAll(() => sample?.drop());

/** Marks the texts of all rows outside of a scope. The conditions are written by hand, apart from scope.ts. */
async function markForeign(database: Database, eyes: Eyes, partnerId: string): Promise<void> {
  const marked: [table: string, columns: string[], outside: RawBuilder<unknown>, key?: string][] =
    eyes === 'partner' ? outsidePartner(partnerId) : OUTSIDE_OUTSOURCED;
  for (const [table, columns, outside, key = 'id'] of marked) {
    const set = sql.join(
      columns.map((column) => sql`${sql.ref(column)} = ${`${MARK}가`} || ${sql.ref(`${table}.${key}`)}`),
    );
    await sql`update ${sql.table(table)} set ${set} where ${outside}`.execute(database.write);
  }
}

const MALLS = sql`array['11st', 'ssg']`;
const elsewhere = sql`not (mall = any(${MALLS}) and centre = 'outsourced')`;
const elsewhereOrder = sql`order_id in (select id from sales_order where not mall = any(${MALLS}))`;
const PERSON = ['orderer_name', 'receiver_name', 'receiver_address', 'receiver_memo', 'summary', 'mall_order_no'];
/** Who has a ticket or a call with us is named there, whatever malls the customer was seen in. */
const ours = sql`mall = any(${MALLS}) and centre = 'outsourced'`;
const NOBODY_OF_OURS = sql`not exists (select 1 from ticket t where t.customer_id = customer.id and ${ours})
  and not exists (select 1 from phone_call c where c.customer_id = customer.id and ${ours})`;
/** How malls are worked with: tables without an id of their own. */
const atMalls = (outside: RawBuilder<unknown>): [string, string[], RawBuilder<unknown>, string][] => [
  ['mall_manual', ['body', 'author_name'], outside, 'mall'],
  ['mall_line', ['greeting', 'steps', 'number'], outside, 'mall'],
  ['mall_contact', ['name', 'note', 'phone', 'email'], outside, 'mall'],
  ['readiness_mark', ['note', 'by_name'], outside, 'mall'],
];
const OUTSIDE_OUTSOURCED: [string, string[], RawBuilder<unknown>, string?][] = [
  ...atMalls(sql`not mall = any(${MALLS})`),
  ['customer', ['name', 'memo', 'email'], sql`not malls && ${MALLS} and ${NOBODY_OF_OURS}`],
  ['sales_order', PERSON, sql`not mall = any(${MALLS})`],
  ['order_line', ['name', 'option_text', 'raw_status'], elsewhereOrder],
  ['order_tender', ['name'], elsewhereOrder],
  ['order_benefit', ['name'], elsewhereOrder],
  ['parcel', ['tracking_no'], elsewhereOrder],
  ['ticket', ['subject'], elsewhere],
  ['ticket_message', ['body'], sql`ticket_id in (select id from ticket where ${elsewhere})`],
  ['channel_mail', ['sender_name', 'quoted'], sql`ticket_id in (select id from ticket where ${elsewhere})`],
  ['channel_file', ['name'], sql`ticket_id in (select id from ticket where ${elsewhere})`],
  ['phone_call', ['caller_phone'], elsewhere],
  ['voc_record', ['memo', 'department'], elsewhere],
  ['partner_request', ['asked_by_name', 'addressee_name'], elsewhere],
  ['order_change', ['asked_by_name', 'reason'], elsewhereOrder],
  ['partner_request_message', ['body'], sql`request_id in (select id from partner_request where ${elsewhere})`],
];

function outsidePartner(id: string): [string, string[], RawBuilder<unknown>, string?][] {
  const others = sql`partner_id is distinct from ${id}::uuid`;
  const strange = sql`not ${id}::uuid = any(partner_ids)`;
  const shared = sql`exists (select 1 from order_line l where l.order_id = sales_order.id and l.partner_id is distinct from ${id}::uuid)`;
  return [
    ...atMalls(sql`true`),
    ['sales_order', PERSON, strange],
    ['sales_order', ['summary'], shared],
    ['order_line', ['name', 'option_text', 'raw_status', 'sku'], others],
    ['order_tender', ['name'], sql`true`],
    ['order_benefit', ['name'], sql`true`],
    ['parcel', ['tracking_no'], sql`order_id in (select id from sales_order where ${strange})`],
    ['product', ['name', 'sku', 'option_text', 'brand'], others],
    ['partner', ['name', 'contact_name', 'contact_phone', 'code'], sql`id <> ${id}::uuid`],
    [
      'customer',
      ['name', 'memo', 'email'],
      sql`not exists (select 1 from ticket t where t.customer_id = customer.id and t.partner_id = ${id}::uuid)`,
    ],
    ['ticket', ['subject'], others],
    [
      'ticket_message',
      ['body'],
      sql`kind in ('note', 'call_note') or ticket_id in (select id from ticket where ${others})`,
    ],
    ['channel_mail', ['sender_name', 'quoted'], sql`true`],
    ['channel_file', ['name'], sql`true`],
    ['phone_call', ['caller_phone'], sql`true`],
    ['voc_record', ['memo', 'department'], others],
    ['partner_request', ['asked_by_name', 'addressee_name'], others],
    ['order_change', ['asked_by_name', 'reason'], sql`not ${id}::uuid = any(partner_ids)`],
    ['order_change', ['reason'], sql`true`],
    ['partner_request_message', ['body'], sql`request_id in (select id from partner_request where ${others})`],
  ];
}

/** The example, and it with each field of the input in turn holding each of the values that fit there. */
function* inputsOf({ operation }: Entry, own: Known, values: readonly unknown[]): Generator<object> {
  const example = operation.example(own) as Record<string, unknown>;
  yield example;
  for (const field of Object.keys(operation.input.shape)) {
    for (const value of [...values, ...(optionsOf(operation.input.shape[field]) ?? [])]) {
      const limit = 'limit' in operation.input.shape ? { limit: 50 } : {};
      const alone = { [field]: value, ...limit };
      const input = operation.input.safeParse(alone).success ? alone : { ...example, ...alone };
      if (operation.input.safeParse(input).success) yield input;
    }
  }
}

/** The options of an enum, through optional and default. */
function optionsOf(schema: unknown): readonly unknown[] | undefined {
  const { options, def } = schema as { options?: unknown[]; def?: { innerType?: unknown } };
  return options ?? (def?.innerType ? optionsOf(def.innerType) : undefined);
}

describe.each(Object.entries(PEOPLE))('%s', (_, { eyes, actor }) => {
  test('is told nothing of others by any read, whatever is asked', { timeout: 400_000 }, async () => {
    const config = await cloneDatabase(sample.config);
    const database = openDatabase(config, { max: 3 });
    try {
      const own = await knownIds(database.write, eyes);
      const foreign = await foreignIds(database.write, eyes);
      await markForeign(database, eyes, own.partnerId);
      const pipeline = createPipeline({ database, registry });
      const who = actor(own);
      const found = new Set<string>();
      let asked = 0;
      for (const entry of reads.filter((read) => may(who, read))) {
        for (const input of inputsOf(entry, own, [...SCOPED_IDS.map((name) => foreign[name]), MARK, true, 'naver'])) {
          const operation = entry.operation.name;
          const reply = await pipeline.execute({ operation, input, actor: who, language: 'ko', requestId: newId() });
          asked++;
          if (reply.status === 200 && JSON.stringify(reply.body).includes(MARK)) found.add(operation);
        }
      }
      expect([...found]).toEqual([]);
      expect(asked).toBeGreaterThan(200);
    } finally {
      await database.close();
      await dropDatabase(config);
    }
  });
});
