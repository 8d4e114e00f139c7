-- A contact becomes a client's: whose it is, and the matter it led to. Kept apart from the contact's own row, so that
-- what came in stays as it came in. Linked once; another client is another link, and the old one stays readable.
create table contact_link (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    client_id {id} not null references client (id),
    matter_id {id} references matter (id),
    linked_at {int} not null,
    linked_by {id} references staff (id),
    ended_at {int}
);
create unique index contact_link_open on contact_link (contact_id) where ended_at is null;
create index contact_link_client on contact_link (client_id, ended_at);
