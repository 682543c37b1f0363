import { type Kysely, sql } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { newId } from '#platform/values.ts';

/** Templates for the examples, of a mall of the scope: one to use, one to put away; proposals on the ticket. */
export async function templatesWithin(db: Kysely<DB>, mall: string, userId: string, ticketId: string) {
  const folderId = newId();
  const name = `예시 ${folderId}`;
  const at = new Date();
  await db.insertInto('template_folder').values({ id: folderId, name, sort_no: 99, created_at: at }).execute();
  return {
    folderId,
    templateId: await template(db, folderId, mall, userId),
    retiringTemplateId: await template(db, folderId, mall, userId),
    proposalId: await proposal(db, userId, ticketId),
    decliningProposalId: await proposal(db, userId, ticketId),
  };
}

async function template(db: Kysely<DB>, folder: string, mall: string, userId: string): Promise<string> {
  const id = newId();
  const at = new Date();
  const title = '도착 예정 안내';
  await db
    .insertInto('template')
    .values({ id, folder_id: folder, title, malls: [mall], version: 1, created_at: at, updated_at: at })
    .execute();
  await db
    .insertInto('template_version')
    .values({
      ...{ template_id: id, version: 1, title, body: '{고객명} 고객님, [[도착 예정일]]에 도착합니다.' },
      ...{ written_by: userId, written_by_name: '박지민', written_at: at },
    })
    .execute();
  return id;
}

async function proposal(db: Kysely<DB>, userId: string, ticketId: string): Promise<string> {
  const id = newId();
  await sql`
    insert into template_proposal (id, ticket_id, mall, centre, title, body, state, proposed_by, proposed_by_name, created_at)
    select ${id}, id, mall, centre, '교환 안내', '{고객명} 고객님', 'open', ${userId}, '박지민', now() from ticket
    where id = ${ticketId}`.execute(db);
  return id;
}
