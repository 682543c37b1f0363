-- What an agent is asked of a product: is there stock, what did it cost then, what was promised with it, what is notified.
create table product_stock (
  product_id uuid primary key references product (id) on delete cascade,
  free       integer not null check (free >= 0),          -- 판매 가능 재고
  on_way     integer not null default 0 check (on_way >= 0), -- ordered from the maker, not arrived
  restock_on date,                                        -- when more is expected
  counted_at timestamptz not null,                        -- the age of these figures
  counted_by text not null                                -- person, 'partner' or 'import'
);
create table product_price (
  product_id     uuid not null references product (id) on delete cascade,
  since          timestamptz not null,
  list_price_krw bigint not null check (list_price_krw >= 0),
  primary key (product_id, since)
);
create table product_promotion (
  product_id   uuid not null references product (id) on delete cascade,
  starts_at    timestamptz not null,
  kind         text not null check (kind in ('promotion', 'broadcast', 'coupon')),
  name         text not null,
  ends_at      timestamptz not null check (ends_at > starts_at),
  benefit      text not null,                             -- in the words of the page: '15% 할인', '1+1', '방송 중 무료배송'
  discount_krw bigint,
  primary key (product_id, starts_at, kind)
);
-- 상품정보제공고시 (전자상거래법 §13②, 고시): [{label, text}] in the order of the notice.
alter table product add column notified jsonb not null default '[]';
