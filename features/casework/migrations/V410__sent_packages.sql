-- How a package left, and who said so; where the other county is served by the same house it goes by itself.
alter table county_outbox add column sent_how {text};
alter table county_outbox add column sent_words {text};
alter table county_outbox add column sent_by {id} references staff (id);
alter table county_outbox add column printed_by {id} references staff (id);
