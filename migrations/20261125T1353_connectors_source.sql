-- An outside system that Haedap asks: what state it is in, since when and why. All processes share it.
create table connector_source (
  id          text primary key,              -- tracker
  state       text not null check (state in ('off', 'ok', 'slow', 'limited', 'down', 'nonsense', 'refused')),
  since       timestamptz not null,
  why         text,                          -- code of src/connectors/contract.ts; null while ok
  detail      text,                          -- what it said, short, without personal data
  last_ok_at  timestamptz,
  last_at     timestamptz,
  failures    integer not null default 0,    -- in a row
  resume_at   timestamptz,                   -- nobody asks before then
  slow_streak integer not null default 0,
  updated_at  timestamptz not null
);

-- Parcels that the tracker is asked about, and when next.
create table tracker_parcel (
  order_id    uuid not null,
  parcel_id   text not null,
  mall        text not null,
  carrier     text not null,
  tracking_no text not null,
  waybill_at  timestamptz not null,
  next_at     timestamptz not null,
  asked_at    timestamptz,                   -- when a person last asked for it
  checked_at  timestamptz,
  answer_hash text,                          -- of the last answer that was recorded
  failures    integer not null default 0,
  primary key (order_id, parcel_id)
);
create index tracker_parcel_next on tracker_parcel (next_at);
