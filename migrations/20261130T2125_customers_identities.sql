alter table customer
  add column postcode text,
  add column address text,
  add column merged_into uuid references customer (id);  -- null: stands for itself
create index customer_merged on customer (merged_into) where merged_into is not null;

-- Further ways to know a customer besides the phone and e-mail of its row: more of them, member ids of malls, keys of messengers.
create table customer_identity (
  id            uuid primary key,
  customer_id   uuid not null references customer (id) on delete cascade,
  kind          text not null check (kind in ('phone', 'email', 'mall_id', 'messenger')),
  source        text not null default '',   -- mall of a member id, messenger of a key
  value         text not null,              -- as it was told
  key           text not null,              -- as it is compared (src/customers/rules/identities.ts)
  added_by      uuid,
  added_by_name text not null,
  added_at      timestamptz not null,
  unique (customer_id, kind, source, key)
);
create index customer_identity_key on customer_identity (kind, key);
-- An account belongs to one customer; a phone or an e-mail may be shared by a family.
create unique index customer_identity_account on customer_identity (kind, source, key) where kind in ('mall_id', 'messenger');

-- What was changed on a customer, by whom and why; before and after hold only the fields that differ.
create table customer_change (
  id          uuid primary key,
  customer_id uuid not null references customer (id) on delete cascade,
  before      jsonb not null,
  after       jsonb not null,
  reason      text,
  by_id       uuid,
  by_name     text not null,
  at          timestamptz not null
);
create index customer_change_newest on customer_change (customer_id, at desc, id desc);

-- Consent to advertising by channel (정보통신망법 제50조); the newest of a channel counts.
create table customer_consent (
  id          uuid primary key,
  customer_id uuid not null references customer (id) on delete cascade,
  channel     text not null check (channel in ('sms', 'email', 'phone', 'kakao')),
  given       boolean not null,
  how         text not null,                -- how it was said: on the phone, in which form
  by_id       uuid,
  by_name     text not null,
  at          timestamptz not null
);
create index customer_consent_newest on customer_consent (customer_id, channel, at desc, id desc);

-- Two customers found to be one. Nothing moves: rows keep the customer that they came in for, so that taking it back is exact.
create table customer_merge (
  id          uuid primary key,
  from_id     uuid not null references customer (id) on delete cascade,
  into_id     uuid not null references customer (id) on delete cascade,
  reason      text not null,
  by_id       uuid,
  by_name     text not null,
  at          timestamptz not null,
  undone_at   timestamptz,
  undone_by_name text
);
create index customer_merge_from on customer_merge (from_id, at desc);
create index customer_merge_into on customer_merge (into_id, at desc);
