-- Audit (G3). One row for each command and sign-in, written in its transaction.
create table audit_record (
  id           uuid primary key,            -- UUIDv7: sorts by time
  at           timestamptz not null,
  actor_kind   text not null check (actor_kind in ('user', 'key', 'system', 'anonymous')),
  actor_id     text not null,
  actor_name   text not null,
  session_id   text,
  ip           text,
  user_agent   text,
  request_id   text not null,
  operation    text not null,
  subject_id   text,                        -- the record it was about; `changes` names all of them
  changes      jsonb not null default '[]', -- [{event, subject, before, after}], personal data masked
  input        jsonb,                       -- as it came in, personal data masked
  outcome      text not null,               -- 'ok' or the code of the refusal
  content_hash text not null                -- SHA-256 over the canonical JSON of everything above
);
create index audit_record_actor on audit_record (actor_id, id);
create index audit_record_operation on audit_record (operation, id);
create index audit_record_subject on audit_record (subject_id, id) where subject_id is not null;
create index audit_record_changed on audit_record using gin (jsonb_path_query_array(changes, '$[*].subject'));

-- Records that the sealer has not linked yet: written with the record, taken out with its seal. A record that is
-- in neither this table nor audit_seal was put in behind Haedap's back.
create table audit_unsealed (
  record_id uuid primary key
);

-- The chain: hash = SHA-256 over seq, previous hash, record id, content hash and time of sealing.
create table audit_seal (
  seq           bigint primary key,
  record_id     uuid not null unique,
  previous_hash text not null,
  hash          text not null,
  sealed_at     timestamptz not null
);

-- Nothing in Haedap changes the past; a mistake that tries is stopped here.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete on audit_record
  for each statement execute function refuse_change();
create trigger append_only before update or delete on audit_seal
  for each statement execute function refuse_change();

-- Outbox: what happened, written with the change. The relay gives committed events their position.
create table outbox (
  id         uuid primary key,
  position   bigint,                        -- null until published
  event      text not null,                 -- <room>.<what_happened>
  subject_id text not null,
  data       jsonb not null default '{}',
  mall       text,
  centre     text,
  partner    text,
  at         timestamptz not null
);
create index outbox_unpublished on outbox (id) where position is null;
create unique index outbox_position on outbox (position);
create index outbox_at on outbox (at);

-- The first answer of a command with an Idempotency-Key.
create table idempotency_key (
  actor_id  text not null,
  operation text not null,
  key       text not null,
  body_hash text not null,
  status    integer,                        -- null while the first call runs
  response  jsonb,
  at        timestamptz not null,
  primary key (actor_id, operation, key)
);
create index idempotency_key_at on idempotency_key (at);

-- What the jobs screen shows of long jobs beyond graphile_worker's own tables, which forget a job when it is done.
create table job_run (
  job_id              bigint primary key,   -- graphile_worker's id
  name                text not null,
  state               text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
  progress            double precision not null default 0 check (progress between 0 and 1),
  note                text,
  requested_by        text,
  requested_by_name   text,
  cancel_requested_at timestamptz,
  cancel_requested_by text,
  result              jsonb,
  error               text,
  created_at          timestamptz not null,
  started_at          timestamptz,
  finished_at         timestamptz
);
create index job_run_finished on job_run (finished_at) where finished_at is not null;
