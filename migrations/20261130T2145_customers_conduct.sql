-- What was said or done to our people by a customer, and how far it went: steps, contacts that were stopped, blocks.
-- Nothing is removed: what was wrong is revoked, with why.
create table conduct_step (
  id           uuid primary key,
  customer_id  uuid not null references customer (id) on delete cascade,
  ticket_id    uuid,
  kind         text not null check (kind in ('abuse', 'sexual', 'threat', 'unreasonable')),
  step         text not null check (step in ('caution', 'warning', 'final', 'stop')),
  said         text not null,               -- the evidence: what was said or done, or where it can be heard
  by_id        uuid,
  by_name      text not null,
  at           timestamptz not null,
  revoked_at   timestamptz,
  revoked_by_name text,
  revoked_why  text
);
create index conduct_step_customer on conduct_step (customer_id, at desc, id desc);

create table conduct_block (
  id             uuid primary key,
  customer_id    uuid not null references customer (id) on delete cascade,
  state          text not null check (state in ('asked', 'blocked', 'denied', 'lifted', 'withdrawn')),
  reason         text not null,
  until_at       timestamptz,               -- null: until it is lifted
  asked_by       uuid,
  asked_by_name  text not null,
  asked_at       timestamptz not null,
  decided_by     uuid,
  decided_by_name text,
  decided_at     timestamptz,
  decided_note   text,
  lifted_by_name text,
  lifted_at      timestamptz,
  lifted_why     text
);
-- One open question or block at a time.
create unique index conduct_block_open on conduct_block (customer_id) where state in ('asked', 'blocked');
create index conduct_block_asked on conduct_block (asked_at, id) where state = 'asked';
