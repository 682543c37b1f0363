-- The truth of the order aggregate: what has happened to an order, in its order. The tables below are what evolve() and
-- project() of src/orders/rules compute from it, written in the same transaction; `haedap orders check` compares.
-- No foreign key: the order's row follows from its events, not they from it.
create table order_event (
  order_id    uuid not null,
  seq         integer not null check (seq > 0),
  type        text not null,                -- order.imported, order.paid, parcel.shipped, ...
  payload     jsonb not null default '{}',  -- facts without personal data; of order.imported see src/orders/rules/packed-order.ts
  personal    jsonb,                        -- orderer, receiver, customs code: apart, so that they can be erased
  actor       text not null,                -- person, or 'system'
  at          timestamptz not null,         -- when it happened
  recorded_at timestamptz not null,         -- when Haedap learned of it
  key         text,                         -- idempotency: one event a key
  causation   text,                         -- request that caused it
  primary key (order_id, seq)
);
create unique index order_event_key on order_event (order_id, key) where key is not null;

alter table sales_order
  -- false: an order of a release without events; the job orders.adopt writes its order.imported from the tables
  add column has_events boolean not null default false,
  add column allocation jsonb,              -- frozen shares; null: each piece costs its price and one tender pays all
  add column unit_stages jsonb,             -- {"A.1": "CANCELLED"}: pieces whose stage does not follow from their parcel
  add column raw_status text,               -- the mall's word for the whole order
  add column note text,                     -- what the mall says of the order
  add column subscription jsonb,            -- {id, round} (정기배송)
  add column customs jsonb,                 -- {code, duties, returnCost} (해외직구)
  add column shipless_of text,              -- 기출하 원주문
  add column policy_version text;           -- of the mall's policy in force when it was ordered
alter table sales_order drop constraint sales_order_stage_check;
alter table sales_order add constraint sales_order_stage_check
  check (stage in ('UNPAID', 'PAID', 'PREPARING', 'SHIPPED', 'DELIVERED', 'CONFIRMED', 'CANCELLED', 'RETURNED'));
create index sales_order_without_events on sales_order (id) where not has_events;

-- Position: the order in which the mall named them; money is shared in that order.
alter table shipping_group
  add column position smallint not null default 0,
  add column per_count integer not null default 1,          -- PER_QTY: one fee for so many pieces
  add column fee_by text not null default 'AMOUNT' check (fee_by in ('QTY', 'AMOUNT')),
  add column steps jsonb,                                   -- TIERED: [{from, fee}]
  add column removal_fee_krw bigint not null default 0,     -- 철거비
  add column install_fee_krw bigint not null default 0,
  add column origin text,
  add column return_address text;
alter table order_line
  add column position smallint not null default 0,
  add column product_no text,               -- the mall's product number
  add column bundle_id text,
  add column notice_proof text;             -- proof of the measure of 전자상거래법 §17⑥
alter table order_benefit
  add column position smallint not null default 0,
  add column units jsonb,                   -- [{line, unitNos}] when it is not for whole lines
  add column restore_rule text,
  add column coupon_id text;
alter table order_tender
  add column position smallint not null default 0,
  add column refund_limit_at timestamptz,
  add column expires_at timestamptz,
  add column tax_free_krw bigint not null default 0,
  add column escrow boolean not null default false,
  add column cash_receipt_id text,
  add column pg_key text;
alter table parcel add column position smallint not null default 0;

-- What each mall lets Haedap do, verb by verb: {"cancel.accept": {"how", "verified", "note", "deepLink"}}.
alter table mall add column verbs jsonb not null default '{}';

-- An import finds customers by the digits of their phone.
create index customer_phone on customer (regexp_replace(phone, '[^0-9]', '', 'g')) where phone is not null;
