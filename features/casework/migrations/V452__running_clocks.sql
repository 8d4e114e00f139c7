-- Time limits that run are few beside those that have ended; the day of the first one of a matter orders every list.
drop index matter_clock_due;
create index matter_clock_due on matter_clock (due_on) where ended_at is null;
create index matter_clock_of on matter_clock (matter_id, due_on) where ended_at is null;
