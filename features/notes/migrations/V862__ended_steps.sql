-- The steps that a document ended, for its own page.
create index note_step_ended_in on note_step (ended_in) where ended_in is not null;
