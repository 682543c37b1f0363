-- Merging and splitting point, they move nothing: each message stays where it was said, so that both can be taken back.
create index ticket_merged on ticket (merged_into) where merged_into is not null;
alter table ticket_message add column split_into uuid;   -- the ticket on which it is shown since a split
create index ticket_message_split on ticket_message (split_into, created_at) where split_into is not null;
-- The other ticket of a merge.
alter table ticket_change add column other_id uuid;
