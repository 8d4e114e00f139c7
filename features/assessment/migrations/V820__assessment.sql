-- Sections of others in an assessment. A member of staff writes her own until the day; for somebody outside the county the
-- assessor writes, with the ground. The text is a part of the document, `expert-<id>`.
create table assessment_section (
    id {id} primary key,
    document_id {id} not null references document (id),
    kind {text} not null,
    staff_id {id} references staff (id),
    partner {text},
    ground {text},
    ground_words {text},
    question {text} not null,
    due_on {text} not null,
    asked_at {int} not null,
    asked_by {id} not null references staff (id),
    sent_at {int},
    withdrawn_at {int},
    check ((staff_id is null) <> (partner is null)),
    check (partner is null or ground is not null)
);
create index assessment_section_document on assessment_section (document_id, asked_at);
create index assessment_section_staff on assessment_section (staff_id, sent_at);

-- A social worker in public office is asked to finish the assessment of somebody who needs special support (SHL 36 § 5).
create table assessment_ask (
    id {id} primary key,
    document_id {id} not null references document (id),
    staff_id {id} not null references staff (id),
    asked_at {int} not null,
    asked_by {id} not null references staff (id),
    ended_at {int}
);
create unique index assessment_ask_open on assessment_ask (document_id) where ended_at is null;
create index assessment_ask_staff on assessment_ask (staff_id, ended_at);

-- How far the loss of a home has come, as the housing part of an assessment tells: for lists, which do not read texts.
create table assessment_risk (
    document_id {id} primary key references document (id),
    stage {text} not null,
    due_on {text},
    changed_at {int} not null
);
