-- Work towards outside systems and work for later, stored in the transaction that wants it done.
-- A job that is done is deleted; one that failed says why in `failure` and waits until `run_at`.
create table job (
    id {id} primary key not null,
    kind {text} not null,
    payload {text} not null,
    run_at {int} not null,
    created_at {int} not null,
    attempts {int} not null,
    lease_until {int},
    lease_holder {id},
    failure {text}
);

create index job_run_at on job (run_at);
