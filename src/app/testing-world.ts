import { sql } from 'kysely';
import { actorWith } from '#platform/actors.ts';
import { searchDocument } from '#platform/search.ts';
import { testDatabase } from '#platform/testing.ts';
import { askOn } from '#platform/testing-ask.ts';
import { newId } from '#platform/values.ts';
import { createRooms } from './modules.ts';

const ids = () => ({
  person: newId(),
  partner: newId(),
  otherPartner: newId(),
  product: newId(),
  customer: newId(),
  stranger: newId(),
  order: newId(),
  strangeOrder: newId(),
  ticket: newId(),
  strangeTicket: newId(),
  call: newId(),
  strangeCall: newId(),
});

/**
 * A small company of its own for a room's tests: 김서연 with an order, a ticket and a call in the own mall, answered by
 * the own centre; 이도윤 with the same in 11st, answered by the outsourced one. `agent` works everywhere, `outside`
 * only for 11st in the outsourced centre.
 */
export async function testWorld() {
  const database = await testDatabase();
  const known = ids();
  await fill(database.write, known);
  const agent = actorWith('agent', {}, known.person);
  const outside = actorWith('agent', { malls: ['11st'], centres: ['outsourced'] });
  return { database, ...known, agent, outside, ...askOn(database, createRooms(), agent) };
}
export type World = Awaited<ReturnType<typeof testWorld>>;

type Db = Parameters<ReturnType<typeof sql>['execute']>[0];

async function fill(db: Db, id: ReturnType<typeof ids>): Promise<void> {
  await places(db, id);
  await goods(db, id);
  const ours = { customer: id.customer, order: id.order, ticket: id.ticket, call: id.call };
  const theirs = { customer: id.stranger, order: id.strangeOrder, ticket: id.strangeTicket, call: id.strangeCall };
  const kim = { name: '김서연', phone: '010-0000-1234', email: 'kim@example.com' };
  const lee = { name: '이도윤', phone: '010-0000-5678', email: 'lee@example.com' };
  await contacts(db, ours, kim, { mall: 'own', centre: 'own', number: '20261101-0001', at: '2026-11-01', id });
  await contacts(db, theirs, lee, { mall: '11st', centre: 'outsourced', number: 'E-777', at: '2026-11-03', id });
}

async function places(db: Db, id: ReturnType<typeof ids>): Promise<void> {
  await sql`insert into centre (id, name_ko, name_en, kind) values ('own', '본사', 'Own', 'own'),
    ('outsourced', '외주', 'Outsourced', 'outsourced') on conflict do nothing`.execute(db);
  await sql`insert into mall (id, name_ko, name_en, short_ko, link, default_centre, answer_hours, sort_no)
    values ('own', '자사몰', 'Own mall', '자사', 'full', 'own', null, 1),
      ('11st', '11번가', '11st', '11', 'orders', 'outsourced', 24, 2)`.execute(db);
  await sql`insert into person (id, name, email) values (${id.person}, '박지민', 'agent1@example.com')`.execute(db);
  await sql`insert into voc_code (code, parent, level, name_ko, name_en, department, attribute, sort_no, created_at, retired_at)
    values ('DLV', null, 1, '배송', 'Delivery', null, null, 1, '2026-01-01', null),
      ('DLV-INFO', 'DLV', 2, '배송문의', 'Inquiry', null, null, 2, '2026-01-01', null),
      ('DLV-INFO-ETA', 'DLV-INFO', 3, '도착 예정일', 'Arrival', '물류', '정보', 3, '2026-01-01', null),
      ('DLV-INFO-OLD', 'DLV-INFO', 3, '옛 코드', 'Old', null, null, 4, '2026-01-01', '2026-06-01')`.execute(db);
}

async function goods(db: Db, id: ReturnType<typeof ids>): Promise<void> {
  const partner = (key: string, code: string, name: string) => sql`
    insert into partner (id, code, name, business_open, business_close, order_cutoff, contact_name, contact_phone,
      contact_email, md_email, created_at, updated_at)
    values (${key}, ${code}, ${name}, '09:00', '18:00', '14:00', '한담당', '02-0000-1111', 'p@example.com',
      'md1@example.com', now(), now())`;
  await partner(id.partner, 'P001', '코튼브릿지').execute(db);
  await partner(id.otherPartner, 'P002', '울앤코').execute(db);
  const { search, search_text } = searchDocument({ texts: ['램스울 라운드 니트'], numbers: ['SKU-1'] });
  await sql`
    insert into product (id, sku, name, product_group, inventory_type, partner_id, list_price_krw, search_text, search,
      created_at, updated_at)
    values (${id.product}, 'SKU-1', '램스울 라운드 니트', '니트·스웨터', 'CONSIGN', ${id.partner}, 29900, ${search_text},
      ${search}, now(), now())`.execute(db);
}

type Keys = { customer: string; order: string; ticket: string; call: string };
type Who = { name: string; phone: string; email: string };
type Where = { mall: string; centre: string; number: string; at: string; id: ReturnType<typeof ids> };

async function contacts(db: Db, key: Keys, who: Who, where: Where): Promise<void> {
  const { mall, centre, number, at, id } = where;
  const partner = mall === 'own' ? id.partner : id.otherPartner;
  const found = (more: Parameters<typeof searchDocument>[0]) => {
    const { search_text, search } = searchDocument(more);
    return sql`${search_text}, ${search}`;
  };
  await sql`
    insert into customer (id, name, phone, email, birth_year, malls, search_text, search, created_at, updated_at)
    values (${key.customer}, ${who.name}, ${who.phone}, ${who.email}, 1992, array[${mall}],
      ${found({ names: [who.name], phones: [who.phone], texts: [who.email] })}, ${at}, ${at})`.execute(db);
  await sql`
    insert into sales_order (id, mall, mall_order_no, authority, customer_id, ordered_at, paid_at, orderer_name,
      orderer_phone, receiver_name, receiver_phone, receiver_address, total_krw, summary, stage, partner_ids,
      search_text, search, created_at, updated_at)
    values (${key.order}, ${mall}, ${number}, 'SELF', ${key.customer}, ${at}, ${at}, ${who.name}, ${who.phone},
      ${who.name}, ${who.phone}, '서울 성동구 왕십리로 1', 32900, '램스울 라운드 니트', 'SHIPPED', array[${partner}]::uuid[],
      ${found({ names: [who.name], phones: [who.phone], numbers: [number] })}, ${at}, ${at})`.execute(db);
  await sql`
    insert into ticket (id, subject, status, channel, mall, centre, customer_id, order_id, partner_id, waiting_since,
      search_text, search, created_at, updated_at)
    values (${key.ticket}, '언제 도착하나요', 'new', 'kakao', ${mall}, ${centre}, ${key.customer}, ${key.order},
      ${partner}, ${at}, ${found({ texts: ['언제 도착하나요'] })}, ${at}, ${at})`.execute(db);
  await sql`
    insert into ticket_message (ticket_id, id, kind, channel, body, created_at)
    values (${key.ticket}, ${newId()}, 'inbound', 'kakao', '주문한 니트가 언제 도착하나요?', ${at})`.execute(db);
  await sql`
    insert into phone_call (id, mall, centre, line, direction, customer_id, caller_phone, agent, outcome, offered_at,
      answered_at, ended_at, search_text, search)
    values (${key.call}, ${mall}, ${centre}, 'general', 'in', ${key.customer}, ${who.phone}, ${id.person}, 'answered',
      ${at}, ${at}, ${at}, ${found({ phones: [who.phone] })})`.execute(db);
}
