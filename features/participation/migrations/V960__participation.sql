-- Who takes part in structural social work (SHL 1301/2014 7 §), and when its year turns.
--
-- Numbers only: no table has a column for somebody who took part. `written_by` is the member of staff who wrote it down.

create table gathering (
    id {id} primary key,
    kind {text} not null check (kind in ('panel', 'co_development', 'cafe', 'developers', 'community_work', 'preventive_work')),
    title {text} not null,
    -- The language of its texts, so that a page in another language says so.
    language {text} not null check (language in ('fi', 'sv', 'en')),
    place {text} not null,
    -- A code; empty for the whole county.
    municipality {text} not null,
    held_on {text} not null,
    -- Hours as they are told, such as "13-15"; may be empty.
    hours {text} not null,
    -- Anybody may come: it stands on the public list.
    is_open {int} not null check (is_open in (0, 1)),
    held_by {text} not null,
    state {text} not null check (state in ('planned', 'held', 'cancelled')),
    -- The plan (Sokra): what is asked, from how many, how, when and where they are reached, who collects, who sums up and
    -- into which form, with whom results are gone through, who is told.
    plan_what {text} not null,
    plan_many {text} not null,
    plan_how {text} not null,
    plan_when {text} not null,
    plan_collects {text} not null,
    plan_sums_up {text} not null,
    plan_results {text} not null,
    plan_told {text} not null,
    -- How many came, and of them experts by experience and developer clients.
    people {int} check (people >= 0),
    experts {int} check (experts >= 0),
    developers {int} check (developers >= 0),
    reward {text} not null check (reward in ('', 'none', 'agreed', 'paid')),
    notes {text} not null,
    outcome {text} not null,
    told_on {text},
    told_how {text} not null,
    written_on {text} not null,
    written_by {id} not null references staff (id),
    revision {int} not null,
    check ((state = 'held') = (people is not null)),
    check ((people is null) = (experts is null) and (people is null) = (developers is null)),
    check (people is null or experts + developers <= people),
    check ((told_on is null) = (told_how = ''))
);
create index gathering_day on gathering (state, held_on);

create table gathering_theme (
    gathering_id {id} not null references gathering (id),
    theme {text} not null,
    primary key (gathering_id, theme)
);

-- Which phenomenon it was about, and in which stage of its handling people took part.
create table gathering_phenomenon (
    gathering_id {id} not null references gathering (id),
    phenomenon_id {id} not null references phenomenon (id),
    stage {text} not null check (stage in ('collect', 'interpret', 'propose', 'evaluate')),
    linked_on {text} not null,
    primary key (gathering_id, phenomenon_id, stage)
);
create index gathering_phenomenon_of on gathering_phenomenon (phenomenon_id);

-- What was proposed there, and what became of it: a draft proposal, evidence of a phenomenon, or set aside with a reason.
create table gathering_proposal (
    id {id} primary key,
    gathering_id {id} not null references gathering (id),
    words {text} not null,
    state {text} not null check (state in ('open', 'proposed', 'evidence', 'set_aside')),
    phenomenon_id {id} references phenomenon (id),
    -- The proposal or the evidence it became.
    became {id},
    reason {text} not null,
    written_on {text} not null,
    check ((state in ('proposed', 'evidence')) = (phenomenon_id is not null)),
    check ((phenomenon_id is null) = (became is null)),
    check ((state = 'set_aside') = (reason <> ''))
);
create index gathering_proposal_of on gathering_proposal (gathering_id);
create index gathering_proposal_state on gathering_proposal (state);

-- Bikva: clients, then field workers, managers and politicians; each answers to what those below have said.
create table bikva_round (
    id {id} primary key,
    phenomenon_id {id} not null references phenomenon (id),
    title {text} not null,
    opened_on {text} not null,
    written_by {id} not null references staff (id)
);
create table bikva_stage (
    round_id {id} not null references bikva_round (id),
    stage {int} not null check (stage between 1 and 4),
    held_on {text} not null,
    people {int} not null check (people >= 0),
    words {text} not null,
    -- Why nobody was asked in this stage; empty when somebody was.
    skipped {text} not null,
    evidence_id {id} references phenomenon_evidence (id),
    written_by {id} not null references staff (id),
    primary key (round_id, stage),
    check ((skipped = '') = (evidence_id is not null)),
    check ((skipped = '') = (people > 0))
);

-- Where the county asks that experts by experience have taken part before a publication of a kind is released.
create table participation_rule (
    kind {text} not null,
    stage {text} not null check (stage in ('collect', 'interpret', 'propose', 'evaluate')),
    least {int} not null check (least > 0),
    changed_on {text} not null,
    changed_by {id} not null references staff (id),
    primary key (kind, stage)
);

-- The yearly cycle: the same step each year, with the role in charge of it.
create table cycle_step (
    id {id} primary key,
    title {text} not null,
    words {text} not null,
    role {text} not null,
    month {int} not null check (month between 1 and 12),
    day {int} not null check (day between 1 and 31),
    -- The forum it is for; empty for none.
    forum {text} not null check (forum in ('', 'management', 'hyte', 'council')),
    -- The first day on which it may fall: what was before is not late.
    since {text} not null,
    is_kept {int} not null check (is_kept in (0, 1)),
    written_by {id} not null references staff (id),
    revision {int} not null
);
create table cycle_done (
    step_id {id} not null references cycle_step (id),
    year {int} not null,
    done_on {text} not null,
    done_by {id} not null references staff (id),
    primary key (step_id, year)
);

-- What a forum decided, and when somebody looks what came of it.
create table forum_decision (
    id {id} primary key,
    forum {text} not null check (forum in ('management', 'hyte', 'council')),
    decided_on {text} not null,
    words {text} not null,
    minutes {text} not null,
    role {text} not null,
    follow_on {text} not null,
    followed_on {text},
    came {text} not null,
    proposal_id {id} references proposal (id),
    written_by {id} not null references staff (id),
    revision {int} not null,
    check ((followed_on is null) = (came = ''))
);
create index forum_decision_of on forum_decision (forum, follow_on);
