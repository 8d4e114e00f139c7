-- Whom a county's directory means by its lasting names. One of them for each member of staff.
create table directory_identity (
    issuer {text} not null,
    subject {text} not null,
    staff_id {id} not null references staff (id),
    linked_at {int} not null,
    primary key (issuer, subject)
);
create unique index directory_identity_staff on directory_identity (issuer, staff_id);

-- Work tasks to which the directory's groups narrow a session, with spaces; none: all the person's tasks.
alter table session add column only_tasks {text};
