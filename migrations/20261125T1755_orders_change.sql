-- 주문 변경: what was asked to be changed before dispatch, by whom, whose yes it needs, and what came of it. What it did to
-- the order is an event of the order; the columns below are what those events make.
alter table sales_order
  add column desired_on date,               -- 지정일
  add column hold_reason text,              -- 출고보류: null when nothing is held
  add column held_at timestamptz;

-- Until when an order of the day leaves our own warehouse (출고 마감). Partners have theirs in order_cutoff.
alter table mall add column order_cutoff time not null default '14:00';

create table order_change (
  id          uuid primary key,
  order_id    uuid not null,
  kind        text not null check (kind in ('RECIPIENT', 'NOTE', 'OPTION', 'DATE', 'HOLD', 'RELEASE')),
  state       text not null check (state in ('ASKED', 'DONE', 'REFUSED', 'WITHDRAWN')),
  line_id     text,                         -- OPTION: the line
  before      jsonb not null default '{}',  -- only what differs, without personal data
  after       jsonb not null default '{}',
  personal    jsonb,                        -- {before, after} of the recipient: apart, so that it can be erased
  partner_ids uuid[] not null default '{}', -- partners whose yes it needs: they see it
  needs       text[] not null default '{}', -- all whose yes it needs: partners by id, 'warehouse'
  answers     jsonb not null default '{}',  -- {need: {yes, by, byPhone, note, at}}
  wisher      text not null check (wisher in ('customer', 'company')),
  reason      text,
  remote_fee_waived boolean not null default false, -- the company bears the extra fee of a remote address
  deadline_at timestamptz,                  -- cut-off when it was asked
  asked_by    uuid not null,
  asked_by_name text not null,
  asked_at    timestamptz not null,
  settled_at  timestamptz,
  settled_by_name text
);
create index order_change_order on order_change (order_id, id desc);
create index order_change_asked on order_change (asked_at, id) where state = 'ASKED';

-- A question to a partner or the warehouse about such a change: its answer settles the change.
alter table partner_request
  add column change_id uuid,
  add column change_who text;               -- whose yes: a partner by its id, 'warehouse'
alter table partner_request drop constraint partner_request_kind_check;
alter table partner_request add constraint partner_request_kind_check
  check (kind in ('dispatch_date', 'stock', 'defect_verdict', 'arrival', 'invoice_check', 'question', 'order_change'));
create unique index partner_request_change on partner_request (change_id, change_who) where change_id is not null;
