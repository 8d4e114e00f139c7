-- The log of use and change. Each column is covered by the chain or by a head's code: a new column
-- must be put into the digest (access::log) or it could be changed unseen. Append-only: position is
-- (writer << 44) + the entry's number in that writer's chain.
create table log_entry (
    position {int} primary key not null,
    header {blob} not null,
    body {blob} not null,
    link {blob} not null
);

-- The newest entry of each writer, with a keyed code; changed in the transaction of the entries.
create table log_head (
    writer {int} primary key not null,
    count {int} not null,
    link {blob} not null,
    code {blob} not null
);
