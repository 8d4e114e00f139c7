-- The first advice of a county, for where its figures begin.
create index advice_at on advice (at);
