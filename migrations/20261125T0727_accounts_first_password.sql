-- A password that an administrator was shown: its owner is asked to choose another.
alter table person add column must_change_password boolean not null default false;
