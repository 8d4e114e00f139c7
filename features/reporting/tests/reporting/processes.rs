//! On PostgreSQL several programs may serve a county: what one is doing holds for the other too.

use std::sync::{Arc, mpsc};
use std::time::Duration;

use kernel::chance::SeededChance;
use reporting::domain::{
    EvidenceKind, Level, NewProposal, NewResponse, Quality, ReportError, ResponseKind,
};
use reporting::store::phenomena::{self, NewEvidence};
use reporting::store::proposals::{self, Answerer, Link};
use reporting::store::{Editor, PhenomenonId, ProposalId};
use store::{Query, Store, StoreConfig, WriteTx};
use testkit::EngineName;

use crate::support::*;

/// How long the first program holds what it has done before it is committed; the other has begun by then. A slow machine makes the
/// test say less, never something else.
const HELD: Duration = Duration::from_millis(400);

/// Runs a test over the county on PostgreSQL, with a second program beside the first.
fn beside(test: impl Fn(&County<'_>, &Store)) {
    each(|county| {
        if county.store.engine != EngineName::Postgres {
            return;
        }
        let heads = testkit::Folder::new();
        let first = &county.store.config;
        let config = StoreConfig::new(
            "15",
            first.engine.clone(),
            &*heads,
            store::LogKey([15; 32]),
            county.store.clock.clone(),
            Arc::new(SeededChance::new(99)),
        );
        let rooms = [identity::MIGRATIONS, reporting::MIGRATIONS].concat();
        let second = Store::open(config, &rooms).unwrap();
        test(county, &second);
        second.shutdown();
    });
}

/// The same kind of act in both programs: the second begins while the first has not committed. Gives what each said.
fn both<A, B>(county: &County<'_>, second: &Store, one: A, two: B) -> [Result<(), ReportError>; 2]
where
    A: FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<(), ReportError> + Send + 'static,
    B: FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<(), ReportError> + Send + 'static,
{
    let (began, begun) = mpsc::channel();
    let (editor, made) = (county.editor(EEVA), county.made());
    std::thread::scope(|scope| {
        let first = scope.spawn(|| {
            county.act(EEVA, move |tx, editor, made| {
                let said = one(tx, editor, made);
                began.send(()).unwrap();
                std::thread::sleep(HELD);
                said
            })
        });
        begun.recv().unwrap();
        let other = second
            .write_blocking(move |tx| two(tx, &editor, &made))
            .map(|receipt| receipt.value);
        [first.join().unwrap(), other]
    })
}

fn opened(county: &County<'_>, title: &str) -> PhenomenonId {
    let described = county.described(title);
    county
        .act(EEVA, move |tx, editor, made| {
            phenomena::open(tx, editor, made.by(), described)
        })
        .unwrap()
}

/// A proposal that was sent with this link.
fn sent(county: &County<'_>, link: [u8; 32]) -> ProposalId {
    let phenomenon = opened(county, "Vuokravelasta kuullaan myöhään");
    let due_on = county.in_days(30);
    county
        .act(EEVA, move |tx, editor, made| {
            let evidence = NewEvidence {
                kind: EvidenceKind::Statistic,
                source: "Sotkanet".to_owned(),
                period: String::new(),
                area: String::new(),
                words: "Osuus on kasvanut.".to_owned(),
                quality: Quality::Moderate,
            };
            let evidence = phenomena::add_evidence(tx, editor, made.by(), phenomenon, &evidence)?;
            let words = "Velka kasaantuu.";
            phenomena::state_that(tx, editor, made.by(), phenomenon, words, &[evidence])?;
            let new = NewProposal {
                words: "Ilmoitus toisesta erästä".to_owned(),
                level: Level::Municipality,
                recipient: "Kaupunginhallitus".to_owned(),
                recipient_role: "hallintojohtaja".to_owned(),
                due_on,
            };
            let id = proposals::draft(tx, editor, made.by(), phenomenon, new)?;
            proposals::send(tx, editor, (id, 1), link)?;
            Ok(id)
        })
        .unwrap()
}

fn answered(kind: ResponseKind) -> NewResponse {
    NewResponse {
        kind,
        reason: "Koska yhtiöt päättävät itse.".to_owned(),
        decided_by_role: "hallintojohtaja".to_owned(),
        minutes: String::new(),
    }
}

#[test]
fn a_link_answers_once_in_two_programs_at_once() {
    beside(|county, second| {
        let link = Link::new(&*county.store.chance).digest(&[5; 32]);
        let id = sent(county, link);
        let today = county.today();
        let by_link = move |kind| {
            move |tx: &mut WriteTx<'_>, _: &Editor, made: &Made| {
                let by = Answerer::Link(link);
                proposals::answer(tx, made.by(), &by, id, answered(kind), today)
            }
        };
        let (yes, no) = (
            by_link(ResponseKind::Accepted),
            by_link(ResponseKind::Rejected),
        );
        let [first, other] = both(county, second, yes, no);
        assert!(first.is_ok(), "{first:?}");
        assert!(other.is_err(), "{other:?}");
        let kept: i64 = county
            .store
            .read_blocking(|tx| {
                tx.query_one("select count(*) from proposal_response", &[])?
                    .get(0)
            })
            .unwrap();
        assert_eq!(kept, 1, "the answer that was told stands alone");
    });
}

#[test]
fn two_phenomena_merged_both_ways_at_once_still_lead_somewhere() {
    beside(|county, second| {
        let one = opened(county, "Vuokravelasta kuullaan myöhään");
        let two = opened(county, "Velasta ei kerrota");
        let merged = |from, into| {
            move |tx: &mut WriteTx<'_>, editor: &Editor, _: &Made| {
                phenomena::merge(tx, editor, (from, into), "Sama asia")
            }
        };
        let [first, other] = both(county, second, merged(one, two), merged(two, one));
        assert!(first.is_ok(), "{first:?}");
        assert!(other.is_err(), "{other:?}");
        for id in [one, two] {
            let leads = county
                .store
                .read_blocking(move |tx| phenomena::resolve(tx, id));
            assert!(matches!(leads, Ok(at) if at == two), "{leads:?}");
        }
    });
}
