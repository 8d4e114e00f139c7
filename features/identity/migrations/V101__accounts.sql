-- Local sign-in. Nothing here opens anything by itself: passwords are argon2id hashes, codes are keyed
-- digests, the secret of time-based codes is sealed with a key of the house that is not in the database.

-- totp_last_step: the step (30 s) of the last code that was accepted, so that no code works twice.
create table account (
    staff_id {id} primary key references staff (id),
    login_name {text} not null unique,
    state {text} not null check (state in ('invited', 'active', 'closed')),
    password_hash {text},
    password_at {int},
    totp_secret {blob},
    totp_since {int},
    totp_last_step {int} not null default 0,
    created_at {int} not null,
    signed_in_at {int}
);

create table recovery_code (
    staff_id {id} not null references account (staff_id),
    code_hash {blob} not null,
    used_at {int},
    primary key (staff_id, code_hash)
);

-- One-time codes handed over by an administrator. A newer one ends those before it (ended_at).
create table invitation (
    code_hash {blob} primary key,
    staff_id {id} not null references account (staff_id),
    made_at {int} not null,
    made_by {id} references staff (id),
    expires_at {int} not null,
    used_at {int},
    ended_at {int}
);
create index invitation_staff on invitation (staff_id);

-- party: the host name for which the key was made. suspended_at: its counter did not rise, so it exists twice.
create table passkey (
    id {id} primary key,
    staff_id {id} not null references account (staff_id),
    credential {blob} not null unique,
    public_key {blob} not null,
    party {text} not null,
    counter {int} not null,
    synced {int} not null,
    name {text} not null,
    created_at {int} not null,
    used_at {int},
    suspended_at {int}
);
create index passkey_staff on passkey (staff_id);

-- Challenges that have been answered; kept as long as they could be answered again.
create table answered_challenge (
    challenge {blob} primary key,
    at {int} not null
);

-- Browsers in which somebody has signed in before: others' wrong passwords do not slow them down.
create table known_device (
    token_hash {blob} not null,
    staff_id {id} not null references account (staff_id),
    since {int} not null,
    used_at {int} not null,
    primary key (token_hash, staff_id)
);
create index known_device_staff on known_device (staff_id);

-- Forms that wait for their writer. mark: whose page they were on, readable only to the house.
create table held_form (
    id {id} primary key,
    mark {blob} not null unique,
    sealed {blob} not null,
    held_at {int} not null,
    shown_at {int}
);

-- method: how the session began. strong_at: when its person last proved who she is with two factors or a passkey.
-- client: keyed digest of the address, to tell one's own place from another.
alter table session add column method {text} not null default 'demo';
alter table session add column strong_at {int};
alter table session add column browser {text} not null default '';
alter table session add column client {int} not null default 0;
