-- Documents in versions. The working text stands in parts, each with a revision of its own, so that two workers can
-- write at the same time; a finished version is a row that nothing changes.
create table document (
    id {id} primary key,
    kind {text} not null check (kind in ('assessment', 'plan', 'note')),
    matter_id {id} not null references matter (id),
    service_task {text} not null,
    state {text} not null check (state in ('draft', 'waiting', 'finished', 'voided')),
    -- the newest finished version; 0 when there is none yet
    version_no {int} not null,
    -- grows with every saving of any part
    revision {int} not null,
    language {text} not null,
    made_at {int} not null,
    made_by {id} not null references staff (id),
    changed_at {int} not null,
    finished_at {int},
    -- whose approval a student's entry waits for, or waited
    tutor {id} references staff (id),
    sent_back {text},
    -- why a finished document is being corrected
    correcting {text},
    check (state <> 'waiting' or tutor is not null),
    check (state <> 'finished' or version_no > 0)
);
create index document_matter on document (matter_id, kind, state);
create index document_author on document (made_by, state, changed_at);
create index document_tutor on document (tutor, state);

-- Whose document it is: clients of the matter.
create table document_client (
    id {id} primary key,
    document_id {id} not null references document (id),
    client_id {id} not null references client (id),
    unique (document_id, client_id)
);
create index document_client_client on document_client (client_id);

-- Working text. A part with client_id concerns that client alone.
create table document_part (
    id {id} primary key,
    document_id {id} not null references document (id),
    part {text} not null,
    client_id {id} references client (id),
    fields {text} not null,
    revision {int} not null,
    changed_at {int} not null,
    changed_by {id} not null references staff (id),
    unique (document_id, part)
);

-- What was finished, as it was finished; the digest is also in the log.
create table document_version (
    document_id {id} not null references document (id),
    no {int} not null,
    body {text} not null,
    digest {blob} not null,
    reason {text},
    finished_at {int} not null,
    finished_by {id} not null references staff (id),
    approved_by {id} references staff (id),
    primary key (document_id, no),
    check (no = 1 or reason is not null)
);

-- A document stored about the wrong person is voided by two people.
create table document_void (
    document_id {id} primary key references document (id),
    reason {text} not null,
    asked_at {int} not null,
    asked_by {id} not null references staff (id),
    answered_at {int},
    answered_by {id} references staff (id),
    check (answered_by is null or answered_by <> asked_by)
);
