-- The plans of a client, however many the county has: the indexes by state hold only those that a rule counts.
create index plan_client_client on plan_client (client_id, document_id);
