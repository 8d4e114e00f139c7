-- Tokens of machine clients. The secret itself is shown once and kept nowhere: secret_hash is its digest.
-- A token works between approved_at and expires_at, until it is revoked, while its owner is in service.
-- scopes and addresses are space-separated; empty addresses mean any.
create table api_token (
    id {id} primary key,
    name {text} not null,
    owner_id {id} not null references staff (id),
    acts_for {id} references staff (id),
    secret_hash {blob} not null unique,
    scopes {text} not null,
    addresses {text} not null,
    created_at {int} not null,
    created_by {id} not null references staff (id),
    expires_at {int} not null,
    approved_at {int},
    approved_by {id} references staff (id),
    revoked_at {int},
    revoked_by {id} references staff (id),
    last_used_at {int},
    check (approved_by is null or approved_by <> created_by)
);
create index api_token_owner on api_token (owner_id);
