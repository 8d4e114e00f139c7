-- A unit that has closed stays in history and in names; the one that goes on with its work is named.
alter table unit add column closed_on {text};
alter table unit add column followed_by {id} references unit (id);
