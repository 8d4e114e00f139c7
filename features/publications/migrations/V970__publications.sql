-- Reports of social reporting: composed, checked, reviewed, released with a version. Nothing here knows a client, and nobody
-- who wrote an observation.

create table publication (
    id {id} primary key,
    -- Its public number, in the order of beginning; addresses stand on it for good.
    number {int} not null unique check (number > 0),
    kind {text} not null check (kind in ('sheet', 'unit_summary', 'hyte', 'yearly')),
    language {text} not null check (language in ('fi', 'sv', 'en')),
    made_on {text} not null,
    made_by {id} not null references staff (id)
);

-- Four eyes: in one version a person either edits or publishes, never both. The key lets her have one part only, and every
-- edit and every release names her part, so the database itself refuses the second one.
create table publication_hand (
    publication_id {id} not null references publication (id),
    version {int} not null check (version > 0),
    staff_id {id} not null references staff (id),
    part {text} not null check (part in ('edits', 'publishes')),
    primary key (publication_id, version, staff_id),
    unique (publication_id, version, staff_id, part)
);

create table publication_version (
    publication_id {id} not null references publication (id),
    version {int} not null check (version > 0),
    state {text} not null check (state in ('draft', 'disclosure_checked', 'reviewed', 'released', 'corrected', 'withdrawn')),
    title {text} not null,
    -- The first and the last quarter, "2026-1".
    from_quarter {text} not null,
    to_quarter {text} not null,
    -- A municipality's code; the whole county without.
    municipality {text} not null,
    unit_id {id} references unit (id),
    -- Why there is a new version; empty for the first.
    reason {text} not null,
    revision {int} not null,
    started_on {text} not null,
    started_by {id} not null references staff (id),
    -- What was checked, as it will be shown, with a seal whose key is not here.
    body {text},
    body_seal {blob},
    checked_on {text},
    -- How many versions had been released when it was checked: another release may have told more of the same people.
    checked_after {int},
    returned {text},
    reviewed_on {text},
    reviewed_by {id},
    released_on {text},
    released_by {id},
    ended_on {text},
    ended_by {id} references staff (id),
    ended_reason {text},
    -- What the disclosure check said when the release was recalled.
    recheck {text} check (recheck in ('same', 'changed', 'refused')),
    pdf {blob},
    pdf_seal {blob},
    edits {text} not null check (edits = 'edits'),
    publishes {text} not null check (publishes = 'publishes'),
    primary key (publication_id, version),
    foreign key (publication_id, version, started_by, edits) references publication_hand (publication_id, version, staff_id, part),
    foreign key (publication_id, version, reviewed_by, publishes) references publication_hand (publication_id, version, staff_id, part),
    foreign key (publication_id, version, released_by, publishes) references publication_hand (publication_id, version, staff_id, part),
    check ((state = 'draft') = (body is null)),
    check ((body is null) = (body_seal is null)),
    check ((body is null) = (checked_on is null)),
    check ((state in ('reviewed', 'released', 'corrected', 'withdrawn')) = (reviewed_by is not null)),
    check ((state in ('released', 'corrected', 'withdrawn')) = (released_by is not null)),
    check ((state in ('released', 'corrected', 'withdrawn')) = (released_on is not null)),
    check ((state in ('released', 'corrected', 'withdrawn')) = (pdf is not null)),
    check ((state in ('corrected', 'withdrawn')) = (ended_on is not null)),
    check (released_on is null or ended_on is null or ended_reason is not null)
);
-- One version is worked on at a time, and one is in force.
create unique index publication_version_open on publication_version (publication_id) where state in ('draft', 'disclosure_checked', 'reviewed');
create unique index publication_version_current on publication_version (publication_id) where state = 'released';

create table publication_section (
    publication_id {id} not null,
    version {int} not null,
    section {text} not null,
    words {text} not null,
    revision {int} not null,
    edited_on {text} not null,
    edited_by {id} not null,
    edits {text} not null check (edits = 'edits'),
    primary key (publication_id, version, section),
    foreign key (publication_id, version) references publication_version (publication_id, version),
    foreign key (publication_id, version, edited_by, edits) references publication_hand (publication_id, version, staff_id, part)
);

create table publication_phenomenon (
    publication_id {id} not null,
    version {int} not null,
    phenomenon_id {id} not null references phenomenon (id),
    place {int} not null,
    primary key (publication_id, version, phenomenon_id),
    foreign key (publication_id, version) references publication_version (publication_id, version)
);

-- The county's own figures that are drawn in, by the codes of their definitions.
create table publication_own_figure (
    publication_id {id} not null,
    version {int} not null,
    code {text} not null,
    place {int} not null,
    primary key (publication_id, version, code),
    foreign key (publication_id, version) references publication_version (publication_id, version)
);

create table publication_statistic (
    publication_id {id} not null,
    version {int} not null,
    indicator_id {id} not null references statistic_indicator (id),
    place {int} not null,
    primary key (publication_id, version, indicator_id),
    foreign key (publication_id, version) references publication_version (publication_id, version)
);

-- Words of an observation that an editor has released for this version. Which observation they are from is not kept.
create table publication_quote (
    id {id} primary key,
    publication_id {id} not null,
    version {int} not null,
    phenomenon_id {id} not null references phenomenon (id),
    words {text} not null,
    released_on {text} not null,
    released_by {id} not null,
    edits {text} not null check (edits = 'edits'),
    unique (publication_id, version, phenomenon_id, words),
    foreign key (publication_id, version) references publication_version (publication_id, version),
    foreign key (publication_id, version, released_by, edits) references publication_hand (publication_id, version, staff_id, part)
);

-- A run of disclosure control: what it was made of, what it decided (never shown), and the sealed table it let through.
create table publication_run (
    publication_id {id} not null,
    version {int} not null,
    name {text} not null,
    -- Of whom the counts are: later runs about the same take what this one has told into account.
    population {text} not null,
    inputs {text} not null,
    run {text} not null,
    sealed {text} not null,
    made_on {text} not null,
    primary key (publication_id, version, name),
    foreign key (publication_id, version) references publication_version (publication_id, version)
);
create index publication_run_population on publication_run (population);
