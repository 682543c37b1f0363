-- People, their sessions, second factors and API keys: the schema that better-auth 1.7 generates for
-- src/accounts/server/auth.ts (accounts.test.ts compares the two), with uuid ids and checks of our own.
create table person (
  id uuid primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  two_factor_enabled boolean default false,
  language text not null default 'ko' check (language in ('ko', 'en')),
  theme text not null default 'system' check (theme in ('light', 'dark', 'system')),
  -- Consecutive wrong passwords, and until when no password is tried any more.
  failed_sign_ins integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz
);
create index person_name_idx on person (name, id);

create table session (
  id uuid primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  person_id uuid not null references person (id) on delete cascade
);
create index session_person_id_idx on session (person_id);

create table credential (
  id uuid primary key,
  account_id text not null,
  provider_id text not null,
  person_id uuid not null references person (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null
);
create index credential_person_id_idx on credential (person_id);

create table verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier_idx on verification (identifier);

create table two_factor (
  id uuid primary key,
  secret text not null,
  backup_codes text not null,
  person_id uuid not null references person (id) on delete cascade,
  verified boolean,
  failed_verification_count integer,
  locked_until timestamptz
);
create index two_factor_secret_idx on two_factor (secret);
create index two_factor_person_id_idx on two_factor (person_id);

create table api_key (
  id uuid primary key,
  config_id text not null,
  name text,
  start text,
  person_id uuid not null references person (id) on delete cascade,
  prefix text,
  -- SHA-256 of the key, base64url: the key itself is shown once and kept nowhere.
  key text not null unique,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean,
  rate_limit_enabled boolean,
  rate_limit_time_window integer,
  rate_limit_max integer,
  request_count integer,
  remaining integer,
  last_request_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  -- JSON {room: [permission]}; null: all that its owner may.
  permissions text,
  metadata text
);
create index api_key_config_id_idx on api_key (config_id);
create index api_key_person_id_idx on api_key (person_id);

create table auth_rate_limit (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

create table company (
  id smallint primary key default 1 check (id = 1),
  name text not null,
  kind text not null check (kind in ('sample', 'real')),
  set_up_at timestamptz not null default now()
);

-- A consultation centre; its id is the short code that grants, tickets and calls carry.
create table centre (
  id text primary key check (id ~ '^[a-z0-9_-]{1,40}$'),
  name_ko text not null,
  name_en text not null,
  kind text not null check (kind in ('own', 'outsourced')),
  created_at timestamptz not null default now()
);

-- One role somewhere: null means all malls, centres or partners, a list only these.
create table role_grant (
  id uuid primary key,
  person_id uuid not null references person (id) on delete cascade,
  role text not null check (role in ('agent', 'senior_agent', 'shift_lead', 'manager', 'head', 'planner', 'md',
    'logistics', 'partner', 'admin')),
  malls text[],
  centres text[],
  partners text[],
  granted_by uuid,
  granted_at timestamptz not null default now(),
  check (role <> 'partner' or partners is not null)
);
create index role_grant_person_id_idx on role_grant (person_id);
create index role_grant_role_idx on role_grant (role);

-- Who a caller is stays in each process for 10 s (src/platform/auth.ts): these drop it at once.
create function tell_session_change() returns trigger language plpgsql as $$
declare
  changed jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
begin
  perform pg_notify('haedap_session', case when tg_table_name = 'person' then changed ->> 'id' else changed ->> 'person_id' end);
  return null;
end $$;

create trigger session_gone after delete on session for each row execute function tell_session_change();
create trigger session_changed after update on session for each row
  when (old.expires_at is distinct from new.expires_at or old.person_id <> new.person_id or old.token <> new.token)
  execute function tell_session_change();
create trigger api_key_gone after delete on api_key for each row execute function tell_session_change();
create trigger api_key_changed after update on api_key for each row
  when ((old.enabled, old.expires_at, old.permissions, old.person_id, old.key)
    is distinct from (new.enabled, new.expires_at, new.permissions, new.person_id, new.key))
  execute function tell_session_change();
create trigger role_grant_changed after insert or update or delete on role_grant
  for each row execute function tell_session_change();
create trigger person_gone after delete on person for each row execute function tell_session_change();
create trigger person_changed after update on person for each row
  when ((old.name, old.email, old.language, old.disabled_at) is distinct from (new.name, new.email, new.language, new.disabled_at))
  execute function tell_session_change();
