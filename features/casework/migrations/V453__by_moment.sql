-- What a worker did lately, and what moved or began within a period, without reading everything that ever happened.
create index matter_event_staff on matter_event (staff_id, at);
create index matter_holding_began on matter_holding (began_at);
create index matter_made on matter (made_at);
