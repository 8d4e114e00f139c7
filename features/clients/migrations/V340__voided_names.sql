-- A name written by mistake: who took it back, why (written_wrong | other_person) and in which words. The parts of such a
-- name are found no more.
alter table client_name add column voided_by {id} references staff (id);
alter table client_name add column voided_why {text};
alter table client_name add column void_reason {text};
