-- People whose searches a person looks at, such as somebody in the news. Kept by the keyed hash of the identity code:
-- the list does not tell whether the person is a client.
create table watched_person (
    id {id} primary key,
    identity_hash {blob} not null,
    reason {text} not null,
    ends_on {text} not null,
    added_at {int} not null,
    added_by {id} not null references staff (id),
    ended_at {int},
    ended_by {id} references staff (id)
);
create index watched_person_hash on watched_person (identity_hash, ended_at);
