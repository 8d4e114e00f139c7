-- The matter (asia) and who answers for it.
--
-- Invariant I1 stands in the table itself: holder_unit is never null, and a holder is either the unit's duty holder or
-- one named person. matter_holding is its history; the unique index lets one row a matter be open at a time. The last
-- holder stays in the row after the end.
create table matter (
    id {id} primary key,
    number {text} not null unique,
    name_code {text} not null,
    name_text {text},
    service_task {text} not null,
    state {text} not null check (state in ('initiated', 'open', 'transferred', 'closed')),
    joint {int} not null,
    kind {text} not null check (kind in ('application', 'contact', 'notification', 'office')),
    way {text} not null,
    initiator {text} not null,
    initiator_name {text},
    pending_at {int} not null,
    contact_at {int} not null,
    reasons {text} not null,
    own_words {text},
    seven_days {text},
    made_at {int} not null,
    made_by {id} references staff (id),
    holder_kind {text} not null check (holder_kind in ('duty', 'person')),
    holder_unit {id} not null references unit (id),
    holder_staff {id} references staff (id),
    holder_since {int} not null,
    first_taken_at {int},
    ended_at {int},
    end_reason {text},
    end_words {text},
    version {int} not null,
    check (name_code <> '99' or name_text is not null),
    check ((holder_kind = 'duty' and holder_staff is null) or (holder_kind = 'person' and holder_staff is not null)),
    check (state <> 'initiated' or holder_kind = 'duty'),
    check (state <> 'open' or holder_kind = 'person'),
    check ((state in ('initiated', 'open') and ended_at is null) or (state in ('transferred', 'closed') and ended_at is not null))
);
create index matter_holder on matter (holder_staff, state);
create index matter_unit on matter (holder_unit, state);

create table matter_holding (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    kind {text} not null check (kind in ('duty', 'person')),
    unit_id {id} not null references unit (id),
    -- for kind duty: who was on duty when it began
    staff_id {id} not null references staff (id),
    how {text} not null,
    began_at {int} not null,
    ended_at {int}
);
create unique index matter_holding_current on matter_holding (matter_id) where ended_at is null;
create index matter_holding_matter on matter_holding (matter_id, began_at);

-- Siirtopyyntö. The sender answers for the matter until somebody accepts by name.
create table matter_offer (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    from_staff {id} not null references staff (id),
    from_unit {id} not null references unit (id),
    to_staff {id} references staff (id),
    to_unit {id} not null references unit (id),
    reason {text} not null,
    warm {int} not null,
    made_at {int} not null,
    answer_by {int} not null,
    state {text} not null check (state in ('open', 'accepted', 'refused', 'unanswered', 'withdrawn')),
    answered_at {int},
    answered_by {id} references staff (id),
    refusal_reason {text},
    alternative {text},
    check (state <> 'refused' or (refusal_reason is not null and alternative is not null))
);
create unique index matter_offer_open on matter_offer (matter_id) where state = 'open';
create index matter_offer_receiver on matter_offer (to_staff, state);
create index matter_offer_unit on matter_offer (to_unit, state);

-- Whose matter it is. A joint matter (yhteinen asia) has many, each with a record of its own.
create table matter_client (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    client_id {id} not null references client (id),
    joined_at {int} not null,
    joined_by {id} references staff (id),
    -- this client's part of the reasons; shown to nobody who may not see this client
    part {text},
    left_at {int},
    left_by {id} references staff (id),
    leave_reason {text}
);
create unique index matter_client_in on matter_client (matter_id, client_id) where left_at is null;
create index matter_client_client on matter_client (client_id, left_at);

-- Information from elsewhere than the client (703/2023 39 §).
create table matter_source (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    what {text} not null,
    from_whom {text} not null,
    got_on {text} not null,
    asked_by {text},
    ground {text} not null,
    purpose {text} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id)
);
create index matter_source_matter on matter_source (matter_id);

-- Time limits. The days are counted by the law room; version names the wording of the law.
create table matter_clock (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    code {text} not null,
    version {text} not null,
    trigger_event {text} not null,
    trigger_at {int} not null,
    nominal_on {text},
    due_on {text},
    soft {text},
    ended_at {int},
    end_event {text},
    late_reason {text},
    check ((due_on is null) <> (soft is null)),
    unique (matter_id, code, trigger_at)
);
create index matter_clock_due on matter_clock (ended_at, due_on);

-- What happened, oldest first; append-only. A row with client_id concerns that client alone.
create table matter_event (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    client_id {id} references client (id),
    at {int} not null,
    staff_id {id} references staff (id),
    event {text} not null,
    body {text} not null
);
create index matter_event_matter on matter_event (matter_id, id);

-- Why a client has no own worker (SHL 42 § 1).
create table own_worker_waiver (
    id {id} primary key,
    client_id {id} not null references client (id),
    reason {text} not null,
    words {text} not null,
    recorded_at {int} not null,
    recorded_by {id} not null references staff (id),
    ended_at {int}
);
create index own_worker_waiver_client on own_worker_waiver (client_id, ended_at);

-- Packages to other counties: what was sent is kept as it was sent.
create table county_outbox (
    id {id} primary key,
    matter_id {id} not null unique references matter (id),
    to_county {text} not null,
    receiver {text} not null,
    ground {text} not null,
    package {text} not null,
    digest {blob} not null,
    made_at {int} not null,
    made_by {id} not null references staff (id),
    printed_at {int},
    sent_at {int}
);
create index county_outbox_waiting on county_outbox (sent_at, made_at);

create table matter_counter (
    name {text} primary key,
    value {int} not null
);

-- Rows of another system that have been brought here: the same row again makes nothing new.
create table import_row (
    system {text} not null,
    kind {text} not null check (kind in ('client', 'matter')),
    source_id {text} not null,
    object_id {id} not null,
    digest {blob} not null,
    imported_at {int} not null,
    primary key (system, kind, source_id)
);
