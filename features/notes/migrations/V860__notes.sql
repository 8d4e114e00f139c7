-- Notes (asiakaskertomus, 703/2023 44 §). The text is a document of the room of documents; here stands what lists need
-- to know of it, and what follows from it.
create table note (
    document_id {id} primary key references document (id),
    -- made by the page of a new note: a form that is sent twice makes one note
    form {text} unique,
    -- kind and way by a code of ours
    what {text} not null,
    happened_at {int} not null,
    ended_at {int},
    check (ended_at is null or ended_at >= happened_at)
);

-- What next, who, by when: exactly one owner and one day. A step is open from the moment its note is finished.
create table note_step (
    id {id} primary key,
    document_id {id} not null references document (id),
    matter_id {id} not null references matter (id),
    line {int} not null,
    what {text} not null,
    owner_kind {text} not null check (owner_kind in ('worker', 'client', 'other')),
    owner_staff {id} references staff (id),
    -- a step of one client concerns her alone: whoever may not see her does not see it
    client_id {id} references client (id),
    owner_name {text},
    due_on {text} not null,
    state {text} not null check (state in ('open', 'done', 'dropped')),
    made_at {int} not null,
    made_by {id} not null references staff (id),
    ended_at {int},
    ended_by {id} references staff (id),
    -- the note in which it was told to be done
    ended_in {id} references document (id),
    unique (document_id, line),
    check ((owner_kind = 'worker' and owner_staff is not null and client_id is null and owner_name is null)
        or (owner_kind = 'client' and owner_staff is null and client_id is not null and owner_name is null)
        or (owner_kind = 'other' and owner_staff is null and client_id is null and owner_name is not null)),
    check ((state = 'open') = (ended_at is null))
);
create index note_step_owner on note_step (owner_staff, state, due_on);
create index note_step_matter on note_step (matter_id, state, due_on);

-- What a note is about, by its id and never by a copy: a goal or an action of the plan, a contact, a time limit, a step.
create table note_link (
    document_id {id} not null references document (id),
    kind {text} not null check (kind in ('goal', 'action', 'contact', 'clock', 'step')),
    object_id {id} not null,
    made_at {int} not null,
    made_by {id} not null references staff (id),
    primary key (document_id, kind, object_id)
);
create index note_link_object on note_link (kind, object_id);

-- Phrases of the county, offered in the form of a note. An empty kind is offered in all.
create table note_phrase (
    id {id} primary key,
    what {text} not null,
    title_fi {text} not null,
    title_sv {text} not null,
    text_fi {text} not null,
    text_sv {text} not null,
    active {int} not null,
    changed_at {int} not null,
    changed_by {id} not null references staff (id)
);

-- Whose tutor guides which student, and until when (457/2024 21 §).
create table tutoring (
    id {id} primary key,
    student {id} not null references staff (id),
    tutor {id} not null references staff (id),
    begins_on {text} not null,
    ends_on {text} not null,
    made_at {int} not null,
    made_by {id} not null references staff (id),
    ended_at {int},
    ended_by {id} references staff (id),
    check (student <> tutor),
    check (begins_on <= ends_on)
);
create index tutoring_student on tutoring (student, ends_on);
create index tutoring_tutor on tutoring (tutor, ends_on);
