-- Requests that a program may repeat. key_hash is a digest of the token and of the key it gave, request_digest of
-- what it asked. The answers hold ids and no client data, so that this table is no second register of clients.
-- Rows are forgotten after two days.
create table api_request (
    key_hash {blob} primary key,
    request_digest {blob} not null,
    token_id {id} not null references api_token (id),
    status {int} not null,
    location {text} not null,
    answer {text} not null,
    subject {id} not null,
    created_at {int} not null
);
create index api_request_created_at on api_request (created_at);
