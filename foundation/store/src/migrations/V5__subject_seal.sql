-- Tells whether `subject_head` is as the program saved it: a keyed code over the writer's rows and the
-- mark. Where it does not fit, the rows are made anew from the log.
alter table subject_mark add column code {blob};
