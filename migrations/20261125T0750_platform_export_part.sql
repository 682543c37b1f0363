-- Files that jobs make for people to fetch, in parts of about 1 MB: in the database, so that each server process of a
-- cluster can hand them out. Kept for 7 days.
create table export_part (
  job_id bigint not null,
  part   integer not null check (part >= 0),
  text   text not null,
  primary key (job_id, part)
);
