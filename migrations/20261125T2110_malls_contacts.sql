-- Whom to call about a mall: one for each matter (판매자 지원, 담당 MD, 정산, 시스템, 계약 택배사).
create table mall_contact (
  mall            text not null references mall (id),
  kind            text not null check (kind in ('seller_support', 'md', 'settlement', 'tech', 'carrier')),
  name            text not null,
  phone           text,
  email           text,
  note            text,
  updated_by_name text not null,
  updated_at      timestamptz not null,
  primary key (mall, kind),
  check (phone is not null or email is not null)
);
