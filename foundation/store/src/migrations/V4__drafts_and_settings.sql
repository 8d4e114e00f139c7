-- Text that somebody is writing, saved within five seconds (invariant I3).
create table draft (
    owner {id} not null,
    form_key {text} not null,
    body {text} not null,
    saved_at {int} not null,
    primary key (owner, form_key)
);

-- What the county has chosen, as JSON by key.
create table setting (
    key {text} primary key not null,
    value {text} not null,
    changed_at {int} not null
);
