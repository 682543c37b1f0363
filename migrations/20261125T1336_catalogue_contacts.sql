-- Who answers for goods on our own side: MDs by product group, logistics for what lies in our warehouse.
-- A partner's own contact stands in partner. Times of day are Korean wall-clock.
create table company_contact (
  email          text primary key,          -- account of the person
  kind           text not null check (kind in ('md', 'logistics')),
  name           text not null,
  phone          text not null,             -- hotline (직통)
  product_groups text[] not null default '{}', -- groups that it answers for; empty: all that nobody else does
  business_open  time not null default '09:00',
  business_close time not null default '18:00'
);
