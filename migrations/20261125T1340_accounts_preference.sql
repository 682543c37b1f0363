-- What a person's screens remember wherever they sign in: columns of lists, filters, open case tabs, drafts. A row a
-- thing, so that two windows don't overwrite each other's.
create table person_preference (
  person_id  uuid not null references person (id) on delete cascade,
  name       text not null,
  value      jsonb not null,
  updated_at timestamptz not null,
  primary key (person_id, name)
);
