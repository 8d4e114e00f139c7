-- A worker's relations that run, without those that have ended: after some years she has ten times as many.
create index relation_until on relation (staff_id, kind, coalesce(ends_at, 9007199254740991), client_id, began_at);
-- Where the county's figures begin.
create index client_relation_began on client_relation (began_on);
