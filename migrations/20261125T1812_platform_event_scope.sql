-- Events of a record that several malls share (a customer), and events that concern one person only.
alter table outbox add column malls text[];
alter table outbox add column person text;
