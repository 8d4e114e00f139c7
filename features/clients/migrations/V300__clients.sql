-- The person and what is known of her, with periods and sources. Nothing that was once written is overwritten:
-- a value is ended and succeeded by another, so old values stay readable (asiakastietolaki 703/2023 22 §).
-- Days are ISO text and included at both ends; moments are milliseconds. An empty end means that none is known.

-- identity_code and temporary_identifier are those in use now; client_identifier has all there have been.
-- A merged client leads to another, a voided one was made by mistake: both stay as a trace.
create table client (
    id {id} primary key,
    created_at {int} not null,
    created_by {id} references staff (id),
    source {text} not null,
    state {text} not null check (state in ('active', 'merged', 'voided')),
    merged_into {id} references client (id),
    identity_code {text},
    identity_hash {blob} unique,
    temporary_identifier {text} unique,
    birth_date {text},
    sex {text},
    died_on {text},
    display_name {text} not null,
    sort_key {text} not null,
    responsible_unit {id} references unit (id),
    version {int} not null,
    check ((state = 'merged') = (merged_into is not null)),
    check ((identity_code is null) = (identity_hash is null))
);
create index client_unit on client (responsible_unit, sort_key, id);
create index client_birth on client (birth_date);
create index client_merged on client (merged_into);

create table client_identifier (
    id {id} primary key,
    client_id {id} not null references client (id),
    kind {text} not null check (kind in ('identity_code', 'temporary')),
    value {text} not null,
    hash {blob} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id),
    ended_at {int}
);
create index client_identifier_hash on client_identifier (hash);
create index client_identifier_client on client_identifier (client_id);

-- Numbers of temporary identifiers: given once, in the transaction that makes the client.
create table temporary_identifier_count (
    year {int} primary key,
    given {int} not null
);

create table client_name (
    id {id} primary key,
    client_id {id} not null references client (id),
    kind {text} not null check (kind in ('current', 'former', 'called')),
    family {text} not null,
    given {text} not null,
    called {text},
    sort_key {text} not null,
    valid_from {text},
    valid_to {text},
    source {text} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id),
    voided_at {int}
);
create index client_name_client on client_name (client_id);

-- Parts of every name, folded, for finding by the beginning of any of them.
create table name_part (
    folded {text} not null,
    client_id {id} not null references client (id),
    name_id {id} not null references client_name (id),
    primary key (folded, name_id)
);
create index name_part_client on name_part (client_id);
create index name_part_name on name_part (name_id);

-- digits: a phone number as digits only, for finding; empty for anything that is not in force or is protected.
create table client_detail (
    id {id} primary key,
    client_id {id} not null references client (id),
    kind {text} not null,
    value {text} not null,
    digits {text},
    protected {int} not null,
    valid_from {text},
    valid_to {text},
    source {text} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id),
    ended_at {int},
    ended_by {id} references staff (id),
    follows {id} references client_detail (id),
    voided_at {int}
);
create index client_detail_client on client_detail (client_id, kind);
create index client_detail_digits on client_detail (digits);

-- Turvakielto (661/2009 36-37 §): of the client or of a legal representative.
create table non_disclosure (
    id {id} primary key,
    client_id {id} not null references client (id),
    begins_on {text} not null,
    ends_on {text},
    source {text} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id),
    ended_at {int},
    ended_by {id} references staff (id)
);
create index non_disclosure_client on non_disclosure (client_id);

-- Who may see protected contact details, for which task, given by whom, until when (bar B07).
create table secret_right (
    id {id} primary key,
    client_id {id} not null references client (id),
    staff_id {id} not null references staff (id),
    task {text} not null,
    given_by {id} not null references staff (id),
    given_at {int} not null,
    begins_on {text} not null,
    ends_on {text} not null,
    ended_at {int},
    ended_by {id} references staff (id),
    check (given_by <> staff_id)
);
create index secret_right_client on secret_right (client_id, staff_id);

-- Household, relatives, guardians, proxies. other_client: the person is a client herself.
create table related_person (
    id {id} primary key,
    client_id {id} not null references client (id),
    other_client {id} references client (id),
    name {text} not null,
    identity_hash {blob},
    role {text} not null,
    scope {text},
    phone {text},
    same_household {int} not null,
    valid_from {text},
    valid_to {text},
    source {text} not null,
    recorded_at {int} not null,
    recorded_by {id} references staff (id)
);
create index related_person_client on related_person (client_id);
create index related_person_other on related_person (other_client);
create index related_person_hash on related_person (identity_hash);

-- The facts over which rights run (rights of the domain, section 3). tail_until: reading one's own matter and
-- finishing one's own drafts goes on until then.
create table relation (
    id {id} primary key,
    client_id {id} not null references client (id),
    staff_id {id} not null references staff (id),
    kind {text} not null,
    object_kind {text},
    object_id {id},
    began_at {int} not null,
    ends_at {int},
    tail_until {int},
    made_by {text} not null,
    recorded_at {int} not null,
    ended_by {text},
    check ((object_kind is null) = (object_id is null)),
    check (tail_until is null or ends_at is not null)
);
create index relation_staff on relation (staff_id, kind, client_id);
create index relation_client on relation (client_id, staff_id);
create index relation_object on relation (object_id, kind);

-- Restricted clients (client_id) and restricted units (client_id empty), bar B08; and a worker's own
-- disqualification for one client (staff_id, bar B19).
create table bar (
    id {id} primary key,
    client_id {id} references client (id),
    staff_id {id} references staff (id),
    unit_id {id} references unit (id),
    kind {text} not null,
    began_at {int} not null,
    ends_at {int},
    review_on {text},
    reason {text} not null,
    source {text} not null,
    made_by {id} references staff (id),
    check (kind <> 'B08' or unit_id is not null),
    check (kind <> 'B19' or (staff_id is not null and client_id is not null))
);
create index bar_client on bar (client_id);
create index bar_unit on bar (unit_id);

-- Who may pass a restriction: persons named in the unit.
create table bar_exempt (
    bar_id {id} not null references bar (id),
    staff_id {id} not null references staff (id),
    primary key (bar_id, staff_id)
);

create table exceptional_access (
    id {id} primary key,
    client_id {id} not null references client (id),
    staff_id {id} not null references staff (id),
    unit_id {id} references unit (id),
    reason_code {text} not null,
    reason {text} not null,
    right_row {text} not null,
    opened_at {int} not null,
    ends_at {int} not null,
    due_on {text} not null,
    escalates_at {int} not null,
    reviewed_at {int},
    reviewed_by {id} references staff (id),
    outcome {text},
    review_note {text},
    check ((reviewed_at is null) = (outcome is null)),
    check (reviewed_by is null or reviewed_by <> staff_id)
);
create index exceptional_access_client on exceptional_access (client_id, staff_id);
create index exceptional_access_review on exceptional_access (reviewed_at, unit_id);

-- Asiakkuus: begins and ends by an entry, one at a time (SHL 34 § 2; 703/2023 38 §).
create table client_relation (
    id {id} primary key,
    client_id {id} not null references client (id),
    began_on {text} not null,
    ground {text} not null,
    began_by {id} references staff (id),
    began_at {int} not null,
    ended_on {text},
    end_reason {text},
    ended_by {id} references staff (id),
    ended_at {int}
);
create unique index client_relation_open on client_relation (client_id) where ended_on is null;
create index client_relation_client on client_relation (client_id, began_on);

-- Two records of one person. Asked by one, approved by another, undone within 90 days if it was wrong.
-- identity_code, identity_hash and responsible_unit: what the kept client got from the other.
create table merge (
    id {id} primary key,
    kept {id} not null references client (id),
    merged {id} not null references client (id),
    reason {text} not null,
    asked_by {id} not null references staff (id),
    asked_at {int} not null,
    approved_by {id} references staff (id),
    approved_at {int},
    refused_by {id} references staff (id),
    refused_at {int},
    reversible_until {int},
    undone_by {id} references staff (id),
    undone_at {int},
    undo_reason {text},
    before {text},
    check (kept <> merged),
    check (approved_by is null or approved_by <> asked_by)
);
create index merge_kept on merge (kept);
create index merge_merged on merge (merged);

create table merge_moved (
    merge_id {id} not null references merge (id),
    table_name {text} not null,
    row_id {id} not null,
    primary key (merge_id, table_name, row_id)
);

-- What happened to the record itself: made, linked to a code, merged, voided, restricted, died.
create table client_event (
    id {id} primary key,
    client_id {id} not null references client (id),
    at {int} not null,
    staff_id {id} references staff (id),
    event {text} not null,
    body {text} not null
);
create index client_event_client on client_event (client_id, at);

-- Searches outside one's own clients, for the limits and for oversight. The terms are only a keyed digest.
-- found: whom an exact search met, whatever the searcher was told.
create table search_use (
    id {id} primary key,
    staff_id {id} not null references staff (id),
    at {int} not null,
    way {text} not null check (way in ('code', 'name')),
    terms {blob} not null,
    reason {text} not null,
    result {text} not null check (result in ('opened', 'exists', 'none', 'hidden', 'barred')),
    found {id} references client (id),
    followed_at {int}
);
create index search_use_staff on search_use (staff_id, at);
create index search_use_found on search_use (found, at);
create index search_use_open on search_use (followed_at, at);

create table search_pause (
    staff_id {id} primary key references staff (id),
    until {int} not null
);

-- What the rules of watching noticed, for a person to judge: never a punishment by itself.
create table watch_hit (
    id {id} primary key,
    rule {text} not null,
    rule_version {int} not null,
    staff_id {id} not null references staff (id),
    client_id {id} references client (id),
    search_id {id} references search_use (id),
    at {int} not null,
    seen_at {int},
    seen_by {id} references staff (id),
    outcome {text}
);
create index watch_hit_open on watch_hit (seen_at, at);
create index watch_hit_search on watch_hit (search_id, rule);

-- What a desk is told: exceptional access to a client of one's own, a pause of search, a review that is due.
-- To a person, or to whoever leads a unit.
create table client_notice (
    id {id} primary key,
    to_staff {id} references staff (id),
    to_unit {id} references unit (id),
    to_task {text},
    client_id {id} references client (id),
    kind {text} not null,
    object_id {id},
    at {int} not null,
    seen_at {int},
    seen_by {id} references staff (id)
);
create index client_notice_staff on client_notice (to_staff, seen_at);
create index client_notice_unit on client_notice (to_unit, seen_at);
