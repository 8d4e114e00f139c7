-- The client plan (asiakassuunnitelma, SHL 39 §). Its texts and versions are a document of kind plan; what must hold of a
-- plan stands here in tables.
--
-- Invariant I2: a client has at most one plan in force, whatever is done at the same time and in whichever matter. The
-- partial unique indexes of plan_client say so; a client has at most one plan being made for the first time, too.
create table plan (
    document_id {id} primary key references document (id),
    matter_id {id} not null references matter (id),
    state {text} not null check (state in ('draft', 'in_force', 'ended')),
    in_force_at {int},
    -- the day of the next review; the county's, no interval in law
    review_on {text},
    -- the newest version was made with the client, or the obstacle in words (39 § 1)
    with_client {int} not null,
    obstacle {text},
    -- the one who brings many services together
    coordinator_staff {id} references staff (id),
    coordinator_name {text},
    ended_at {int},
    ended_by {id} references staff (id),
    end_reason {text},
    end_words {text},
    check (state <> 'in_force' or (in_force_at is not null and review_on is not null)),
    check ((state = 'ended') = (ended_at is not null)),
    check (ended_at is null or end_reason is not null),
    check (with_client = 1 or obstacle is not null),
    check (coordinator_staff is null or coordinator_name is null)
);
create index plan_matter on plan (matter_id, state);
create index plan_review_due on plan (state, review_on);

-- Whose plan it is: one client, or those of a couple or a family (yhteinen suunnitelma).
create table plan_client (
    id {id} primary key,
    document_id {id} not null references plan (document_id),
    client_id {id} not null references client (id),
    -- her place in this plan: the parts of one client of a joint plan are marked with it
    no {int} not null,
    state {text} not null check (state in ('draft', 'in_force', 'ended')),
    began_at {int} not null,
    ended_at {int},
    check ((state = 'ended') = (ended_at is not null))
);
create unique index plan_client_in_force on plan_client (client_id) where state = 'in_force';
create unique index plan_client_draft on plan_client (client_id) where state = 'draft';
create unique index plan_client_once on plan_client (document_id, client_id);
create unique index plan_client_no on plan_client (document_id, no);

-- A goal in the words of the client. One without a client is common to all clients of the plan; one of a client is seen
-- by those who may see that client.
create table plan_goal (
    id {id} primary key,
    document_id {id} not null references plan (document_id),
    client_id {id} references client (id),
    words {text} not null,
    -- scale of structure 15020: 1 change for the better, 2 prevent worsening
    kind {text} not null check (kind in ('1', '2')),
    steps {text} not null,
    helps {text} not null,
    hinders {text} not null,
    state {text} not null check (state in ('open', 'attained', 'dropped')),
    state_words {text},
    -- the first version that has it; null while it is only in a draft
    since_version {int},
    revision {int} not null,
    made_at {int} not null,
    changed_at {int} not null,
    changed_by {id} not null references staff (id),
    check (state <> 'dropped' or state_words is not null)
);
create index plan_goal_document on plan_goal (document_id, made_at);

-- What is done, by exactly one and by a day.
create table plan_action (
    id {id} primary key,
    goal_id {id} not null references plan_goal (id),
    document_id {id} not null references plan (document_id),
    what {text} not null,
    owner_kind {text} not null check (owner_kind in ('client', 'worker', 'partner')),
    owner_client {id} references client (id),
    owner_staff {id} references staff (id),
    owner_name {text},
    due_on {text} not null,
    -- the client takes part in developing the services (kehittäminen)
    development {int} not null,
    state {text} not null check (state in ('open', 'done', 'dropped')),
    state_words {text},
    since_version {int},
    revision {int} not null,
    made_at {int} not null,
    changed_at {int} not null,
    changed_by {id} not null references staff (id),
    check (
        (owner_kind = 'client' and owner_client is not null and owner_staff is null and owner_name is null)
        or (owner_kind = 'worker' and owner_client is null and owner_staff is not null and owner_name is null)
        or (owner_kind = 'partner' and owner_client is null and owner_staff is null and owner_name is not null)
    ),
    check (owner_name is null or owner_name <> ''),
    check (state <> 'dropped' or state_words is not null)
);
create index plan_action_goal on plan_action (goal_id, due_on);
create index plan_action_document on plan_action (document_id);
create index plan_action_owner on plan_action (owner_staff, state, due_on);

-- Parts for special laws and for partners: each has one who answers for it, and a named worker may write that part alone.
create table plan_section (
    id {id} primary key,
    document_id {id} not null references plan (document_id),
    heading {text} not null,
    -- a service task of the rights table, or null for a partner's part
    service_task {text},
    partner {text},
    writer {id} references staff (id),
    -- the part of one client of a joint plan
    client_id {id} references client (id),
    made_at {int} not null,
    made_by {id} not null references staff (id),
    removed_at {int},
    check ((service_task is null) <> (partner is null))
);
create index plan_section_document on plan_section (document_id, made_at);

-- A plan that somebody else keeps for the client, known as a fact: what was told, by whom, when (39 § 2, fitted together).
create table plan_elsewhere (
    id {id} primary key,
    client_id {id} not null references client (id),
    matter_id {id} not null references matter (id),
    whose {text} not null,
    what {text} not null,
    told_by {text} not null,
    known_on {text} not null,
    recorded_at {int} not null,
    recorded_by {id} not null references staff (id),
    ended_at {int}
);
create index plan_elsewhere_client on plan_elsewhere (client_id, ended_at);

-- Why no plan is made (39 § 1, AsL 7 §), or the client's own no in her words (AsL 8 §).
create table plan_waiver (
    id {id} primary key,
    matter_id {id} not null references matter (id),
    client_id {id} not null references client (id),
    reason {text} not null check (reason in ('unnecessary', 'advice', 'declined')),
    words {text} not null,
    own_words {text},
    recorded_at {int} not null,
    recorded_by {id} not null references staff (id),
    ended_at {int},
    check (reason <> 'declined' or own_words is not null)
);
create index plan_waiver_client on plan_waiver (client_id, ended_at);

-- Review (tarkistus): how it went, goal by goal; it makes the version it names.
create table plan_review (
    id {id} primary key,
    document_id {id} not null references plan (document_id),
    version_no {int} not null,
    reviewed_on {text} not null,
    at {int} not null,
    by_staff {id} not null references staff (id),
    services {text} not null,
    services_used {text} not null,
    methods {text} not null,
    words {text} not null
);
create unique index plan_review_version on plan_review (document_id, version_no);

create table plan_review_goal (
    id {id} primary key,
    review_id {id} not null references plan_review (id),
    goal_id {id} not null references plan_goal (id),
    attained {text} not null check (attained in ('attained', 'partly', 'not')),
    client_words {text} not null,
    worker_words {text} not null,
    -- factors of code system 1290, separated by spaces, and words
    helped {text} not null,
    helped_words {text} not null,
    hindered {text} not null,
    hindered_words {text} not null
);
create unique index plan_review_goal_once on plan_review_goal (review_id, goal_id);
