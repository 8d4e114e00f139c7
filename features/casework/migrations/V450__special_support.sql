-- A person needing special support (erityistä tukea tarvitseva henkilö, SHL 3 § 1 item 3) is a judgement about difficulty in
-- seeking and getting services, not a diagnosis. A judgement is never written over: a new one ends the one before, and
-- one at most is in force for a client.
create table special_support (
    id {id} primary key,
    client_id {id} not null references client (id),
    -- the matter in which it was judged
    matter_id {id} not null references matter (id),
    -- codes separated by a space
    grounds {text} not null,
    words {text} not null,
    -- who decides on services that belong together (SHL 46 §), and why when somebody else
    decides {text} not null check (decides in ('social_worker', 'other')),
    decides_words {text} not null,
    assessed_on {text} not null,
    assessed_by {id} not null references staff (id),
    review_on {text} not null,
    recorded_at {int} not null,
    recorded_by {id} not null references staff (id),
    ended_at {int},
    ended_by {id} references staff (id),
    -- 'renewed' or 'over'
    end_code {text},
    end_words {text}
);
create unique index special_support_current on special_support (client_id) where ended_at is null;
create index special_support_client on special_support (client_id, recorded_at);
create index special_support_review on special_support (review_on);
