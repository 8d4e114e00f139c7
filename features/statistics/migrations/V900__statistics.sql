-- Open statistics with versions. Nothing here is about a person: figures of areas, as their producers publish them.

-- What is known of an indicator now. additive: values of parts may be added up (a count), which a rate may not.
create table statistic_indicator (
    id {id} primary key,
    source {text} not null check (source in ('sotkanet', 'statfin', 'thl', 'file')),
    code {text} not null,
    theme {text} not null,
    title_fi {text} not null,
    title_sv {text} not null,
    title_en {text} not null,
    about_fi {text} not null,
    about_sv {text} not null,
    about_en {text} not null,
    caveat_fi {text} not null,
    caveat_sv {text} not null,
    caveat_en {text} not null,
    decimals {int} not null check (decimals between 0 and 10),
    additive {int} not null check (additive in (0, 1)),
    seen_at {int} not null,
    unique (source, code)
);

-- Areas: category and code together. A service's own number of an area is not kept: numbers change.
create table statistic_region (
    category {text} not null,
    code {text} not null,
    name_fi {text} not null,
    name_sv {text} not null,
    name_en {text} not null,
    primary key (category, code)
);

-- What stood beside the values when they were published: unit, producer, licence. A value names its release, so that a
-- unit that changes later does not change what an old value meant.
create table statistic_release (
    id {id} primary key,
    indicator_id {id} not null references statistic_indicator (id),
    data_updated {text},
    unit {text} not null,
    producer_fi {text} not null,
    producer_sv {text} not null,
    producer_en {text} not null,
    licence {text} not null,
    attribution {text} not null,
    origin {text} not null,
    made_at {int} not null
);
create index statistic_release_indicator on statistic_release (indicator_id, data_updated);

-- Years that have been fetched whole: with the day of the service's data, so that what has not changed is not asked again.
create table statistic_year (
    indicator_id {id} not null references statistic_indicator (id),
    year {int} not null,
    data_updated {text},
    fetched_on {text} not null,
    areas {int} not null,
    unknown_areas {int} not null,
    primary key (indicator_id, year)
);

-- One version of one value. A value that the service took back is a version without a value.
create table statistic_value (
    indicator_id {id} not null references statistic_indicator (id),
    year {int} not null,
    category {text} not null,
    region_code {text} not null,
    gender {text} not null check (gender in ('male', 'female', 'total')),
    version {int} not null check (version >= 1),
    newest {int} not null check (newest in (0, 1)),
    value {text},
    absolute {text},
    fetched_on {text} not null,
    release_id {id} not null references statistic_release (id),
    primary key (indicator_id, year, category, region_code, gender, version),
    check (value is not null or absolute is null)
);
create unique index statistic_value_newest on statistic_value (indicator_id, category, region_code, gender, year) where newest = 1;
