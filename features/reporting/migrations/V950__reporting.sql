-- From observation to change (SHL 1301/2014 7 §). Nothing here knows a client: there is no column for one.
--
-- I11: ids of observations are random and hold no time, the day stands without a time, and rows come here in a shuffled batch
-- from the box below, so that their order on disk tells nothing either. No log entry ties an observation to who wrote it.

-- What has come in and waits for the next batch. The text is kept as it will stand.
create table observation_box (
    id {id} primary key,
    receipt {blob} not null unique,
    written_on {text} not null,
    fields {text} not null,
    source {id},
    unit_id {id}
);

create table observation (
    id {id} primary key,
    receipt {blob} not null unique,
    written_on {text} not null,
    reporter_kind {text} not null check (reporter_kind in ('professional', 'partner', 'client', 'resident', 'expert')),
    language {text} not null check (language in ('fi', 'sv', 'en', 'easy')),
    valence {text} not null check (valence in ('problem', 'strength', 'weak_signal', 'good_practice')),
    body {text} not null,
    -- Only until the editor has accepted a text without personal data; then it is destroyed.
    original {text},
    area_level {text} not null check (area_level in ('county', 'municipality')),
    area {text} not null,
    frequency {text} not null check (frequency in ('', 'once', 'some', 'often', 'constantly')),
    people {text} not null check (people in ('', '1', '2-4', '5-9', '10-49', '50+')),
    cause {text} not null check (cause in ('', 'individual', 'service', 'organisation', 'municipality', 'benefits', 'legislation', 'society')),
    proposal {text} not null,
    wished {text} not null,
    state {text} not null check (state in ('sent', 'screened', 'grouped', 'set_aside', 'answered')),
    set_aside_reason {text},
    -- Random names of the one who wrote and of her unit: for counting how many stand behind a number.
    source {id},
    unit_id {id},
    revision {int} not null,
    check ((state = 'set_aside') = (set_aside_reason is not null)),
    check (state = 'sent' or original is null)
);
create index observation_state on observation (state, written_on);

create table observation_theme (
    observation_id {id} not null references observation (id),
    theme {text} not null,
    primary key (observation_id, theme)
);
create table observation_need (
    observation_id {id} not null references observation (id),
    need {text} not null,
    primary key (observation_id, need)
);

-- Who wrote, only where she wants the steps on her own page. No table of analysis names this one, and she may remove herself.
create table observation_writer (
    source {id} primary key,
    staff_id {id} not null unique references staff (id)
);

create table phenomenon (
    id {id} primary key,
    title {text} not null,
    description {text} not null,
    state {text} not null check (state in ('open', 'analysing', 'proposed', 'in_influence', 'follow_up', 'closed')),
    owner {id} not null references staff (id),
    opened_on {text} not null,
    review_on {text} not null,
    closed_reason {text},
    -- All ids stay resolvable: a merged phenomenon leads to the one it went into.
    merged_into {id} references phenomenon (id),
    sensitive {int} not null,
    revision {int} not null,
    check ((state = 'closed') = (closed_reason is not null)),
    check (merged_into is null or state = 'closed')
);
create index phenomenon_state on phenomenon (state, review_on);

create table phenomenon_theme (
    phenomenon_id {id} not null references phenomenon (id),
    theme {text} not null,
    primary key (phenomenon_id, theme)
);

-- Which observations a person has grouped into it. One phenomenon at a time.
create table phenomenon_observation (
    observation_id {id} primary key references observation (id),
    phenomenon_id {id} not null references phenomenon (id),
    grouped_on {text} not null,
    grouped_by {id} not null references staff (id)
);
create index phenomenon_observation_of on phenomenon_observation (phenomenon_id);

create table phenomenon_evidence (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    kind {text} not null check (kind in ('observations', 'experience', 'statistic', 'own_figure', 'research', 'complaint', 'decision')),
    source {text} not null,
    period {text} not null,
    area {text} not null,
    words {text} not null,
    quality {text} not null check (quality in ('weak', 'moderate', 'strong')),
    added_on {text} not null,
    added_by {id} not null references staff (id)
);
create index phenomenon_evidence_of on phenomenon_evidence (phenomenon_id);

-- What the analysis says. A statement without evidence cannot be put forward.
create table phenomenon_statement (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    words {text} not null,
    made_on {text} not null,
    made_by {id} not null references staff (id)
);
create index phenomenon_statement_of on phenomenon_statement (phenomenon_id);
create table statement_evidence (
    statement_id {id} not null references phenomenon_statement (id),
    evidence_id {id} not null references phenomenon_evidence (id),
    primary key (statement_id, evidence_id)
);

create table proposal (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    words {text} not null,
    level {text} not null check (level in ('practice', 'service', 'county', 'municipality', 'kela', 'employment', 'state', 'legislator', 'organisation')),
    recipient {text} not null,
    recipient_role {text} not null,
    due_on {text} not null,
    state {text} not null check (state in ('draft', 'sent', 'received', 'decided', 'in_action', 'evaluated')),
    sent_on {text},
    -- Digest of the signed link by which a recipient without an account answers; gone when it is answered or taken back.
    link {blob} unique,
    made_by {id} not null references staff (id),
    revision {int} not null,
    check ((state = 'draft') = (sent_on is null))
);
create index proposal_of on proposal (phenomenon_id);
create index proposal_due on proposal (state, due_on);

create table proposal_response (
    id {id} primary key,
    proposal_id {id} not null references proposal (id),
    received_on {text} not null,
    kind {text} not null check (kind in ('accepted', 'partly', 'rejected', 'forwarded')),
    reason {text} not null,
    decided_by_role {text} not null,
    minutes {text} not null,
    by_link {int} not null
);
create index proposal_response_of on proposal_response (proposal_id);

create table response_action (
    id {id} primary key,
    proposal_id {id} not null references proposal (id),
    words {text} not null,
    responsible_role {text} not null,
    ends_on {text} not null,
    target {text} not null,
    state {text} not null check (state in ('planned', 'running', 'done', 'dropped')),
    effect {text} not null check (effect in ('', 'none', 'small', 'clear', 'unknown')),
    effect_words {text} not null,
    revision {int} not null
);
create index response_action_of on response_action (proposal_id);
