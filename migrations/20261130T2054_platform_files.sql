-- Files of messages, uploads and evidence, by their content: the same logo in a thousand mails is kept once.
-- In the database: a file is there exactly when the message is that it hangs on, every process of a cluster has it,
-- and one back-up holds all.
create table file_blob (
  sha256     text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes      integer not null check (bytes between 0 and 45000000),
  mime       text not null,                  -- by its bytes, never by its name
  risk       text check (risk in ('program', 'script')),
  width      integer,                        -- of images that may be shown
  height     integer,
  kept_until timestamptz,                    -- null: something hangs on it; else removed then
  created_at timestamptz not null
);
create index file_blob_kept_until on file_blob (kept_until) where kept_until is not null;

create table file_part (
  sha256 text not null references file_blob (sha256) on delete cascade,
  part   integer not null,
  data   bytea not null,
  primary key (sha256, part)
);
-- What is packed already does not get smaller.
alter table file_part alter column data set storage external;

-- What a person sent and has not hung on anything yet.
create table file_upload (
  id          uuid primary key,
  sha256      text not null references file_blob (sha256) on delete cascade,
  name        text not null,
  uploaded_by uuid not null,
  created_at  timestamptz not null
);
create index file_upload_sha256 on file_upload (sha256);
