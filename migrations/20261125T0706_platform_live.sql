-- Wakes the relay after each commit that wrote events (PostgreSQL sends one notice a transaction).
create function wake_relay() returns trigger language plpgsql as $$
begin
  perform pg_notify('haedap_outbox', '');
  return null;
end $$;
create trigger wake_relay after insert on outbox for each statement execute function wake_relay();
