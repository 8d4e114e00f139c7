-- A detail written by mistake: who took it back, why (written_wrong | other_person) and in which words.
alter table client_detail add column voided_by {id} references staff (id);
alter table client_detail add column voided_why {text};
alter table client_detail add column void_reason {text};
