-- Transfers (이관): a case handed on to a team, a department or a partner with a question and a due time.
create sequence transfer_number_seq;
create table transfer (
  id              uuid primary key,
  number          bigint not null unique default nextval('transfer_number_seq'),
  ticket_id       uuid not null,
  nth             integer not null,         -- the how manieth of its ticket
  mall            text not null references mall (id),
  centres         text[] not null,          -- those that see it: where it came from, where it goes to
  partner_id      uuid,                     -- the partner that is asked
  receiver        text not null check (receiver in ('team', 'department', 'partner')),
  to_centre       text,                     -- of a team
  to_role         text,                     -- of a team or a department
  to_person       uuid,                     -- somebody of the team or department who was named
  to_name         text not null,            -- as it was called then
  kind            text not null,
  question        text not null,
  state           text not null check (state in ('open', 'accepted', 'answered', 'sent_back', 'withdrawn')),
  ticket_number   bigint not null,          -- what a receiver may know of a case that it does not see
  ticket_subject  text not null,
  from_centre     text not null,
  from_assignee   uuid,                     -- who gets the case back
  sent_by         uuid not null,
  sent_by_name    text not null,
  sent_at         timestamptz not null,
  due_at          timestamptz not null,
  overdue_at      timestamptz,              -- when the passed due time was told
  accepted_by     uuid,
  accepted_by_name text,
  accepted_at     timestamptz,
  ended_at        timestamptz,
  acknowledged_by text,                     -- manager who looked at a third one
  applied_state   text,                     -- up to which state the ticket was moved
  version         integer not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check ((receiver = 'partner') = (partner_id is not null)),
  check ((receiver = 'team') = (to_centre is not null)),
  check ((receiver = 'partner') = (to_role is null)),
  check ((state in ('answered', 'sent_back', 'withdrawn')) = (ended_at is not null))
);
-- One at a time: a case is with one receiver.
create unique index transfer_one_live on transfer (ticket_id) where ended_at is null;
create index transfer_ticket on transfer (ticket_id, nth);
create index transfer_live on transfer (due_at, id) where ended_at is null;
create index transfer_updated on transfer (updated_at desc, id desc);
create index transfer_sent on transfer (sent_by, updated_at desc, id desc);
create index transfer_partner on transfer (partner_id, updated_at desc, id desc) where partner_id is not null;
create index transfer_third on transfer (updated_at desc, id desc) where nth >= 3 and acknowledged_by is null;

create table transfer_message (
  transfer_id uuid not null references transfer (id) on delete cascade,
  id          uuid not null,
  kind        text not null check (kind in ('sent', 'said', 'accepted', 'answered', 'sent_back', 'withdrawn', 'overdue')),
  side        text not null check (side in ('sender', 'receiver', 'system')),
  author_id   uuid,
  author_name text,
  body        text,
  created_at  timestamptz not null,
  primary key (transfer_id, id)
);
