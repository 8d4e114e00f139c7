-- The client's history as it is shown: one row for each contact, matter, note or decision, put by the room that
-- owns the thing. The words are in the search index (store::search) under the same id.
-- object_kind and object_id tell the matter or contact that the thing belongs to, by which the gate decides; for
-- what belongs to none they are 'client' and the client's id. restricted: a class that is never opened outside
-- its service, and never shown here. hidden_at: voided, or moved elsewhere.

create table timeline_item (
    id {id} primary key not null,
    client_id {id} not null references client (id),
    at {int} not null,
    class {text} not null,
    kind {text} not null,
    service_task {text} not null,
    restricted {text},
    object_kind {text} not null,
    object_id {id} not null,
    language {text} not null,
    title {text} not null,
    body {text} not null,
    author {id} references staff (id),
    href {text} not null,
    hidden_at {int}
);
create index timeline_item_client on timeline_item (client_id, at);
create index timeline_item_at on timeline_item (at);
