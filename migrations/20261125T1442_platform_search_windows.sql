-- Days since 2000-01-01 UTC, in ones, eights, 64s and 512s: in one GIN index with the words of a search, so that the
-- newest rows that have them are found without reading the rest (src/platform/search-sql.ts).
create function time_buckets(t timestamptz) returns integer[] immutable parallel safe language sql
  return (select array[d, 1000000 + d / 8, 2000000 + d / 64, 3000000 + d / 512]
            from (select floor(extract(epoch from t - timestamptz '2000-01-01 00:00+00') / 86400)::integer as d) as days);
drop index sales_order_search;
create index sales_order_search on sales_order using gin (search, time_buckets(ordered_at)) with (fastupdate = off);
drop index customer_search;
create index customer_search on customer using gin (search, time_buckets(created_at)) with (fastupdate = off);
