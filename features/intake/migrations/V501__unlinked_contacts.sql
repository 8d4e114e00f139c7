-- A contact that was tied to the wrong client is freed: who did it and why stays, and what the tie told of the person goes
-- with it.
alter table contact_link add column ended_by {id} references staff (id);
alter table contact_link add column end_reason {text};
-- the tie gave the contact its name, and whether the person had stayed without one by choice
alter table contact_link add column named {int} not null default 0;
alter table contact_link add column was_anonymous {int} not null default 0;
