create sequence ticket_number_seq;
create table ticket (
  id               uuid primary key,
  number           bigint not null unique default nextval('ticket_number_seq'),
  subject          text not null,
  status           text not null check (status in ('new', 'open', 'pending', 'hold', 'solved')),
  priority         text not null default 'normal' check (priority in ('low', 'normal', 'high', 'urgent')),
  channel          text not null check (channel in ('phone', 'email', 'chat', 'form', 'kakao', 'talktalk', 'sns', 'board', 'manual')),
  mall             text not null references mall (id),
  centre           text not null,
  customer_id      uuid not null,
  order_id         uuid,
  product_id       uuid,
  partner_id       uuid,
  assignee         uuid,                    -- person; no key across rooms
  tags             text[] not null default '{}',
  waiting_since    timestamptz,             -- since when the customer waits for our answer; null: nobody waits
  answer_due_at    timestamptz,             -- the mall's own deadline
  first_replied_at timestamptz,
  solved_at        timestamptz,
  search_text      text not null default '',
  search           tsvector not null default '',
  version          integer not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null
);
create index ticket_updated on ticket (updated_at desc, id desc);
create index ticket_mall on ticket (mall, updated_at desc, id desc);
create index ticket_assignee on ticket (assignee, updated_at desc, id desc);
create index ticket_open on ticket (updated_at desc, id desc) where status <> 'solved';
create index ticket_waiting on ticket (waiting_since, id) where waiting_since is not null;
create index ticket_customer on ticket (customer_id, created_at desc);
create index ticket_tags on ticket using gin (tags);
create index ticket_search on ticket using gin (search) with (fastupdate = off);

-- Ids are UUIDv7, so that the key gives a ticket's messages in their order.
create table ticket_message (
  ticket_id   uuid not null references ticket (id) on delete cascade,
  id          uuid not null,
  kind        text not null check (kind in ('inbound', 'outbound', 'note', 'call_note', 'partner', 'event')),
  channel     text not null,
  author_id   uuid,                         -- person of ours; null: the customer, or Haedap itself
  author_name text,                         -- staff or partner; a customer's name stands in customer
  body        text not null,
  delivery    text check (delivery in ('queued', 'sent', 'failed')), -- of outbound ones: how far it got
  created_at  timestamptz not null,
  primary key (ticket_id, id)
);

create table phone_call (
  id            uuid primary key,
  mall          text not null references mall (id),
  centre        text not null,
  line          text not null check (line in ('order', 'general')),
  direction     text not null check (direction in ('in', 'out')),
  customer_id   uuid,
  caller_phone  text not null,
  agent         uuid,
  ticket_id     uuid,
  outcome       text not null check (outcome in ('ringing', 'answered', 'abandoned', 'transferred', 'no_answer')),
  offered_at    timestamptz not null,
  answered_at   timestamptz,
  ended_at      timestamptz,
  wait_ms       bigint not null default 0,
  talk_ms       bigint not null default 0,
  hold_ms       bigint not null default 0,
  after_call_ms bigint not null default 0,
  search_text   text not null default '',
  search        tsvector not null default ''
);
create index phone_call_offered on phone_call (offered_at desc, id desc);
create index phone_call_agent on phone_call (agent, offered_at desc, id desc);
create index phone_call_customer on phone_call (customer_id, offered_at desc);
create index phone_call_ticket on phone_call (ticket_id) where ticket_id is not null;
create index phone_call_search on phone_call using gin (search) with (fastupdate = off);

-- The tree of reasons (상담유형), three levels; a code that was used is retired, never deleted.
create table voc_code (
  code       text primary key,
  parent     text references voc_code (code),
  level      integer not null check (level between 1 and 3),
  name_ko    text not null,
  name_en    text not null,
  department text,
  attribute  text,
  simple     boolean not null default false, -- answerable without an agent
  priority   text,
  definition text,
  sort_no    integer not null,
  created_at timestamptz not null,
  retired_at timestamptz
);

create table voc_record (
  id          uuid primary key,
  ticket_id   uuid not null,
  call_id     uuid,
  mall        text not null,
  centre      text not null,
  channel     text not null,
  customer_id uuid,
  order_id    uuid,
  product_id  uuid,
  partner_id  uuid,
  code        text not null references voc_code (code),
  attribute   text,
  department  text,
  result      text,                          -- 처리유형
  urgent      boolean not null default false,
  repeat      boolean not null default false, -- computed: same customer, same code, within 90 days
  memo        text,
  recorded_by uuid,
  recorded_at timestamptz not null
);
create index voc_record_at on voc_record (recorded_at desc, id desc);
create index voc_record_code on voc_record (code, recorded_at desc, id desc);
create index voc_record_ticket on voc_record (ticket_id);
create index voc_record_customer on voc_record (customer_id, code, recorded_at desc);

-- How the sample company was made; empty in a real one.
create table sample_company (
  id         integer primary key default 1 check (id = 1),
  seed       bigint not null,
  scale      double precision not null,
  ends_at    timestamptz not null,
  incidents  jsonb not null,                 -- what was planted, for whoever checks that analysis finds it
  measures   jsonb not null default '{}',    -- what the generator measured of itself
  password   text not null,                  -- of all its made-up people; told at each start
  loaded_at  timestamptz not null default now()
);
