-- All operations of a room are found by `like 'room.%'`, which uses an index in every collation only with this class.
drop index audit_record_operation;
create index audit_record_operation on audit_record (operation text_pattern_ops, id);
