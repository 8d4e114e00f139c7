-- The contact (yhteydenotto) and who answers for it.
--
-- Invariant I1 stands in the table itself: holder_unit is never null, and a holder is either the
-- unit's duty holder or one named person. holding is its history; the unique index lets one row a
-- contact be open at a time.
create table contact (
    id {id} primary key,
    number {text} not null unique,
    kind {text} not null check (kind in ('contact', 'notification', 'application')),
    door {text} not null,
    arrived_at {int} not null,
    came_to_unit {id} not null references unit (id),
    municipality {text},
    language {text} not null,
    other_language {text},
    interpreter {int} not null,
    parties {text} not null check (parties in ('one', 'couple', 'family')),
    own_words {text} not null,
    title {text} not null,
    theme {text},
    anonymous {int} not null,
    person_name {text},
    phone {text},
    answer_way {text} not null check (answer_way in ('call', 'text', 'code', 'none')),
    wish {text},
    written_by {id} references staff (id),
    assisted {int} not null,
    authority {text},
    authority_contact {text},
    authority_ground {text},
    earlier_contact {id} references contact (id),
    receipt_hash {blob} unique,
    urgency {text} not null check (urgency in ('now', 'today', 'week', 'none')),
    urgency_source {text} not null check (urgency_source in ('rule', 'staff')),
    urgency_reason {text} not null,
    urgency_by {id} references staff (id),
    urgency_at {int} not null,
    urgency_rank {int} not null,
    housing_risk {int} not null,
    child_in_household {int} not null,
    answer_due {text} not null,
    state {text} not null check (state in ('open', 'ended')),
    holder_kind {text} not null check (holder_kind in ('duty', 'person')),
    holder_unit {id} not null references unit (id),
    holder_staff {id} references staff (id),
    holder_since {int} not null,
    first_taken_at {int},
    holders_met {int} not null,
    touched_at {int} not null,
    raised_at {int},
    ended_at {int},
    ending {text},
    version {int} not null,
    check ((holder_kind = 'duty' and holder_staff is null) or (holder_kind = 'person' and holder_staff is not null)),
    check ((state = 'open' and ended_at is null) or (state = 'ended' and ended_at is not null and ending is not null))
);
create index contact_open on contact (state, urgency_rank, arrived_at);
create index contact_holder on contact (holder_staff, state);
create index contact_holder_unit on contact (holder_unit, state);
create index contact_touched on contact (state, touched_at);

create table holding (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    kind {text} not null check (kind in ('duty', 'person')),
    unit_id {id} not null references unit (id),
    -- for kind duty: who was on duty when it began
    staff_id {id} not null references staff (id),
    how {text} not null,
    began_at {int} not null,
    ended_at {int}
);
create unique index holding_current on holding (contact_id) where ended_at is null;
create index holding_contact on holding (contact_id, began_at);

-- Siirtopyyntö. The sender answers for the contact until somebody accepts by name.
create table offer (
    id {id} primary key,
    contact_id {id} not null references contact (id),
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
    both_present {int},
    check (state <> 'refused' or (refusal_reason is not null and alternative is not null))
);
create unique index offer_open on offer (contact_id) where state = 'open';
create index offer_contact on offer (contact_id, made_at);
create index offer_receiver on offer (to_staff, state);
create index offer_from_unit on offer (from_unit, state, answered_at);
create index offer_unit on offer (to_unit, state);

-- What happened, oldest first; append-only.
create table contact_event (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    at {int} not null,
    staff_id {id} references staff (id),
    event {text} not null,
    body {text} not null
);
create index contact_event_contact on contact_event (contact_id, id);

-- Attempts to reach the person, for the county's not-reached rule.
create table attempt (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    at {int} not null,
    staff_id {id} not null references staff (id),
    channel {text} not null,
    reached {int} not null,
    body {text} not null
);
create index attempt_contact on attempt (contact_id, at);

-- What the sender reads and writes with the receipt code.
create table contact_message (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    at {int} not null,
    staff_id {id} references staff (id),
    body {text} not null
);
create index contact_message_contact on contact_message (contact_id, id);

create table attachment (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    at {int} not null,
    file_name {text} not null,
    media_type {text} not null,
    size {int} not null,
    digest {blob} not null,
    content {blob} not null
);
create index attachment_contact on attachment (contact_id, id);

-- How it ended: next step, not wanted, not reached, or a caller who stayed unknown.
create table ending (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    at {int} not null,
    staff_id {id} not null references staff (id),
    kind {text} not null check (kind in ('next_step', 'not_wanted', 'not_reached', 'unknown_caller')),
    what {text} not null,
    who {text},
    who_staff {id} references staff (id),
    by_day {text},
    told {int} not null,
    seen_at {int},
    seen_by {id} references staff (id),
    check (kind <> 'next_step' or (who is not null and by_day is not null))
);
create index ending_contact on ending (contact_id, at);
create index ending_unseen on ending (kind, seen_at);

-- Promises with a clock: call-backs and next steps.
create table task (
    id {id} primary key,
    contact_id {id} not null references contact (id),
    kind {text} not null check (kind in ('call_back', 'next_step')),
    what {text} not null,
    owner {id} references staff (id),
    unit_id {id} not null references unit (id),
    due_at {int} not null,
    made_at {int} not null,
    touched_at {int} not null,
    done_at {int},
    done_by {id} references staff (id),
    outcome {text},
    raised_at {int}
);
create index task_open on task (done_at, owner, due_at);
create index task_contact on task (contact_id);

-- Ohjaus ja neuvonta in three fields, with or without a name.
create table advice (
    id {id} primary key,
    at {int} not null,
    staff_id {id} not null references staff (id),
    unit_id {id} not null references unit (id),
    door {text} not null,
    person {text},
    asked {text} not null,
    advised {text} not null,
    next {text} not null,
    theme {text}
);
create index advice_staff on advice (staff_id, at);

create table counter (
    name {text} primary key,
    value {int} not null
);
