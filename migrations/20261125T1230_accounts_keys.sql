-- Keys that a person gave other places: a list of {layer, keys, to}, as in the contract.
alter table person add column hotkeys jsonb not null default '[]';
