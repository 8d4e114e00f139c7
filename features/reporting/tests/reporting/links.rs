//! The recipient's link: made anew, withdrawn, over; and what she is shown by it.

use kernel::time::Date;
use reporting::domain::{EvidenceKind, Handed, LINK_DAYS, Quality, ReportError};
use reporting::store::links::{self, Ended, LinkStands, Opened};
use reporting::store::phenomena::{self, NewEvidence};
use reporting::store::proposals::{self, Answerer, Link};
use reporting::store::{PhenomenonId, ProposalId, handed};
use store::{Query, StoreError};

use crate::loop_closed::*;
use crate::support::*;

struct Sent {
    proposal: ProposalId,
    link: Link,
}

/// A proposal whose answer is due in thirty days, sent today.
fn sent(county: &County<'_>) -> Sent {
    let phenomenon = open(county, "Yksin asuvien häätöuhka");
    let proposal = propose(county, phenomenon);
    back_it(county, phenomenon);
    let link = Link::new(&*county.store.chance);
    send(county, proposal, &link).unwrap();
    Sent { proposal, link }
}

fn opened(county: &County<'_>, link: &Link) -> Result<Opened, ReportError> {
    let (digest, today) = (link.digest(&KEY), county.today());
    county
        .store
        .read_blocking(move |tx| links::open(tx, digest, today))
}

fn ended(county: &County<'_>, link: &Link) -> (Ended, Date) {
    match opened(county, link).unwrap() {
        Opened::Ended(how, day) => (how, day),
        Opened::Open(_) => panic!("the link still opens"),
    }
}

fn is_open(county: &County<'_>, link: &Link) -> bool {
    matches!(opened(county, link).unwrap(), Opened::Open(_))
}

fn revision(county: &County<'_>, of: ProposalId) -> i64 {
    county
        .act(EEVA, move |tx, editor, _| proposals::one(tx, editor, of))
        .unwrap()
        .revision
}

fn relink(county: &County<'_>, who: [u8; 16], at: (ProposalId, i64)) -> Result<Link, ReportError> {
    let link = Link::new(&*county.store.chance);
    let digest = link.digest(&KEY);
    county.act(who, move |tx, editor, _| {
        links::relink(tx, editor, at, digest)
    })?;
    Ok(link)
}

fn unlink(county: &County<'_>, who: [u8; 16], at: (ProposalId, i64)) -> Result<(), ReportError> {
    county.act(who, move |tx, editor, _| links::unlink(tx, editor, at))
}

fn answer(county: &County<'_>, of: ProposalId, link: &Link) -> Result<(), ReportError> {
    let (made, today, digest) = (county.made(), county.today(), link.digest(&KEY));
    county
        .store
        .write_blocking(move |tx| {
            let by = Answerer::Link(digest);
            proposals::answer(tx, made.by(), &by, of, no_action(), today)
        })
        .map(|_| ())
}

fn entries(county: &County<'_>) -> i64 {
    county
        .store
        .read_blocking(|tx| {
            tx.query_one("select count(*) from log_entry", &[])?
                .get::<i64>(0)
        })
        .map_err(|error: StoreError| error)
        .unwrap()
}

fn stands(county: &County<'_>, of: ProposalId) -> LinkStands {
    county
        .act(EEVA, move |tx, editor, _| links::stands(tx, editor, of))
        .unwrap()
}

#[test]
fn a_new_link_replaces_the_one_that_was_lost() {
    each(|county| {
        let Sent { proposal, link, .. } = sent(county);
        let stale = relink(county, EEVA, (proposal, 1));
        assert!(
            matches!(stale, Err(ReportError::Changed)),
            "seen before it was sent"
        );
        let now = (proposal, revision(county, proposal));
        let other = relink(county, VILLE, now);
        assert!(matches!(other, Err(ReportError::NotFound)), "no right");
        county.pass(3);
        let before = entries(county);
        let new = relink(county, EEVA, now).unwrap();
        assert_eq!(entries(county), before + 1, "it is logged");
        assert_eq!(ended(county, &link), (Ended::Replaced, county.today()));
        assert!(matches!(
            answer(county, proposal, &link),
            Err(ReportError::NotFound)
        ));
        assert!(is_open(county, &new));
        let again = relink(county, EEVA, now);
        assert!(matches!(again, Err(ReportError::Changed)), "two at once");

        answer(county, proposal, &new).unwrap();
        county.pass(5);
        let answered = county.in_days(-5);
        assert_eq!(ended(county, &new), (Ended::Answered, answered));
        assert_eq!(
            ended(county, &link),
            (Ended::Answered, answered),
            "whoever comes by the old one is not told to ask for another"
        );
        let late = (proposal, revision(county, proposal));
        let refused = relink(county, EEVA, late);
        assert!(
            matches!(refused, Err(ReportError::State)),
            "answered already"
        );
        let stranger = Link::new(&*county.store.chance);
        assert!(matches!(
            opened(county, &stranger),
            Err(ReportError::NotFound)
        ));
    });
}

#[test]
fn a_link_that_was_withdrawn_opens_nothing_and_the_answer_is_still_owed() {
    each(|county| {
        let Sent { proposal, link, .. } = sent(county);
        let until = county.in_days(30 + LINK_DAYS);
        let on = county.today();
        assert_eq!(stands(county, proposal), LinkStands::Made { on, until });
        let at = (proposal, revision(county, proposal));
        let refused = unlink(county, VILLE, at);
        assert!(matches!(refused, Err(ReportError::NotFound)));
        let before = entries(county);
        unlink(county, EEVA, at).unwrap();
        assert_eq!(entries(county), before + 1, "it is logged");
        assert_eq!(ended(county, &link), (Ended::Withdrawn, on));
        assert_eq!(stands(county, proposal), LinkStands::Withdrawn(on));
        assert!(matches!(
            answer(county, proposal, &link),
            Err(ReportError::NotFound)
        ));
        let again = (proposal, revision(county, proposal));
        let refused = unlink(county, EEVA, again);
        assert!(matches!(refused, Err(ReportError::State)), "there is none");
        let owed = county
            .act(EEVA, |tx, editor, _| proposals::owed_answers(tx, editor))
            .unwrap();
        assert_eq!(owed.len(), 1, "it stays sent");
        let new = relink(county, EEVA, again).unwrap();
        assert!(is_open(county, &new));

        let (made, today) = (county.made(), county.today());
        county
            .act(EEVA, move |tx, editor, _| {
                let by = Answerer::Staff(editor);
                proposals::answer(tx, made.by(), &by, proposal, no_action(), today)
            })
            .unwrap();
        assert_eq!(
            ended(county, &new),
            (Ended::Answered, today),
            "an answer that came by another way ends it too"
        );
    });
}

#[test]
fn a_link_works_on_its_last_day_and_not_on_the_next() {
    each(|county| {
        let Sent { proposal, link, .. } = sent(county);
        county.pass(31);
        assert!(
            is_open(county, &link),
            "an overdue answer is answered by it"
        );
        county.pass(LINK_DAYS - 1);
        assert!(is_open(county, &link));
        county.pass(1);
        let last = county.in_days(-1);
        assert_eq!(ended(county, &link), (Ended::Expired, last));
        assert!(matches!(
            answer(county, proposal, &link),
            Err(ReportError::State)
        ));
        let (digest, today) = (link.digest(&KEY), county.today());
        let received = county.store.write_blocking(move |tx| {
            proposals::receive(tx, &Answerer::Link(digest), proposal, today)
        });
        assert!(matches!(received, Err(ReportError::State)));

        let new = relink(county, EEVA, (proposal, revision(county, proposal))).unwrap();
        county.pass(LINK_DAYS);
        assert!(
            is_open(county, &new),
            "so many days from the day it was made"
        );
        county.pass(1);
        assert_eq!(ended(county, &new).0, Ended::Expired);
    });
}

#[test]
fn a_link_of_the_version_before_works_on() {
    each(|county| {
        let Sent { proposal, link, .. } = sent(county);
        county
            .store
            .write_blocking(|tx| {
                tx.execute(
                    "update proposal set link_made_on = null, handed = null",
                    &[],
                )
                .map(drop)
            })
            .unwrap();
        let Opened::Open(invited) = opened(county, &link).unwrap() else {
            panic!("it opens");
        };
        assert_eq!(invited.until, county.in_days(30 + LINK_DAYS));
        assert_eq!(invited.handed.statements.len(), 1);
        answer(county, proposal, &link).unwrap();
        assert_eq!(ended(county, &link).0, Ended::Answered);
    });
}

/// Adds a statement that stands on observations.
fn observed(county: &County<'_>, phenomenon: PhenomenonId) {
    county
        .act(EEVA, move |tx, editor, made| {
            let new = NewEvidence {
                kind: EvidenceKind::Observations,
                source: "Kehittämisyksikkö".to_owned(),
                period: "2026".to_owned(),
                area: "Jyväskylä".to_owned(),
                words: "Neljätoista havaintoa kertoo samaa.".to_owned(),
                quality: Quality::Moderate,
            };
            let evidence = phenomena::add_evidence(tx, editor, made.by(), phenomenon, &new)?;
            let words = "Velasta ei kerrota ajoissa.";
            phenomena::state_that(tx, editor, made.by(), phenomenon, words, &[evidence])
        })
        .unwrap();
}

#[test]
fn a_recipient_is_shown_what_stood_when_it_was_sent_and_nothing_of_observations() {
    each(|county| {
        let phenomenon = open(county, "Yksin asuvien häätöuhka");
        let proposal = propose(county, phenomenon);
        back_it(county, phenomenon);
        observed(county, phenomenon);
        let shown = |of| -> Handed {
            county
                .act(PENTTI, move |tx, editor, _| handed::shown(tx, editor, of))
                .unwrap()
        };
        let before = shown(proposal);
        let link = Link::new(&*county.store.chance);
        send(county, proposal, &link).unwrap();
        observed(county, phenomenon);
        let Opened::Open(invited) = opened(county, &link).unwrap() else {
            panic!("it opens");
        };
        assert_eq!(invited.handed, before, "as it was seen before it was sent");
        assert_eq!(shown(proposal), before);
        assert_eq!(before.statements.len(), 2);
        let kept: String = county
            .store
            .read_blocking(|tx| {
                tx.query_one("select handed from proposal", &[])?
                    .get::<String>(0)
            })
            .map_err(|error: StoreError| error)
            .unwrap();
        for hidden in ["Neljätoista", "Kehittämisyksikkö", "Jyväskylä"] {
            assert!(!kept.contains(hidden), "{kept}");
        }
        assert!(kept.contains("Sotkanet 2618"), "{kept}");
        let refused = county.act(VILLE, move |tx, editor, _| {
            handed::shown(tx, editor, proposal).map(drop)
        });
        assert!(matches!(refused, Err(ReportError::NotFound)));
    });
}
