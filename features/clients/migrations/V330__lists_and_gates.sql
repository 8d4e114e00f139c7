-- Reading by a gate and by a list at the cost of what is asked. Nothing is kept twice by the program: the engine
-- itself keeps the columns of these indexes, in the transaction of the row.

-- A worker's relations by client: a list reads its grounds here alone, and the rows of clients after that.
create index relation_list on relation (staff_id, client_id, kind, began_at, ends_at, tail_until, object_id);

-- The clients of a unit in the order of a list, with all that decides whether they stand in it.
drop index client_unit;
create index client_unit on client (responsible_unit, sort_key, id, state, died_on, death_known_on, birth_date, display_name);

-- As before, with a source for each way of leading a unit: a view over another view of several sources is put
-- together as a whole at every question.
drop view held_relation;
create view held_relation as
    select r.client_id as client_id, r.staff_id as staff_id, r.kind as kind, r.object_kind as object_kind,
        r.object_id as object_id, r.began_at as began_at,
        coalesce(r.ends_at, 9007199254740991) as ends,
        coalesce(r.tail_until, r.ends_at, 9007199254740991) as until_at,
        '0001-01-01' as begins_on, '9999-12-31' as ends_on
    from relation r
    union all
    select c.id, u.lead_id, 'unit_lead', null, null, cast(0 as bigint), cast(9007199254740991 as bigint),
        cast(9007199254740991 as bigint), '0001-01-01', '9999-12-31'
    from unit u join client c on c.responsible_unit = u.id
    union all
    select c.id, l.staff_id, 'unit_lead', null, null, cast(0 as bigint), cast(9007199254740991 as bigint),
        cast(9007199254740991 as bigint), l.begins_on, l.ends_on
    from deputy_lead l join client c on c.responsible_unit = l.unit_id
    where l.approved_at is not null
    union all
    select c.id, d.staff_id, 'unit_duty', null, null, d.begins_at, d.ends_at, d.ends_at + 3600000,
        '0001-01-01', '9999-12-31'
    from duty d join client c on c.responsible_unit = d.unit_id
    union all
    select e.client_id, e.staff_id, 'exceptional', null, null, e.opened_at, e.ends_at, e.ends_at,
        '0001-01-01', '9999-12-31'
    from exceptional_access e;
