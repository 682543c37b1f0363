-- 본인 확인: which two facts or more somebody on the line said, who spoke, who heard it. Says which, never the facts.
create table identity_check (
  id              uuid primary key,
  customer_id     uuid not null references customer (id) on delete cascade,
  speaker         text not null check (speaker in ('orderer', 'recipient', 'proxy', 'gift_receiver', 'partner')),
  facts           text[] not null check (cardinality(facts) >= 2),
  checked_by      uuid,                     -- null: Haedap itself
  checked_by_name text not null,
  checked_at      timestamptz not null
);
create index identity_check_newest on identity_check (customer_id, checked_by, checked_at desc);
