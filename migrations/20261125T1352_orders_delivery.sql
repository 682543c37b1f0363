-- Parcels that have a waybill and have not arrived: what lists need, computed from parcel and tracking_step by
-- src/orders/rules/delivery, and when each becomes stuck if nothing happens. The job orders.watchDeliveries keeps it.
create table delivery (
  order_id    uuid not null references sales_order (id) on delete cascade,
  parcel_id   text not null,
  mall        text not null,
  partner_ids uuid[] not null default '{}',  -- of the lines in the parcel
  carrier     text not null,
  tracking_no text not null,
  region      text not null,
  state       text not null,
  waybill_at  timestamptz,
  shipped_at  timestamptz,
  last_kind   text,
  last_place  text,
  last_at     timestamptz,
  line        jsonb not null,                -- [{kind, at, place, state}]: waybill, pickup, transit, out, delivered
  expected_by timestamptz,                   -- 95th percentile of its lane; null: too few to say
  basis       jsonb,                         -- {level, n, p50Hours, p95Hours, thin}
  stuck_kind  text not null,
  stuck_at    timestamptz not null,          -- stuck from then on, by stuck_kind, unless it moves before
  checked_at  timestamptz,                   -- when a tracker last told of it
  problem     text,                          -- not_found: the carrier does not know the number
  primary key (order_id, parcel_id)
);
create index delivery_stuck on delivery (stuck_at, order_id, parcel_id);
create index delivery_kind on delivery (stuck_kind, stuck_at, order_id, parcel_id);
create index parcel_open on parcel (waybill_at) where tracking_no is not null and delivered_at is null;
create index parcel_delivered on parcel (delivered_at) where delivered_at is not null;

-- How long parcels took from first scan to delivery: how many took so many hours, by the KST day of their delivery.
create table delivery_transit (
  delivered_on date not null,
  carrier      text not null,
  region       text not null,
  weekday      smallint not null,            -- of the first scan, in Korea; 0 Sunday
  hours        smallint not null,
  parcels      integer not null,
  primary key (delivered_on, carrier, region, weekday, hours)
);
-- What is normal, out of the last eight weeks of it. region '' and weekday -1: all.
create table delivery_norm (
  carrier   text not null,
  region    text not null,
  weekday   smallint not null,
  n         integer not null,
  p50_hours smallint not null,
  p95_hours smallint not null,
  primary key (carrier, region, weekday)
);
create table delivery_state (
  one        boolean primary key default true check (one),
  counted_on date not null,                  -- days before it are counted
  up_to      timestamptz not null            -- the norms are true up to then
);
