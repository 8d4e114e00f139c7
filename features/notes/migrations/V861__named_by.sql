-- A student's link to a client names the tutor who made it (view `tutored` of the room of clients). Links made before told
-- it of nobody: theirs is the tutor who guides the student and guides students with that client.
update relation set object_kind = 'tutor',
    object_id = (select t.tutor from tutoring t
        join relation g on g.staff_id = t.tutor and g.client_id = relation.client_id and g.kind = 'tutor_of'
        where t.student = relation.staff_id order by t.made_at desc, t.id limit 1)
    where kind = 'tutor_link' and object_id is null and exists (select 1 from tutoring t
        join relation g on g.staff_id = t.tutor and g.client_id = relation.client_id and g.kind = 'tutor_of'
        where t.student = relation.staff_id);
