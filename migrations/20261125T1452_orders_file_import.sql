-- Import of order files. The file, its rows as read, and what each order would become; removed after three days, since
-- they hold personal data (job orders.tidyImports).
create table order_import (
  id                uuid primary key,
  name              text not null,
  state             text not null check (state in ('uploading', 'checking', 'needs_choice', 'checked', 'importing', 'done', 'failed')),
  bytes             bigint not null default 0,
  malls             text[],                 -- malls of whoever imports; null: all
  choices           jsonb not null default '{}',  -- preset, mall, state, mapping: what the person chose
  detected          jsonb,                  -- container, preset, headings, proposal, asks
  problem           jsonb,                  -- {code, about} of the whole file
  counts            jsonb not null default '{}',
  job_id            bigint,
  requested_by      text not null,
  created_at        timestamptz not null,
  updated_at        timestamptz not null
);
create index order_import_person on order_import (requested_by, created_at desc);

-- The bytes of the file ('file'), and of the workbook of failed rows ('failed').
create table order_import_part (
  import_id uuid not null references order_import (id) on delete cascade,
  kind      text not null check (kind in ('file', 'failed')),
  part      integer not null,
  bytes     bytea not null,
  primary key (import_id, kind, part)
);

-- Rows as read: they are gathered into orders by their key, in constant memory. Unlogged: made again from the file.
create unlogged table order_import_row (
  import_id uuid not null,
  row_no    integer not null,
  order_key text not null,
  facts     text not null,
  primary key (import_id, order_key, row_no)
);

create table order_import_order (
  import_id     uuid not null references order_import (id) on delete cascade,
  seq           integer not null,
  mall          text not null,
  mall_order_no text not null,
  row_nos       integer[] not null,
  outcome       text not null check (outcome in ('new', 'changed', 'unchanged')),
  changes       jsonb not null default '[]',
  content       text not null,              -- the Order of api.md
  unknown_skus  text[] not null default '{}',
  primary key (import_id, seq)
);

create table order_import_problem (
  import_id uuid not null references order_import (id) on delete cascade,
  row_no    integer not null,
  order_no  text,
  code      text not null,
  about     text,
  seen      text,
  primary key (import_id, row_no)
);

-- How a company reads files of a kind that no preset knows: by the set of their headings.
create table order_import_mapping (
  headings   text primary key,              -- sha-256 of the sorted headings
  mapping    jsonb not null,
  mall       text,
  updated_by text not null,
  updated_at timestamptz not null
);
