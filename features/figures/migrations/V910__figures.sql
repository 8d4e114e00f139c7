-- Own figures: only what disclosure control has let through is kept here, never a count of one person and never a client.

-- One table of one figure and one year, as it was released. `sealed` can be made by nobody without the house's key. `run` tells
-- which cells were unsafe: for the house's own books, never shown. `linked` are the earlier releases whose cells stood in
-- the run as printed already.
create table figure_release (
    id {id} primary key,
    code {text} not null,
    version {int} not null,
    year {int} not null,
    -- the last day that is counted
    through {text} not null,
    threshold {int} not null,
    inputs {text} not null,
    layout {text} not null,
    sealed {text} not null,
    run {text} not null,
    linked {text} not null,
    made_at {int} not null,
    unique (code, version, year, through, threshold)
);
create index figure_release_newest on figure_release (code, year, made_at);

-- A release counted again: whether the same came out.
create table figure_recall (
    id {id} primary key,
    release_id {id} not null references figure_release (id),
    at {int} not null,
    recalled_by {id} not null references staff (id),
    -- the same counts went in, the same table came out
    same_inputs {int} not null check (same_inputs in (0, 1)),
    same_table {int} not null check (same_table in (0, 1))
);
create index figure_recall_release on figure_recall (release_id, at);
