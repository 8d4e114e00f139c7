-- Protection stops by an act, never by the calendar: an order of non-disclosure holds until it is ended (by a person, or
-- by the job on the day after its last, which first protects the details one by one), and so does a shared household.
-- household_ended_at: the end of the household has been worked off. protected: the number stays hidden after the order.
alter table related_person add column household_ended_at {int};
alter table related_person add column protected {int} not null default 0;

-- A related person who is a client leads to the record in use, also when the two became known to each other later.
update related_person set other_client = (
    select c.id from client c where c.identity_hash = related_person.identity_hash and c.state = 'active')
where other_client is null and exists (
    select 1 from client c where c.identity_hash = related_person.identity_hash and c.state = 'active'
        and c.id <> related_person.client_id);
insert into merge_moved (merge_id, table_name, row_id)
select m.id, 'related_person.other_client', p.id from related_person p join merge m on m.merged = p.other_client
where m.approved_at is not null and m.undone_at is null and m.kept <> p.client_id;
update related_person set other_client = (
    select m.kept from merge m where m.merged = related_person.other_client and m.approved_at is not null and m.undone_at is null)
where exists (
    select 1 from merge m where m.merged = related_person.other_client and m.approved_at is not null and m.undone_at is null
        and m.kept <> related_person.client_id);

-- Whose contact details are protected: the client's own order, or that of somebody in the same household (661/2009
-- 36-37 §), linked as clients or by the identity code alone. Ask with a day: an order may begin later.
drop view hidden_client;
create view hidden_client as
    select n.client_id as client_id, n.begins_on as begins_on, '9999-12-31' as ends_on
    from non_disclosure n where n.ended_at is null
    union all
    select p.client_id, n.begins_on, '9999-12-31'
    from related_person p join non_disclosure n on n.client_id = p.other_client
    where p.same_household = 1 and p.household_ended_at is null and n.ended_at is null
    union all
    select p.client_id, n.begins_on, '9999-12-31'
    from related_person p join client c on c.identity_hash = p.identity_hash join non_disclosure n on n.client_id = c.id
    where p.same_household = 1 and p.household_ended_at is null and n.ended_at is null
    union all
    select p.other_client, n.begins_on, '9999-12-31'
    from related_person p join non_disclosure n on n.client_id = p.client_id
    where p.other_client is not null and p.same_household = 1 and p.household_ended_at is null and n.ended_at is null
    union all
    select c.id, n.begins_on, '9999-12-31'
    from client c join related_person p on p.identity_hash = c.identity_hash join non_disclosure n on n.client_id = p.client_id
    where p.same_household = 1 and p.household_ended_at is null and n.ended_at is null;

-- As before, and: B02 over the links of the product itself, not the identity code alone. B03: a colleague of the same
-- unit, or of a unit that one leads, deputies between their days. Ask with a day.
drop view kin_bar;
create view kin_bar as
    select s.id as staff_id, c.id as client_id, 'B01' as bar, '0001-01-01' as begins_on, '9999-12-31' as ends_on
    from staff s join client c on c.identity_hash = s.identity_hash
    union all
    select d.staff_id, c.id, 'B02', '0001-01-01', '9999-12-31'
    from relative_declaration d join client c on c.identity_hash = d.identity_hash
    where d.withdrawn_at is null
    union all
    select s.id, p.client_id, 'B02', '0001-01-01', '9999-12-31'
    from staff s join related_person p on p.identity_hash = s.identity_hash
    union all
    select s.id, c.id, 'B02', '0001-01-01', '9999-12-31'
    from staff s join client own on own.identity_hash = s.identity_hash
    join related_person p on p.client_id = own.id join client c on c.identity_hash = p.identity_hash
    union all
    select s.id, p.client_id, 'B02', '0001-01-01', '9999-12-31'
    from staff s join client own on own.identity_hash = s.identity_hash join related_person p on p.other_client = own.id
    union all
    select s.id, p.other_client, 'B02', '0001-01-01', '9999-12-31'
    from staff s join client own on own.identity_hash = s.identity_hash join related_person p on p.client_id = own.id
    where p.other_client is not null
    union all
    select s.id, c.id, 'B03', '0001-01-01', '9999-12-31'
    from staff s join staff m on m.unit_id = s.unit_id and m.id <> s.id join client c on c.identity_hash = m.identity_hash
    where m.left_at is null
    union all
    select u.lead_id, c.id, 'B03', '0001-01-01', '9999-12-31'
    from unit u join staff m on m.unit_id = u.id and m.id <> u.lead_id join client c on c.identity_hash = m.identity_hash
    where m.left_at is null
    union all
    select l.staff_id, c.id, 'B03', l.begins_on, l.ends_on
    from deputy_lead l join staff m on m.unit_id = l.unit_id and m.id <> l.staff_id
    join client c on c.identity_hash = m.identity_hash
    where l.approved_at is not null and m.left_at is null;
