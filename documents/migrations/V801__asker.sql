-- Who asked the tutor for the approval: an assessment or a plan is begun by a worker, and a student writes in it. The version
-- tells the writer's name beside the tutor's (457/2024 21 §).
alter table document add column asked_by {id} references staff (id);
