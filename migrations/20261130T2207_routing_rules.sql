-- Rules by which business inquiries go straight to the person in charge. A version is a whole list; one is in effect.
create table routing_version (
  version         integer primary key,
  rules           jsonb not null,          -- [{name, words, without, senders, malls, channels, person, tag}]
  note            text,
  written_by      uuid not null,
  written_by_name text not null,
  written_at      timestamptz not null,
  activated_at    timestamptz,
  activated_by_name text,
  ended_at        timestamptz              -- when another one took effect
);
create unique index routing_one_active on routing_version ((true)) where activated_at is not null and ended_at is null;

-- What a rule did with a contact, and why.
create table routing_hit (
  ticket_id   uuid primary key,
  version     integer not null,
  rule        text not null,
  why         text[] not null,             -- the words and senders that made it match
  person      uuid not null,
  person_name text not null,
  mall        text not null,
  centre      text not null,
  at          timestamptz not null
);
create index routing_hit_at on routing_hit (at desc, ticket_id desc);
