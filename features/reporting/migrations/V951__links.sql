-- The recipient's link: when it was made, what she is shown by it, and links that no longer open anything, so that whoever comes by
-- one is told why. What the previous version does not know it leaves empty: a link without a day was made when the proposal was sent.
alter table proposal add column link_made_on {text};

-- What the recipient decides on, as the editor saw it when she sent it; a proposal that was sent before has none and shows what stands.
alter table proposal add column handed {text};

-- Digests of links that were used, withdrawn or replaced by a new one.
create table proposal_link_ended (
    link {blob} primary key,
    proposal_id {id} not null references proposal (id),
    ended_on {text} not null,
    how {text} not null check (how in ('answered', 'withdrawn', 'replaced'))
);
create index proposal_link_ended_of on proposal_link_ended (proposal_id, ended_on);
