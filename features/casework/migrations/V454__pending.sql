-- The first matter of a county, for where its figures begin.
create index matter_pending on matter (pending_at);
