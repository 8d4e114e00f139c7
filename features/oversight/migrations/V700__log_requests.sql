-- A client's request to know who has used her data (asiakastietolaki 703/2023 11 §): free, in writing, answered
-- within two months. older_reason: data over two years old is given only for a special reason.
create table log_request (
    id {id} primary key,
    client_id {id} not null references client (id),
    asked_on {text} not null,
    due_on {text} not null,
    received_at {int} not null,
    received_by {id} not null references staff (id),
    older_reason {text},
    state {text} not null check (state in ('open', 'answered', 'refused')),
    closed_at {int},
    closed_by {id} references staff (id),
    refusal_ground {text},
    refusal_text {text},
    check ((state = 'open') = (closed_at is null)),
    check (state <> 'refused' or (refusal_ground is not null and refusal_text is not null))
);
create index log_request_open on log_request (state, due_on);
create index log_request_client on log_request (client_id);
