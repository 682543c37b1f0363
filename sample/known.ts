import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import type { Known } from '#platform/operation.ts';
import { platformKnown } from '#platform/testing-known.ts';
import { newId } from '#platform/values.ts';
import { changesWithin } from './known-changes.ts';
import { beside } from './known-customers.ts';
import { followupsWithin } from './known-followups.ts';
import { mailOn } from './known-mail.ts';
import { templatesWithin } from './known-templates.ts';
import { repliesOn } from './known-tickets.ts';
import { transfersWithin } from './known-transfers.ts';
import { routingDraft } from './routing.ts';

/** Whose eyes: everybody's, the outsourced centre's (malls 11st and ssg), or those of the partner P001 (코튼브릿지). */
export type Eyes = 'all' | 'outsourced' | 'partner';

const MALLS = sql`array['11st', 'ssg']`;
const inside = {
  all: { row: sql`true`, customer: sql`true`, order: sql`true` },
  outsourced: {
    row: sql`mall = any(${MALLS}) and centre = 'outsourced'`,
    customer: sql`malls && ${MALLS}`,
    order: sql`mall = any(${MALLS})`,
  },
};

const one = async (db: Kysely<DB>, table: string, condition: ReturnType<typeof sql>): Promise<string> => {
  const { rows } = await sql<{ id: string }>`
    select id::text as id from ${sql.table(table)} where ${condition} order by id desc limit 1`.execute(db);
  if (!rows[0]) throw new Error(`the sample has no ${table} of the wanted kind`);
  return rows[0].id;
};

/** The partner of the sample's partner1@. */
const firstPartner = (db: Kysely<DB>) => one(db, 'partner', sql`code = 'P001'`);

/**
 * Records of the sample company that lie within a scope, for the examples of contracts and for generated tests. Makes
 * what the sample does not hold: a session and a key of the known person, an audit record, jobs.
 */
export async function knownIds(db: Kysely<DB>, eyes: Eyes = 'all'): Promise<Known> {
  const partnerId = await firstPartner(db);
  const ofPartner = sql`partner_id = ${partnerId}`;
  const where = eyes === 'partner' ? inside.all : inside[eyes];
  const row = eyes === 'partner' ? ofPartner : where.row;
  const userId = await one(db, 'person', sql`email = 'agent1@haedap.example'`);
  const ticketId = await one(db, 'ticket', row);
  const customerId = await one(db, 'customer', sql`${where.customer} and merged_into is null`);
  return {
    userId,
    partnerId,
    customerId,
    ...(await beside(db, where.customer, customerId)),
    orderId: await one(db, 'sales_order', eyes === 'partner' ? sql`${partnerId} = any(partner_ids)` : where.order),
    ticketId,
    ...(await repliesOn(db, ticketId, userId)),
    ...(await mailOn(db, ticketId, userId)),
    callId: await one(db, 'phone_call', where.row),
    vocRecordId: await one(db, 'voc_record', row),
    productId: await one(db, 'product', eyes === 'partner' ? ofPartner : sql`true`),
    mall: eyes === 'outsourced' ? '11st' : 'own',
    ...(await platformKnown(db)),
    ...(await signedIn(db, userId)),
    routingVersion: await routingDraft(db, userId),
    ...(await imports(db, userId)),
    ...(await requestsWithin(db, row)),
    undeliveredOrderId: await undelivered(db, partnerId),
    ...(await followupsWithin(db, row, userId, ticketId)),
    ...(await transfersWithin(db, row, userId, ticketId, eyes === 'partner' ? partnerId : null)),
    ...(await templatesWithin(db, eyes === 'outsourced' ? '11st' : 'own', userId, ticketId)),
    ...(await changesWithin(db, eyes === 'outsourced' ? '11st' : 'own', partnerId, userId)),
  };
}

/** Two open stock requests to partners and an answered one. */
async function requestsWithin(db: Kysely<DB>, row: ReturnType<typeof sql>) {
  const open = sql`${row} and state = 'open' and kind = 'stock' and addressee = 'partner'`;
  const requestId = await one(db, 'partner_request', open);
  return {
    requestId,
    closingRequestId: await one(db, 'partner_request', sql`${open} and id <> ${requestId}`),
    answeredRequestId: await one(db, 'partner_request', sql`${row} and state = 'answered'`),
  };
}

/** An order of a partner that is on its way: a small sample may hold none, so its newest one is put on its way. */
async function undelivered(db: Kysely<DB>, partnerId: string): Promise<string> {
  const id = await one(db, 'sales_order', sql`${partnerId} = any(partner_ids)`);
  await sql`update sales_order set stage = 'SHIPPED' where id = ${id}`.execute(db);
  await sql`update parcel set state = 'SHIPPED', delivered_at = null where order_id = ${id}`.execute(db);
  return id;
}

/**
 * Records that lie outside a scope. Products and partners belong to no mall, so that none lies outside of the
 * outsourced centre's, and malls to no partner: there an id stands that nothing has.
 */
export async function foreignIds(db: Kysely<DB>, eyes: Exclude<Eyes, 'all'>): Promise<Known> {
  // What belongs to no mall, centre or partner lies outside of no scope either: ids that nothing has.
  const nothing = {
    jobId: '999999999',
    exportJobId: '999999999',
    auditId: newId(),
    keyId: newId(),
    sessionId: newId(),
    ...{
      undoTicketId: newId(),
      mergeTicketId: newId(),
      mergedTicketId: newId(),
      splitTicketId: newId(),
      splitOffId: newId(),
    },
    importId: newId(),
    newImportId: newId(),
  };
  const known = { ...(await knownIds(db, eyes)), ...nothing };
  const mine = await firstPartner(db);
  if (eyes === 'partner') {
    const others = sql`partner_id is distinct from ${mine}`;
    const theirs = await one(db, 'ticket', others);
    return {
      ...known,
      ...(await mailOn(db, theirs, known.userId)),
      partnerId: await one(db, 'partner', sql`id <> ${mine}`),
      orderId: await one(db, 'sales_order', sql`not ${mine} = any(partner_ids)`),
      ticketId: theirs,
      vocRecordId: await one(db, 'voc_record', others),
      productId: await one(db, 'product', others),
      undeliveredOrderId: await one(db, 'sales_order', sql`not ${mine} = any(partner_ids)`),
      ...(await requestsWithin(db, sql`partner_id <> ${mine}`)),
      ...(await followupsWithin(db, others, known.userId, theirs)),
      ...(await transfersWithin(db, others, known.userId, theirs, await one(db, 'partner', sql`id <> ${mine}`))),
      ...(await templatesWithin(db, 'nowhere', known.userId, theirs)),
      folderId: newId(),
      ...(await changesWithin(db, 'own', await one(db, 'partner', sql`id <> ${mine}`), known.userId)),
      mall: 'nowhere',
    };
  }
  const stranger = await one(db, 'customer', sql`not malls && ${MALLS} and merged_into is null`);
  const elsewhere = await one(db, 'ticket', sql`not mall = any(${MALLS}) and centre = 'own'`);
  return {
    ...known,
    ...(await mailOn(db, elsewhere, known.userId)),
    partnerId: newId(),
    productId: newId(),
    customerId: stranger,
    ...(await beside(db, sql`not malls && ${MALLS}`, stranger)),
    orderId: await one(db, 'sales_order', sql`not mall = any(${MALLS})`),
    undeliveredOrderId: await one(db, 'sales_order', sql`not mall = any(${MALLS})`),
    ticketId: elsewhere,
    callId: await one(db, 'phone_call', sql`not mall = any(${MALLS}) and centre = 'own'`),
    vocRecordId: await one(db, 'voc_record', sql`not mall = any(${MALLS}) and centre = 'own'`),
    ...(await requestsWithin(db, sql`not mall = any(${MALLS}) and centre = 'own'`)),
    ...(await followupsWithin(db, sql`not mall = any(${MALLS}) and centre = 'own'`, known.userId, elsewhere)),
    ...(await transfersWithin(db, sql`not mall = any(${MALLS}) and centre = 'own'`, known.userId, elsewhere, null)),
    ...(await templatesWithin(db, 'own', known.userId, elsewhere)),
    folderId: newId(),
    ...(await changesWithin(db, 'own', await firstPartner(db), known.userId)),
    mall: 'own',
  };
}

/** A session and an API key of a person, which nobody can sign in with. */
async function signedIn(db: Kysely<DB>, personId: string): Promise<{ sessionId: string; keyId: string }> {
  const now = new Date();
  const until = new Date(now.getTime() + 86_400_000);
  const sessionId = newId();
  const keyId = newId();
  await db
    .insertInto('session')
    .values({ id: sessionId, token: newId(), person_id: personId, expires_at: until, created_at: now, updated_at: now })
    .execute();
  await db
    .insertInto('api_key')
    .values({
      id: keyId,
      config_id: 'default',
      name: '시험 키',
      person_id: personId,
      key: newId(),
      created_at: now,
      updated_at: now,
    })
    .execute();
  return { sessionId, keyId };
}

/** An order file of a person that is being sent, and one that was checked and has a row that failed. */
async function imports(db: Kysely<DB>, personId: string): Promise<{ importId: string; newImportId: string }> {
  const common = { bytes: 12, requested_by: personId, created_at: new Date(), updated_at: new Date() };
  const importId = newId();
  const newImportId = newId();
  await db
    .insertInto('order_import')
    .values([
      { id: importId, name: '주문.csv', state: 'checked', ...common },
      { id: newImportId, name: '주문.csv', state: 'uploading', ...common },
    ])
    .execute();
  await db
    .insertInto('order_import_part')
    .values({ import_id: importId, kind: 'failed', part: 0, bytes: Buffer.from('PK') })
    .execute();
  return { importId, newImportId };
}
