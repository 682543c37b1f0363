-- Malls whose contacts end with a VOC record (상담완료 때 VOC 필수); a mall without a row asks for none.
create table voc_requirement (
  mall       text primary key references mall (id),
  required   boolean not null,
  set_by_name text not null,
  set_at     timestamptz not null
);
create index voc_record_by on voc_record (recorded_by, recorded_at desc) where recorded_by is not null;
