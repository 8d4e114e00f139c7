-- Who leads a unit after its lead has left: named on the form that ends the employment. Until that moment the unit has
-- the lead it had.
alter table unit add column next_lead_id {id};
alter table unit add column next_lead_at {int};
