-- A goal or an action that was only in a draft may be taken away: it was a slip of the pen, nobody agreed on it. The row stays as
-- a trace; what has been in a version is given up with words instead, and stays in every version that has it.
alter table plan_goal add column removed_at {int};
alter table plan_action add column removed_at {int};
