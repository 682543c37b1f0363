-- What a message of a channel carries beyond its text, and how far one of ours got.
alter table ticket_message
  add column said_at    timestamptz,             -- when the source says that it was said; null: as it came in
  add column thanks     boolean not null default false, -- says nothing but thanks: changes no state
  add column send_after timestamptz,             -- of ours: until then it can be taken back
  add column sent_at    timestamptz,
  add column failure    text,                    -- why it could not be delivered
  add column settled_at timestamptz,             -- a failed one: since when it is sent again or let be
  add column attempt_of uuid;                    -- the failed message that this one says again
alter table ticket_message drop constraint ticket_message_delivery_check;
alter table ticket_message add constraint ticket_message_delivery_check
  check (delivery in ('queued', 'sent', 'failed', 'cancelled'));
-- What stays in its writer's list until it is dealt with.
create index ticket_message_failed on ticket_message (author_id) where delivery = 'failed' and settled_at is null;

alter table ticket
  add column status_since  timestamptz,         -- null: since the last change
  add column snoozed_until timestamptz,
  add column follow_up_on  date,                 -- the day, in Korea, on which somebody looks again
  add column merged_into   uuid references ticket (id);

-- Each message of an outside source once, by the source's own key.
create table ticket_receipt (
  source     text not null,
  key        text not null,
  ticket_id  uuid,                                -- null while the first one is being filed
  message_id uuid,
  at         timestamptz not null,
  primary key (source, key)
);
create index ticket_receipt_ticket on ticket_receipt (ticket_id);

-- Tickets that belong together; one row each way.
create table ticket_link (
  ticket_id uuid not null references ticket (id) on delete cascade,
  other_id  uuid not null references ticket (id) on delete cascade,
  kind      text not null check (kind in ('related', 'follow_up', 'followed', 'split_off', 'split_from')),
  linked_by uuid,
  at        timestamptz not null,
  primary key (ticket_id, other_id)
);

-- What changed, field by field, with each version of a ticket: history, and what an undo gives back.
create table ticket_change (
  ticket_id  uuid not null references ticket (id) on delete cascade,
  version    integer not null,
  event      text not null,
  actor_id   uuid,
  actor_name text not null,
  at         timestamptz not null,
  before     jsonb not null,
  after      jsonb not null,
  bulk_id    uuid,
  undone_by  integer,                             -- version that took it back
  primary key (ticket_id, version)
);
create index ticket_change_bulk on ticket_change (bulk_id) where bulk_id is not null;

-- How a channel is worked: until when a solved ticket opens again, how long a reply can be taken back, when a ticket
-- that waits for the customer is closed.
create table ticket_channel_rule (
  channel         text primary key,
  reopen_days     integer not null check (reopen_days between 0 and 365),
  hold_seconds    integer not null check (hold_seconds between 0 and 60),
  auto_close_days integer check (auto_close_days between 1 and 60)
);
insert into ticket_channel_rule (channel, reopen_days, hold_seconds, auto_close_days) values
  ('phone', 7, 0, null), ('email', 14, 10, 5), ('chat', 1, 0, 1), ('form', 14, 10, 5), ('kakao', 3, 0, 2),
  ('talktalk', 3, 0, 2), ('sns', 7, 0, 3), ('board', 7, 0, 5), ('manual', 7, 0, null);
