-- Malls where the company sells. The id is the mall's code in every key, order and link ('naver', '11st').
create table mall (
  id             text primary key,
  name_ko        text not null,
  name_en        text not null,
  short_ko       text not null,             -- two letters before a customer's name: 자사, 스스
  link           text not null check (link in ('full', 'orders', 'none')),
  admin_url      text,                      -- the mall's own admin, for what is done there by hand
  default_centre text not null,             -- centre that answers this mall unless somebody assigns otherwise
  answer_hours   integer,                   -- the mall's own deadline for an answer; null: none
  sort_no        integer not null
);

-- Sellers and makers (협력사). Times of day are Korean wall-clock.
create table partner (
  id             uuid primary key,
  code           text not null unique,      -- what orders and Excel files call it
  name           text not null,
  business_open  time not null,
  business_close time not null,
  order_cutoff   time not null,             -- orders paid until then leave the same business day
  contact_name   text not null,
  contact_phone  text not null,
  contact_email  text not null,
  md_email       text,                      -- account of the MD in charge
  needs_review   boolean not null default false, -- made by an import, the MD has not looked at it yet
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
create index partner_name on partner (name, id);

create table product (
  id             uuid primary key,
  sku            text not null unique,
  name           text not null,
  option_text    text,
  product_group  text not null,             -- 상품군
  brand          text,
  inventory_type text not null check (inventory_type in ('CONSIGN', 'DIRECT', 'FULFIL')),
  partner_id     uuid references partner (id),
  list_price_krw bigint not null check (list_price_krw >= 0),
  supply_cost_krw bigint,
  tax_kind       text not null default 'TAXABLE' check (tax_kind in ('TAXABLE', 'EXEMPT', 'ZERO')),
  returnability  text not null default 'NORMAL'
    check (returnability in ('NORMAL', 'CUSTOM_MADE', 'DIGITAL', 'PERISHABLE', 'SEALED')),
  status         text not null default 'on_sale' check (status in ('on_sale', 'paused', 'sold_out', 'ended')),
  needs_review   boolean not null default false,
  search_text    text not null default '',  -- normalised fields, see src/platform/search.ts
  search         tsvector not null default '',
  created_at     timestamptz not null,
  updated_at     timestamptz not null
);
create index product_name on product (name, id);
create index product_partner on product (partner_id, name, id);
create index product_search on product using gin (search) with (fastupdate = off);
