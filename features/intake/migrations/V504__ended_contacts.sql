-- Ended contacts by the day they ended: who may open one again is asked of the last days alone, not of all that ever ended.
create index contact_ended on contact (state, ended_at);
