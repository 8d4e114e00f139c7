-- The day on which the day of death was written down. Staff's rights stop 30 days after the later of the two (bar B12), so
-- that a death that is told late, or by mistake, can still be dealt with by those who work with the client.
alter table client add column death_known_on {text};
