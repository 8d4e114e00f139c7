-- Borders of municipalities, as the county imported them: one file at a time, the newest counts. Real borders are not shipped.
create table statistic_borders (
    id {int} primary key check (id = 1),
    file_name {text} not null,
    attribution {text} not null,
    digest {blob} not null,
    file {blob} not null,
    imported_on {text} not null
);
