-- What people said of a mall's readiness list (개시 준비), its opening too: the newest of an item counts, all stay.
create table readiness_mark (
  id        uuid primary key,
  mall      text not null references mall (id),
  item      text not null,
  done      boolean not null,
  note      text,
  by_id     uuid,                         -- null: Haedap itself
  by_name   text not null,
  marked_at timestamptz not null
);
create index readiness_mark_newest on readiness_mark (mall, marked_at desc, id desc);
