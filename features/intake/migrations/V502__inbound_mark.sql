-- How the contact came in: the door by which somebody made it, or that the worker who wrote it down began it. Rows from
-- before it was asked have none.
alter table contact add column inbound {text};
create index contact_inbound on contact (inbound, came_to_unit);
