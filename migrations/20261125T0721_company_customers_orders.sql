create table customer (
  id          uuid primary key,
  name        text not null,
  phone       text,
  email       text,
  grade       text not null default 'basic' check (grade in ('basic', 'silver', 'gold', 'vip')),
  birth_year  integer,                      -- for age bands only
  malls       text[] not null default '{}', -- malls through which we know the customer
  points_krw  bigint not null default 0,
  memo        text,
  search_text text not null default '',
  search      tsvector not null default '',
  version     integer not null default 1,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index customer_created on customer (created_at desc, id desc);
create index customer_email on customer (email) where email is not null;
create index customer_search on customer using gin (search) with (fastupdate = off);

-- The order aggregate. Ids of lines, groups, benefits, tenders and parcels are those of the order ('A', 'g1', 't1').
create table sales_order (
  id               uuid primary key,
  mall             text not null references mall (id),
  mall_order_no    text not null,
  authority        text not null check (authority in ('SELF', 'MALL')),
  customer_id      uuid,
  ordered_at       timestamptz not null,
  paid_at          timestamptz,
  contract_doc_at  timestamptz,
  confirmed_at     timestamptz,
  orderer_name     text not null,
  orderer_phone    text,
  orderer_email    text,
  receiver_name    text not null,
  receiver_phone   text,
  receiver_phone2  text,
  receiver_postcode text,
  receiver_address text,
  receiver_memo    text,
  gift_order       boolean not null default false,
  total_krw        bigint not null,         -- lines − benefits + shipping = Σ tenders
  summary          text not null,           -- '램스울 라운드 니트 외 2건'
  stage            text not null check (stage in ('UNPAID', 'PAID', 'PREPARING', 'SHIPPED', 'DELIVERED', 'CONFIRMED', 'CANCELLED')),
  partner_ids      uuid[] not null default '{}',
  search_text      text not null default '',
  search           tsvector not null default '',
  version          integer not null default 1,
  created_at       timestamptz not null,
  updated_at       timestamptz not null,
  unique (mall, mall_order_no)
);
create index sales_order_ordered on sales_order (ordered_at desc, id desc);
create index sales_order_mall on sales_order (mall, ordered_at desc, id desc);
create index sales_order_customer on sales_order (customer_id, ordered_at desc);
-- What is still on its way, or unpaid: a small part of all orders.
create index sales_order_stage on sales_order (stage, ordered_at desc, id desc) where stage <> 'CONFIRMED';
create index sales_order_number on sales_order (mall_order_no text_pattern_ops);
create index sales_order_search on sales_order using gin (search) with (fastupdate = off);

create table shipping_group (
  order_id          uuid not null references sales_order (id) on delete cascade,
  id                text not null,
  fee_kind          text not null default 'CONDITIONAL' check (fee_kind in ('CONDITIONAL', 'PER_QTY', 'TIERED', 'COD')),
  base_fee_krw      bigint not null,
  free_threshold_krw bigint,                -- null: never free, 0: always free
  paid_krw          bigint not null,        -- after a shipping coupon
  remote_paid_krw   bigint not null default 0,
  return_fee_krw    bigint,                 -- null: not notified
  remote_return_krw bigint,
  exchange_fee_krw  bigint,
  primary key (order_id, id)
);

create table order_line (
  order_id       uuid not null references sales_order (id) on delete cascade,
  id             text not null,
  group_id       text not null,
  product_id     uuid,
  sku            text not null,
  name           text not null,
  option_text    text,
  list_price_krw bigint not null,
  qty            integer not null check (qty > 0),
  tax_kind       text not null default 'TAXABLE',
  inventory_type text not null,
  partner_id     uuid,
  returnability  text not null default 'NORMAL',
  supply_cost_krw bigint,
  raw_status     text,                      -- the mall's own word
  gift_of        text,
  primary key (order_id, id)
);

create table order_benefit (
  order_id     uuid not null references sales_order (id) on delete cascade,
  id           text not null,
  kind         text not null check (kind in ('PRODUCT', 'BUNDLE', 'PRODUCT_COUPON', 'ORDER_COUPON', 'TENDER_INSTANT',
                                             'SHIP_COUPON', 'FORCED', 'TENDER_BILLED')),
  name         text not null,
  amount_krw   bigint not null check (amount_krw >= 0),
  line_ids     text[] not null,
  tender_id    text,                        -- tied to this tender
  min_purchase_krw bigint not null default 0,
  funder       jsonb not null default '{}', -- {seller, platform, card} in percent
  expires_at   timestamptz,
  primary key (order_id, id)
);

create table order_tender (
  order_id       uuid not null references sales_order (id) on delete cascade,
  id             text not null,
  kind           text not null check (kind in ('CARD', 'EASYPAY', 'TRANSFER', 'VBANK', 'MOBILE', 'POINT', 'DEPOSIT',
                                               'GIFTCARD', 'CASH', 'MALL')),
  name           text not null,             -- '신한카드 일시불', '적립금'
  amount_krw     bigint not null check (amount_krw >= 0),
  partial_cancel text not null default 'YES' check (partial_cancel in ('YES', 'FULL_ONLY', 'NO')),
  instalments    integer,
  primary key (order_id, id)
);

create table parcel (
  order_id     uuid not null references sales_order (id) on delete cascade,
  id           text not null,
  group_id     text not null,
  purpose      text not null default 'ORDER' check (purpose in ('ORDER', 'REDELIVERY', 'SEND_BACK')),
  units        jsonb not null,              -- [{line, unitNos}]
  carrier      text,
  tracking_no  text,
  state        text not null check (state in ('PLANNED', 'PACKED', 'SHIPPED', 'DELIVERED', 'LOST', 'DAMAGED', 'REFUSED', 'RETURNED_TO_SENDER')),
  prepared_at  timestamptz,
  waybill_at   timestamptz,
  shipped_at   timestamptz,                 -- the carrier's first scan (집화), not the waybill
  delivered_at timestamptz,
  primary key (order_id, id)
);
create index parcel_tracking on parcel (tracking_no text_pattern_ops) where tracking_no is not null;

create table tracking_step (
  order_id  uuid not null references sales_order (id) on delete cascade,
  parcel_id text not null,
  seq       integer not null,
  at        timestamptz not null,
  kind      text not null,                  -- pickup, hub_in, hub_out, out_for_delivery, delivered, delayed
  place     text not null,
  note      text,
  primary key (order_id, parcel_id, seq)
);
