-- One's own open tickets, and nobody's: listed and counted without reading what was solved.
create index ticket_open_assignee on ticket (assignee, updated_at desc, id desc) where status <> 'solved';
