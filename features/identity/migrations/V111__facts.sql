-- What rights rest on, as facts with periods: nothing here is a setting that is switched, only what began
-- and ended. The columns staff.tasks and staff.qualifications are from now on what the facts of today give,
-- kept for lists; a session reads the facts themselves.
-- Days are included at both ends. An empty end means that none is known.

-- identity_hash: keyed digest of the personal identity code, for finding one's own record and relatives'
-- records (bars B01-B03). The code itself is nowhere. left_at: the minute when the last employment ended.
alter table staff add column identity_hash {blob};
alter table staff add column left_at {int};
create unique index staff_identity on staff (identity_hash);

create table employment (
    id {int} primary key,
    staff_id {id} not null references staff (id),
    kind {text} not null check (kind in ('public_office', 'contract', 'hired', 'placement')),
    unit_id {id} not null references unit (id),
    begins_on {text} not null,
    ends_at {int},
    recorded_at {int},
    recorded_by {id} references staff (id)
);
create index employment_staff on employment (staff_id);

-- In force only when approved: by another than who requested it, and never by oneself. Rows without a
-- requester came with the staff itself (first set-up, import).
create table work_task (
    id {int} primary key,
    staff_id {id} not null references staff (id),
    task {text} not null,
    service_task {text} not null,
    unit_id {id} references unit (id),
    begins_on {text} not null,
    ends_on {text},
    requested_at {int},
    requested_by {id} references staff (id),
    by_admin {int} not null,
    approved_at {int},
    approved_by {id} references staff (id),
    refused_at {int},
    refused_by {id} references staff (id),
    check (ends_on is null or begins_on <= ends_on),
    check (approved_by is null or (approved_by <> requested_by and approved_by <> staff_id)),
    check (requested_by is null or requested_by <> staff_id)
);
create index work_task_staff on work_task (staff_id);

-- source: 'register' (read from the national register) or 'entered' (by an administrator, until the
-- register knows). drops_code: the restriction takes the qualification away; a temporary right is one of
-- act 817/2015 12 §. replaced_at: the register tells otherwise since then; the row is history.
create table professional_right (
    id {int} primary key,
    staff_id {id} not null references staff (id),
    kind {text} not null,
    register_number {text},
    valid_from {text} not null,
    valid_until {text},
    restriction {text} not null,
    drops_code {int} not null,
    temporary {int} not null,
    source {text} not null check (source in ('register', 'entered')),
    checked_at {int},
    replaced_at {int},
    recorded_by {id} references staff (id)
);
create index professional_right_staff on professional_right (staff_id);

create table substitution (
    id {int} primary key,
    absent_id {id} not null references staff (id),
    substitute_id {id} not null references staff (id),
    begins_on {text} not null,
    ends_on {text} not null,
    recorded_at {int} not null,
    recorded_by {id} not null references staff (id),
    check (begins_on <= ends_on),
    check (absent_id <> substitute_id)
);
create index substitution_absent on substitution (absent_id);
create index substitution_substitute on substitution (substitute_id);

-- Who leads a unit beside its lead, for a time. Gives the task of a lead, so it needs two as well.
create table deputy_lead (
    id {int} primary key,
    unit_id {id} not null references unit (id),
    staff_id {id} not null references staff (id),
    begins_on {text} not null,
    ends_on {text} not null,
    requested_at {int} not null,
    requested_by {id} not null references staff (id),
    approved_at {int},
    approved_by {id} references staff (id),
    refused_at {int},
    check (begins_on <= ends_on),
    check (requested_by <> staff_id),
    check (approved_by is null or (approved_by <> requested_by and approved_by <> staff_id))
);
create index deputy_lead_unit on deputy_lead (unit_id);
create index deputy_lead_staff on deputy_lead (staff_id);

-- Leads and deputies of units with the days between which they are. Ask with a day.
create view unit_leader as
    select id as unit_id, lead_id as staff_id, '0001-01-01' as begins_on, '9999-12-31' as ends_on from unit
    union all
    select unit_id, staff_id, begins_on, ends_on from deputy_lead where approved_at is not null;

-- Delegation of decisions (HvaL 95-96 §): the office by its title, or one person. Empty: nobody decides.
create table delegation (
    id {int} primary key,
    kind {text} not null,
    title {text},
    staff_id {id} references staff (id),
    unit_id {id} references unit (id),
    max_cents {int},
    max_months {int},
    also_negative {int} not null,
    valid_from {text} not null,
    valid_to {text},
    ruling {text} not null,
    entered_at {int} not null,
    entered_by {id} not null references staff (id),
    approved_at {int},
    approved_by {id} references staff (id),
    refused_at {int},
    check ((title is null) <> (staff_id is null)),
    check (approved_by is null or (approved_by <> entered_by and (staff_id is null or approved_by <> staff_id)))
);

-- Relatives and household that an employee has declared (HvaL 102 §). Only digests: never readable back.
create table relative_declaration (
    id {int} primary key,
    staff_id {id} not null references staff (id),
    identity_hash {blob} not null,
    declared_at {int} not null,
    withdrawn_at {int},
    unique (staff_id, identity_hash)
);
create index relative_declaration_identity on relative_declaration (identity_hash);

-- Employees as they stood. Employments that had ended are known by the day only, staff.ended_on.
insert into employment (id, staff_id, kind, unit_id, begins_on, ends_at)
    select row_number() over (order by s.id), s.id,
        case when s.qualifications like '%+office%' then 'public_office' else 'contract' end,
        s.unit_id, s.began_on, null
    from staff s;
insert into work_task (id, staff_id, task, service_task, unit_id, begins_on, by_admin, approved_at)
    select row_number() over (order by s.id, t.task), s.id, t.task, 'own_task', s.unit_id, s.began_on, 0, 0
    from staff s
    join (
        select 'front_door' as task union all select 'duty_holder' union all select 'centre_social'
        union all select 'centre_health' union all select 'broad_responsibility' union all select 'arranging'
        union all select 'carrying_out' union all select 'lead'
    ) t on ' ' || s.tasks || ' ' like '% ' || t.task || ' %';
insert into professional_right (id, staff_id, kind, valid_from, restriction, drops_code, temporary, source)
    select row_number() over (order by s.id), s.id,
        case when ' ' || s.qualifications like '% sw%' then 'social_worker'
            when ' ' || s.qualifications like '% sc%' then 'social_counsellor'
            else 'health_professional' end,
        s.began_on, '', 0, 0, 'entered'
    from staff s
    where ' ' || s.qualifications like '% sw%' or ' ' || s.qualifications like '% sc%'
        or ' ' || s.qualifications || ' ' like '% hp %';
