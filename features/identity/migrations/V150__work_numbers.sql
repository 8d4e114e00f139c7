-- A worker's own number at work, told to clients; the unit's number is told when there is none.
alter table staff add column phone {text};
