-- Who works where. A unit always has a lead, so a duty holder can always be named (invariant I1).
create table unit (
    id {id} primary key,
    code {text} not null unique,
    kind {text} not null check (kind in ('advice', 'social_work', 'centre')),
    name_fi {text} not null,
    name_sv {text} not null,
    name_en {text} not null,
    phone {text},
    lead_id {id} not null
);

-- Which unit answers for a municipality's contacts. One unit a municipality.
create table unit_municipality (
    municipality_code {text} primary key,
    unit_id {id} not null references unit (id)
);
create index unit_municipality_unit on unit_municipality (unit_id);

-- tasks and qualifications are space-separated codes of the rights table.
create table staff (
    id {id} primary key,
    name {text} not null,
    sort_key {text} not null,
    title {text} not null,
    tasks {text} not null,
    qualifications {text} not null,
    unit_id {id} not null references unit (id),
    began_on {text} not null,
    ended_on {text},
    demo_role {text} unique
);
create index staff_unit on staff (unit_id);

create table absence (
    staff_id {id} not null references staff (id),
    begins_on {text} not null,
    ends_on {text} not null,
    primary key (staff_id, begins_on),
    check (begins_on <= ends_on)
);

-- Duty list (vuorolista). Outside its shifts the unit's lead is the duty holder.
create table duty (
    id {id} primary key,
    unit_id {id} not null references unit (id),
    staff_id {id} not null references staff (id),
    begins_at {int} not null,
    ends_at {int} not null,
    check (begins_at < ends_at)
);
create index duty_unit_time on duty (unit_id, begins_at);

-- token_hash: the session token itself is only in the user's cookie.
create table session (
    token_hash {blob} primary key,
    staff_id {id} not null references staff (id),
    began_at {int} not null,
    seen_at {int} not null,
    ended_at {int},
    choices {text} not null
);
create index session_staff on session (staff_id);
