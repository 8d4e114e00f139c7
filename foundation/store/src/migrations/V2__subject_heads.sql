-- A help for a quick start, made from the log and thrown away without loss: the newest entry about
-- each subject in each writer's chain, as far as `subject_mark` says.
create table subject_head (
    subject {id} not null,
    writer {int} not null,
    number {int} not null,
    primary key (subject, writer)
);

create table subject_mark (
    writer {int} primary key not null,
    number {int} not null
);
