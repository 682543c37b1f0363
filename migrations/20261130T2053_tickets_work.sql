-- Who hears of a ticket besides its assignee.
create table ticket_watcher (
  ticket_id uuid not null references ticket (id) on delete cascade,
  person_id uuid not null,
  at        timestamptz not null,
  primary key (ticket_id, person_id)
);
create index ticket_watcher_person on ticket_watcher (person_id);

-- Who was called upon in a memo.
create table ticket_mention (
  ticket_id  uuid not null references ticket (id) on delete cascade,
  message_id uuid not null,
  person_id  uuid not null,
  at         timestamptz not null,
  seen_at    timestamptz,
  primary key (ticket_id, message_id, person_id)
);
create index ticket_mention_unseen on ticket_mention (person_id) where seen_at is null;

-- Who looks at a ticket or writes on it right now. It passes by itself and is lost with the server: no business state.
create unlogged table ticket_presence (
  ticket_id uuid not null,
  person_id uuid not null,
  name      text not null,
  state     text not null check (state in ('viewing', 'away', 'writing')),
  until     timestamptz not null,
  primary key (ticket_id, person_id)
);
create index ticket_presence_until on ticket_presence (until);

-- How long it was put off last, in minutes: again by one key.
alter table ticket add column snoozed_minutes integer;
create index ticket_snoozed on ticket (snoozed_until) where snoozed_until is not null;
create index ticket_follow_up on ticket (follow_up_on) where follow_up_on is not null and status <> 'solved';

-- Whether somebody takes contacts now; nobody has said yet: not.
create table agent_state (
  person_id uuid primary key,
  state     text not null check (state in ('ready', 'away')),
  reason    text,
  since     timestamptz not null
);
