-- What arrived, moved or was tied to a client within a period, without reading everything that ever happened.
create index contact_arrived on contact (arrived_at);
create index holding_began on holding (began_at);
create index contact_link_linked on contact_link (linked_at);
