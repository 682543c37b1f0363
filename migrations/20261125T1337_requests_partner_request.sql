-- Typed requests (협력사 요청) to whoever answers for a product: its partner, an MD, our logistics.
create sequence partner_request_number_seq;
create table partner_request (
  id              uuid primary key,
  number          bigint not null unique default nextval('partner_request_number_seq'),
  kind            text not null check (kind in ('dispatch_date', 'stock', 'defect_verdict', 'arrival', 'invoice_check', 'question')),
  state           text not null check (state in ('open', 'answered', 'withdrawn')),
  mall            text not null references mall (id),
  centre          text not null,
  partner_id      uuid,                     -- the partner that sees it: while it is addressed to the partner
  partner_since   timestamptz,              -- what was said before is not for the partner
  order_id        uuid,
  ticket_id       uuid,
  product_id      uuid not null,
  line_ids        text[] not null default '{}', -- lines of the order that it is about
  addressee       text not null check (addressee in ('partner', 'md', 'logistics')),
  addressee_email text,                     -- account of the MD or of logistics
  addressee_name  text not null,
  question        jsonb not null default '{}',
  answer          jsonb,
  answered_by     text,                     -- name of who answered, as it was then
  by_phone        boolean not null default false, -- an agent wrote down what was said on the phone
  answered_at     timestamptz,
  asked_by        uuid not null,
  asked_by_name   text not null,
  asked_at        timestamptz not null,     -- when it was asked last
  times_asked     integer not null default 1,
  remind_at       timestamptz not null,     -- half of the business hours that it has
  due_at          timestamptz not null,
  reminded_at     timestamptz,
  overdue_at      timestamptz,              -- when the passed due time was told
  escalated_to    text,                     -- account of the MD to whom it went when it was overdue
  seen_at         timestamptz,              -- when the asker saw the answer
  version         integer not null default 1,
  created_at      timestamptz not null,
  updated_at      timestamptz not null,
  check (order_id is not null or ticket_id is not null),
  check ((partner_id is null) = (partner_since is null))
);
-- What waits is a small part of all requests.
create index partner_request_open on partner_request (due_at, id) where state = 'open';
create index partner_request_updated on partner_request (updated_at desc, id desc);
create index partner_request_order on partner_request (order_id) where order_id is not null;
create index partner_request_ticket on partner_request (ticket_id) where ticket_id is not null;
create index partner_request_asked on partner_request (asked_by, updated_at desc, id desc);
create index partner_request_partner on partner_request (partner_id, updated_at desc, id desc) where partner_id is not null;

-- The three-way thread: what was said and what happened. The customer never sees it. Ids are UUIDv7.
create table partner_request_message (
  request_id  uuid not null references partner_request (id) on delete cascade,
  id          uuid not null,
  kind        text not null check (kind in ('asked', 'said', 'answered', 'asked_again', 'reopened', 'withdrawn', 'reassigned', 'reminded', 'overdue', 'escalated')),
  side        text not null check (side in ('agent', 'partner', 'md', 'logistics', 'system')),
  author_id   uuid,
  author_name text,
  body        text,
  facts       jsonb not null default '{}',  -- the answer, the new due time, to whom it went
  created_at  timestamptz not null,
  primary key (request_id, id)
);
