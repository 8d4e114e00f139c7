-- Everything over which a worker may see a client: relations, leading and duty of the responsible unit, and
-- exceptional access. In force at a moment m of day d: began_at <= m and ends > m, and begins_on <= d and
-- ends_on >= d. until_at is ends with the tail: in between, one's own matter is read and own drafts finished.
create index duty_staff on duty (staff_id, ends_at);

create view held_relation as
    select r.client_id as client_id, r.staff_id as staff_id, r.kind as kind, r.object_kind as object_kind,
        r.object_id as object_id, r.began_at as began_at,
        coalesce(r.ends_at, 9007199254740991) as ends,
        coalesce(r.tail_until, r.ends_at, 9007199254740991) as until_at,
        '0001-01-01' as begins_on, '9999-12-31' as ends_on
    from relation r
    union all
    select c.id, l.staff_id, 'unit_lead', null, null, cast(0 as bigint), cast(9007199254740991 as bigint),
        cast(9007199254740991 as bigint), l.begins_on, l.ends_on
    from unit_leader l join client c on c.responsible_unit = l.unit_id
    union all
    select c.id, d.staff_id, 'unit_duty', null, null, d.begins_at, d.ends_at, d.ends_at + 3600000,
        '0001-01-01', '9999-12-31'
    from duty d join client c on c.responsible_unit = d.unit_id
    union all
    select e.client_id, e.staff_id, 'exceptional', null, null, e.opened_at, e.ends_at, e.ends_at,
        '0001-01-01', '9999-12-31'
    from exceptional_access e;

-- Whom a worker must not see because of who they are to each other; computed from the facts, so that nobody
-- need remember to write it down. B01: oneself. B02: declared relatives, related persons of either record.
-- B03: a colleague of the same unit, or of a unit that one leads.
create view kin_bar as
    select s.id as staff_id, c.id as client_id, 'B01' as bar
    from staff s join client c on c.identity_hash = s.identity_hash
    union all
    select d.staff_id, c.id, 'B02'
    from relative_declaration d join client c on c.identity_hash = d.identity_hash
    where d.withdrawn_at is null
    union all
    select s.id, p.client_id, 'B02'
    from staff s join related_person p on p.identity_hash = s.identity_hash
    union all
    select s.id, c.id, 'B02'
    from staff s join client own on own.identity_hash = s.identity_hash
    join related_person p on p.client_id = own.id join client c on c.identity_hash = p.identity_hash
    union all
    select s.id, c.id, 'B03'
    from staff s join staff m on m.unit_id = s.unit_id and m.id <> s.id join client c on c.identity_hash = m.identity_hash
    where m.left_at is null
    union all
    select u.lead_id, c.id, 'B03'
    from unit u join staff m on m.unit_id = u.id and m.id <> u.lead_id join client c on c.identity_hash = m.identity_hash
    where m.left_at is null;

-- Whose contact details are protected by non-disclosure for safety: the client's own, or that of somebody in the
-- same household (661/2009 36-37 §). Days of the order; for the household, ask with a day as well.
create view hidden_client as
    select n.client_id as client_id, n.begins_on as begins_on, coalesce(n.ends_on, '9999-12-31') as ends_on
    from non_disclosure n where n.ended_at is null
    union all
    select p.client_id, n.begins_on, coalesce(n.ends_on, '9999-12-31')
    from related_person p join non_disclosure n on n.client_id = p.other_client
    where p.same_household = 1 and p.valid_to is null and n.ended_at is null
    union all
    select p.other_client, n.begins_on, coalesce(n.ends_on, '9999-12-31')
    from related_person p join non_disclosure n on n.client_id = p.client_id
    where p.same_household = 1 and p.valid_to is null and n.ended_at is null;
