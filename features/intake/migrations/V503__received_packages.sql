-- Packages of matters that other counties of the same house have sent here: kept as they came, each once. The contact that
-- was made of one is an ordinary contact.
create table county_inbox (
    id {id} primary key,
    from_county {text} not null,
    matter_number {text} not null,
    contact_id {id} not null references contact (id),
    package {text} not null,
    digest {blob} not null,
    received_at {int} not null
);
create unique index county_inbox_contact on county_inbox (contact_id);
