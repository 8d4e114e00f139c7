-- The client flow reads a month of a whole county: what it counts is in the indexes, and no row is read.
drop index matter_made;
create index matter_made on matter (made_at, holder_unit, first_taken_at, id);
drop index matter_holding_began;
create index matter_holding_began on matter_holding (began_at, matter_id, unit_id, id);
create index matter_holding_ended on matter_holding (matter_id, ended_at, unit_id, id);
create index matter_holding_people on matter_holding (matter_id, staff_id) where kind = 'person';
