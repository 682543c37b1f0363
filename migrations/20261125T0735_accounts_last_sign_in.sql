-- When somebody last signed in: accounts that nobody uses are found and disabled.
alter table person add column last_sign_in_at timestamptz;
