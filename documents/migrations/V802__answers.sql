-- Whoever is asked to void a document may refuse: the wish is taken off the open ones and stays here with the reason. Whoever
-- asked is told, and may ask again.
create table document_void_refused (
    id {id} primary key,
    document_id {id} not null references document (id),
    reason {text} not null,
    asked_at {int} not null,
    asked_by {id} not null references staff (id),
    -- why it was refused
    words {text} not null,
    refused_at {int} not null,
    refused_by {id} not null references staff (id),
    check (refused_by <> asked_by)
);
create index document_void_refused_document on document_void_refused (document_id, refused_at);
create index document_void_refused_asker on document_void_refused (asked_by, refused_at);

-- Forms that added something to a document: the same page sent twice with the same content adds it once.
create table document_form (
    document_id {id} not null references document (id),
    -- the page that was sent
    form {id} not null,
    -- of what stood in it: a page whose text was changed after it was sent adds another
    digest {blob} not null,
    sent_by {id} not null references staff (id),
    sent_at {int} not null,
    -- what it added
    made {id},
    primary key (document_id, form, digest, sent_by)
);
