-- What needs two people beside tasks: a code that opens somebody's account, another identity code, and the end of
-- a declaration of a relative. Nothing of it counts before another person than who asked has approved it, and never
-- by the person it is about.
create table staff_request (
    id {int} primary key,
    kind {text} not null check (kind in ('invitation', 'identity_code', 'bar_withdrawal')),
    staff_id {id} not null references staff (id),
    login_name {text},
    identity_hash {blob},
    declaration_id {int} references relative_declaration (id),
    requested_at {int} not null,
    requested_by {id} not null references staff (id),
    decided_at {int},
    decided_by {id} references staff (id),
    approved {int} not null default 0,
    check (kind <> 'invitation' or login_name is not null),
    check (kind <> 'identity_code' or identity_hash is not null),
    check (kind <> 'bar_withdrawal' or declaration_id is not null),
    check (kind = 'bar_withdrawal' or requested_by <> staff_id),
    check (approved = 0 or (decided_by <> requested_by and decided_by <> staff_id))
);
create index staff_request_staff on staff_request (staff_id);

-- What an employee is told of her own keys and of her people. seen_at: she has said that she has read it.
create table staff_notice (
    id {int} primary key,
    staff_id {id} not null references staff (id),
    kind {text} not null,
    about_id {id} not null references staff (id),
    by_id {id} references staff (id),
    at {int} not null,
    seen_at {int}
);
create index staff_notice_staff on staff_notice (staff_id);

-- vouched_at: when two people, or the operator of the machine, last stood behind the login name. Only then the
-- county's directory may bind the account to one of its own names.
alter table account add column vouched_at {int};
-- The login name that the directory last told of the person: nobody else is given it.
alter table directory_identity add column login_name {text};
-- When the employee last said that the declared relatives are up to date (bar B02, yearly reminder).
alter table staff add column bars_confirmed_at {int};
-- When the owner fetched the secret of a token. Until then nobody knows one that opens it.
alter table api_token add column collected_at {int};
update api_token set collected_at = created_at;
