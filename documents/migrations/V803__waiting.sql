-- What waits for an answer is little beside all documents; every worker's pages ask for it.
create index document_void_waiting on document_void (asked_at, document_id) where answered_at is null;
create index document_sent_back on document (asked_by, kind) where sent_back is not null;
