-- A student works with a client only under the tutor who named the student for her (457/2024 21 §), so the link counts for
-- as long as that tutor is in service and works with the client herself: when the tutor leaves, hands the client over or
-- closes the matter, it stops counting by itself. The tutor stands in the link as its object ('tutor'): two tutors of one
-- student have a link each. Ask with a moment and a day, as held_relation.
create view tutored as
    select r.client_id as client_id, r.staff_id as staff_id, r.object_id as tutor_id,
        case when r.began_at > o.began_at then r.began_at else o.began_at end as began_at,
        case
            when coalesce(r.ends_at, 9007199254740991) <= coalesce(o.ends_at, 9007199254740991)
                and coalesce(r.ends_at, 9007199254740991) <= coalesce(u.left_at, 9007199254740991)
            then coalesce(r.ends_at, 9007199254740991)
            when coalesce(o.ends_at, 9007199254740991) <= coalesce(u.left_at, 9007199254740991)
            then coalesce(o.ends_at, 9007199254740991)
            else coalesce(u.left_at, 9007199254740991)
        end as ends,
        coalesce(u.ended_on, '9999-12-31') as ends_on
    from relation r
    join staff u on u.id = r.object_id
    join relation o on o.client_id = r.client_id and o.staff_id = r.object_id
        and o.kind in ('own_worker', 'own_team', 'matter_holder', 'matter_participant')
    where r.kind = 'tutor_link' and r.object_kind = 'tutor';

-- As before, with the student's link to the client as a whole while it counts.
drop view held_relation;
create view held_relation as
    select r.client_id as client_id, r.staff_id as staff_id, r.kind as kind, r.object_kind as object_kind,
        r.object_id as object_id, r.began_at as began_at,
        coalesce(r.ends_at, 9007199254740991) as ends,
        coalesce(r.tail_until, r.ends_at, 9007199254740991) as until_at,
        '0001-01-01' as begins_on, '9999-12-31' as ends_on
    from relation r where r.kind <> 'tutor_link'
    union all
    select v.client_id, v.staff_id, 'tutor_link', null, null, v.began_at, v.ends, v.ends, '0001-01-01', v.ends_on
    from tutored v
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
