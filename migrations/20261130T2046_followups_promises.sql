-- When a centre answers, Korean wall-clock on business days: due times of what it promised count in it.
alter table centre add column opens time not null default '09:00', add column closes time not null default '18:00';

-- A reply promised (회신 약속) on a ticket: by when, through what. Kept is what was really said to the customer.
create table reply_promise (
  id               uuid primary key,
  ticket_id        uuid not null,
  mall             text not null references mall (id),
  centre           text not null,
  customer_id      uuid not null,
  channel          text not null,
  note             text,
  state            text not null check (state in ('open', 'kept', 'late', 'broken', 'withdrawn')),
  owner            uuid not null,            -- who has to keep it: the ticket's assignee
  owner_name       text not null,
  cover            uuid,                     -- the shift lead to whom it went while its owner is off
  cover_name       text,
  promised_by      uuid not null,
  promised_by_name text not null,
  promised_at      timestamptz not null,
  remind_at        timestamptz not null,
  due_at           timestamptz not null,
  broken_at        timestamptz not null,     -- from here on nothing keeps it any more, not even late
  reminded_at      timestamptz,
  overdue_at       timestamptz,              -- when the passed due time was told
  moved            integer not null default 0, -- how often the customer agreed to another time
  answered_at      timestamptz,              -- when the customer really heard of us
  answered_by      text check (answered_by in ('message', 'call')),
  settled_at       timestamptz,
  reason           text,                     -- why it was withdrawn
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check ((state = 'open') = (settled_at is null)),
  check ((cover is null) = (cover_name is null))
);
create unique index reply_promise_one_open on reply_promise (ticket_id) where state = 'open';
create index reply_promise_ticket on reply_promise (ticket_id);
create index reply_promise_open on reply_promise (due_at, id) where state = 'open';
create index reply_promise_owner on reply_promise (owner, due_at, id) where state = 'open';
create index reply_promise_cover on reply_promise (cover, due_at, id) where state = 'open' and cover is not null;
create index reply_promise_settled on reply_promise (settled_at desc, id desc) where settled_at is not null;

-- A call-back (콜백): we call the customer, once or several times.
create table call_back (
  id               uuid primary key,
  ticket_id        uuid,
  mall             text not null references mall (id),
  centre           text not null,
  customer_id      uuid not null,
  phone            text not null,
  about            text not null,
  asked_by         text not null check (asked_by in ('customer', 'agent')),
  state            text not null check (state in ('open', 'done', 'given_up')),
  wanted_from      timestamptz,
  wanted_until     timestamptz,
  due_at           timestamptz not null,     -- when to call next
  attempts         integer not null default 0, -- 부재 1·2·3차: attempts without an answer
  claimed_by       uuid,
  claimed_by_name  text,
  claimed_at       timestamptz,
  due_told_at      timestamptz,
  reason           text,                     -- why it was given up
  ended_at         timestamptz,
  created_by_name  text not null,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  check ((state = 'open') = (ended_at is null)),
  check ((claimed_by is null) = (claimed_by_name is null))
);
create index call_back_open on call_back (due_at, id) where state = 'open';
create index call_back_claimed on call_back (claimed_by, due_at, id) where state = 'open' and claimed_by is not null;
create index call_back_ended on call_back (ended_at desc, id desc) where ended_at is not null;
create index call_back_ticket on call_back (ticket_id) where ticket_id is not null;

-- A call that was really made: for a call-back or for a promise.
create table call_attempt (
  id           uuid primary key,
  call_back_id uuid references call_back (id) on delete cascade,
  promise_id   uuid references reply_promise (id) on delete cascade,
  mall         text not null,
  centre       text not null,
  outcome      text not null check (outcome in ('reached', 'no_answer', 'busy', 'phone_off', 'wrong_number')),
  note         text,
  by_id        uuid not null,
  by_name      text not null,
  at           timestamptz not null,
  check ((call_back_id is null) <> (promise_id is null))
);
create index call_attempt_call_back on call_attempt (call_back_id, at) where call_back_id is not null;
create index call_attempt_promise on call_attempt (promise_id, at) where promise_id is not null;
