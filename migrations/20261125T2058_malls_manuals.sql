-- How something is done in a mall's own admin: text with pictures, by what is done; each save is a version.
create table mall_manual (
  mall        text not null references mall (id),
  topic       text not null,
  version     integer not null check (version > 0),
  body        text not null,
  author_id   uuid,                       -- null: Haedap itself
  author_name text not null,
  created_at  timestamptz not null,
  primary key (mall, topic, version)
);
create table mall_picture (
  id          uuid primary key,
  mall        text not null references mall (id),
  mime        text not null check (mime in ('image/png', 'image/jpeg', 'image/webp')),
  bytes       bytea not null,
  author_name text not null,
  created_at  timestamptz not null
);
create index mall_picture_mall on mall_picture (mall);
-- What is said and done on a mall's order number and on its general number (회선 시나리오).
create table mall_line (
  mall            text not null references mall (id),
  line            text not null check (line in ('order', 'general')),
  number          text,                   -- null: this line does not exist
  opens           time not null,
  closes          time not null,
  greeting        text not null,
  steps           text not null,
  version         integer not null check (version > 0),
  updated_by_name text not null,
  updated_at      timestamptz not null,
  primary key (mall, line)
);
