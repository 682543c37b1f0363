-- Whom to call about a mall: one for each matter (판매자 지원, 담당 MD, 정산, 시스템, 계약 택배사).
create table mall_contact (
  mall            text not null references mall (id),
  kind            text not null check (kind in ('seller_support', 'md', 'settlement', 'tech', 'carrier')),
  name            text not null,
  phone           text,
  email           text,
  note            text,
  updated_by_name text not null,
  updated_at      timestamptz not null,
  primary key (mall, kind),
  check (phone is not null or email is not null)
);
-- What people ticked of a mall's readiness list (개시 준비), the opening itself too; the newest of an item counts.
create table mall_readiness_mark (
  id        uuid primary key,
  mall      text not null references mall (id),
  item      text not null,
  done      boolean not null,
  note      text,
  by_id     uuid,                         -- null: Haedap itself
  by_name   text not null,
  marked_at timestamptz not null
);
create index mall_readiness_mark_newest on mall_readiness_mark (mall, item, marked_at desc, id desc);
