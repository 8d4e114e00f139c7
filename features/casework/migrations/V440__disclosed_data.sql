-- What of each client went to another county: the client may ask to whom her data was given, what, and on what
-- ground (703/2023 11 §). Sets are the codes of the package's parts, a space between; empty for packages that are
-- older than this table, whose content tells.
create table county_outbox_client (
    outbox_id {id} not null references county_outbox (id),
    client_id {id} not null references client (id),
    sets {text} not null,
    primary key (outbox_id, client_id)
);
create index county_outbox_client_client on county_outbox_client (client_id);
insert into county_outbox_client (outbox_id, client_id, sets)
    select distinct o.id, m.client_id, ''
    from county_outbox o join matter_client m on m.matter_id = o.matter_id
    where m.joined_at <= o.made_at and (m.left_at is null or m.left_at >= o.made_at);
