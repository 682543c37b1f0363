-- Templates (템플릿): prepared answers in folders, each change a version of its own.
create table template_folder (
  id         uuid primary key,
  name       text not null unique,
  sort_no    integer not null,
  created_at timestamptz not null
);

create table template (
  id          uuid primary key,
  folder_id   uuid not null references template_folder (id),
  title       text not null,
  channels    text[],                    -- null: any
  malls       text[],                    -- null: all
  codes       text[] not null default '{}', -- VOC codes that it answers, with all below them
  version     integer not null,          -- the one in force
  used        integer not null default 0,
  last_used_at timestamptz,
  retired_at  timestamptz,
  created_at  timestamptz not null,
  updated_at  timestamptz not null
);
create index template_folder_of on template (folder_id);

create table template_version (
  template_id uuid not null references template (id) on delete cascade,
  version     integer not null,
  title       text not null,
  body        text not null,
  note        text,                      -- what changed, and why
  written_by  uuid not null,
  written_by_name text not null,
  from_ticket uuid,                      -- a proposal from a case that was handled well
  used        integer not null default 0,
  written_at  timestamptz not null,
  primary key (template_id, version)
);

-- Each use, so that what a version brought can be told later.
create table template_use (
  id          uuid primary key,
  template_id uuid not null references template (id) on delete cascade,
  version     integer not null,
  ticket_id   uuid not null,
  mall        text not null,
  centre      text not null,
  used_by     uuid not null,
  at          timestamptz not null
);
create index template_use_of on template_use (template_id, at desc);
create index template_use_ticket on template_use (ticket_id);

-- What somebody thinks is worth a template: a manager accepts it or not.
create table template_proposal (
  id           uuid primary key,
  ticket_id    uuid not null,
  mall         text not null,
  centre       text not null,
  title        text not null,
  body         text not null,
  reason       text,
  state        text not null check (state in ('open', 'accepted', 'declined')),
  template_id  uuid,                     -- what came of it
  proposed_by  uuid not null,
  proposed_by_name text not null,
  decided_by_name text,
  decision     text,                     -- why it was declined
  created_at   timestamptz not null,
  decided_at   timestamptz,
  check ((state = 'open') = (decided_at is null))
);
create index template_proposal_open on template_proposal (created_at desc, id desc) where state = 'open';
create index template_proposal_created on template_proposal (created_at desc, id desc);
