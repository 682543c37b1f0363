-- What stood in a file's columns that no field reads, by heading, as text: the malls' own sheets for waybills ask for
-- some of it again. The newest file's rows of an order stand in the place of earlier ones.
create table order_file_row (
  order_id   uuid not null references sales_order (id) on delete cascade,
  row_no     integer not null,
  import_id  uuid not null,
  file_name  text not null,
  cells      jsonb not null,                -- {heading: text}
  at         timestamptz not null,
  primary key (order_id, row_no)
);
alter table order_import_order add column rest jsonb not null default '[]';  -- [{no, cells}]
