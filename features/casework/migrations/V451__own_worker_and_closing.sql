-- Each naming of an own worker (SHL 42 §) as it was made. Who is the own worker now stands in relation; here is who
-- named, who answers beside her for a client in need of special support (SHL 42 § 3), and the message that goes along.
create table own_worker_naming (
    id {id} primary key,
    client_id {id} not null references client (id),
    matter_id {id} not null references matter (id),
    staff_id {id} not null references staff (id),
    from_on {text} not null,
    to_on {text},
    pair_id {id} references staff (id),
    message {text} not null,
    named_at {int} not null,
    named_by {id} not null references staff (id)
);
create index own_worker_naming_client on own_worker_naming (client_id, named_at);
create index own_worker_naming_staff on own_worker_naming (staff_id, named_at);

-- After-follow-up (jälkiseuranta): agreed when a matter is closed; somebody by name, by a day.
create table follow_up (
    id {id} primary key,
    client_id {id} not null references client (id),
    matter_id {id} not null references matter (id),
    staff_id {id} not null references staff (id),
    due_on {text} not null,
    what {text} not null,
    made_at {int} not null,
    made_by {id} not null references staff (id),
    done_at {int},
    done_by {id} references staff (id),
    outcome {text},
    check ((done_at is null) = (outcome is null))
);
create index follow_up_staff on follow_up (staff_id, done_at, due_on);
create index follow_up_client on follow_up (client_id, due_on);

-- What the client said at the end: was she heard (tulinko kuulluksi). One answer for each client of a matter.
create table closing_voice (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    client_id {id} not null references client (id),
    answer {text} not null,
    words {text} not null,
    asked_at {int} not null,
    asked_by {id} not null references staff (id),
    unique (matter_id, client_id)
);
create index closing_voice_client on closing_voice (client_id);
