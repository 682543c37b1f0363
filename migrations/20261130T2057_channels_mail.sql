-- Channels: how each is worked, the sources that bring messages, what came and what goes out.
create table channel_setting (
  channel        text primary key,
  enabled        boolean not null default true,
  hours          jsonb not null default '{}',   -- day of the week 1–7 → ["09:00", "18:00"]; absent: closed; {}: always open
  first_response jsonb not null default '{}',   -- {on, inHours, outOfHours}
  updated_at     timestamptz not null,
  updated_by     uuid
);

-- A mailbox and the like: how it stands, and up to where it was read.
create table channel_source (
  id             text primary key,              -- email:help@shop.example
  channel        text not null,
  mall           text not null,
  address        text not null,
  state          text not null check (state in ('off', 'connecting', 'ok', 'down', 'refused', 'blocked')),
  since          timestamptz not null,
  why            text,
  detail         text,                          -- what it said, short, without personal data
  last_ok_at     timestamptz,
  last_event_at  timestamptz,
  failures       integer not null default 0,
  resume_at      timestamptz,
  retry_asked_at timestamptz,
  cursor         jsonb,
  updated_at     timestamptz not null
);

-- A mail that came: once by its source's key. Without a ticket: a bounce, our own mail, or one that is put aside.
create table channel_mail (
  id            uuid primary key,
  source        text not null,
  key           text not null,
  kind          text not null check (kind in ('message', 'bounce', 'own')),
  ticket_id     uuid,
  message_id    uuid,                           -- of the ticket
  mail_id       text,                           -- Message-ID without brackets
  chain         text[] not null default '{}',   -- References
  threaded_by   text,
  sender        text,
  sender_name   text,
  reply_to      text,
  receivers     jsonb not null default '[]',
  quoted        text,
  html          text references file_blob (sha256),
  remote_images integer not null default 0,
  raw           text references file_blob (sha256),
  raw_bytes     integer not null,
  machine       text,
  problems      text[] not null default '{}',
  received_at   timestamptz not null,
  unique (source, key)
);
create index channel_mail_ticket on channel_mail (ticket_id);
create index channel_mail_sender on channel_mail (sender, received_at);

-- Message-IDs of all mails on a ticket, theirs and ours. The first that had an id keeps it.
create table channel_mail_id (
  mail_id   text primary key,
  ticket_id uuid not null
);

-- Files of messages; those of ours before their reply is written have no message.
create table channel_file (
  id         uuid primary key,
  ticket_id  uuid not null,
  message_id uuid,
  sha256     text not null references file_blob (sha256),
  name       text not null,
  position   integer not null,
  cid        text,
  inline     boolean not null default false,
  risk       text,
  added_by   uuid,
  created_at timestamptz not null
);
create index channel_file_ticket on channel_file (ticket_id);

-- What goes out, one row a recipient.
create table channel_delivery (
  id         uuid primary key,
  ticket_id  uuid not null,
  message_id uuid,                              -- null: an automatic first answer
  source     text not null,
  recipient  text not null,
  mail_id    text not null,
  state      text not null check (state in ('queued', 'sending', 'sent', 'failed')),
  automatic  boolean not null default false,
  text       text,                              -- of an automatic one
  attempts   integer not null default 0,
  next_at    timestamptz not null,
  claimed_at timestamptz,
  why        text,
  detail     text,
  sent_at    timestamptz,
  created_at timestamptz not null
);
create unique index channel_delivery_once on channel_delivery (message_id, recipient) where message_id is not null;
create index channel_delivery_due on channel_delivery (next_at) where state in ('queued', 'sending');
create index channel_delivery_mail on channel_delivery (mail_id);
create index channel_delivery_ticket on channel_delivery (ticket_id);
create index channel_delivery_automatic on channel_delivery (recipient, created_at) where automatic;
-- Answers that wait for their connector, those that were overlooked too.
create index ticket_message_queued on ticket_message (channel, created_at) where delivery = 'queued';
