-- Saved views of the queue: filters with a name, for oneself, a centre or everybody.
create table ticket_view (
  id         uuid primary key,
  name       text not null,
  owner      uuid not null,
  shared     text not null check (shared in ('own', 'centre', 'company')),
  centres    text[],                              -- of its owner, where it is shared with them; null: all
  filter     jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index ticket_view_owner on ticket_view (owner);

-- One change of many tickets, with a line for each.
create table ticket_bulk (
  id                uuid primary key,
  change            jsonb not null,
  requested_by      uuid not null,
  requested_by_name text not null,
  state             text not null check (state in ('running', 'done', 'cancelled', 'undoing', 'undone')),
  total             integer not null,
  created_at        timestamptz not null
);
create table ticket_bulk_row (
  bulk_id   uuid not null references ticket_bulk (id) on delete cascade,
  seq       integer not null,
  ticket_id uuid not null,
  number    bigint not null,
  outcome   text check (outcome in ('changed', 'unchanged', 'refused', 'undone', 'kept')),
  why       text,                                 -- code of the refusal
  version   integer,                              -- that the change made
  primary key (bulk_id, seq)
);
create index ticket_bulk_waiting on ticket_bulk_row (bulk_id, seq) where outcome is null;

-- How a centre's contacts find their agent.
create table ticket_assignment (
  centre    text primary key references centre (id),
  mode      text not null check (mode in ('manual', 'round_robin', 'load')),
  most_open integer not null check (most_open between 1 and 500)
);
-- What an agent may be given; null: all that their role reaches.
create table agent_skill (
  person_id uuid primary key,
  malls     text[],
  channels  text[],
  most_open integer check (most_open between 1 and 500)
);
alter table agent_state add column last_assigned_at timestamptz;

create index ticket_quiet on ticket (coalesce(status_since, updated_at)) where status = 'pending';
