//! The four stages of Bikva.

use participation::domain::{BikvaStage, PartError, Wrong};
use participation::store::RoundId;
use participation::store::bikva::{self, Answer};
use reporting::domain::{EvidenceKind, PhenomenonState};
use reporting::store::{pages, phenomena};

use crate::support::*;

fn told(people: u32, words: &str) -> Answer {
    Answer::Told {
        people,
        words: words.to_owned(),
    }
}

fn skipped(reason: &str) -> Answer {
    Answer::Skipped {
        reason: reason.to_owned(),
    }
}

fn answer(
    county: &County<'_>,
    id: RoundId,
    stage: BikvaStage,
    answer: Answer,
) -> Result<(), PartError> {
    let today = county.today();
    county.act(EEVA, move |tx, editor, made| {
        bikva::answer(tx, editor, made.by(), (id, stage), today, answer)
    })
}

#[test]
fn stages_come_in_their_order_and_each_is_evidence_of_one_phenomenon() {
    each(|county| {
        let phenomenon = county.phenomenon("Asumisneuvonta tulee myöhään");
        let open = |staff| {
            county.act(staff, move |tx, editor, made| {
                bikva::open(
                    tx,
                    editor,
                    made.by(),
                    phenomenon,
                    "Asumisneuvonta 2026".to_owned(),
                )
            })
        };
        assert!(matches!(open(VILLE), Err(PartError::NotFound)));
        let id = open(EEVA).unwrap();
        for early in [
            BikvaStage::Field,
            BikvaStage::Managers,
            BikvaStage::Politicians,
        ] {
            let refused = answer(county, id, early, told(6, "Ennen aikojaan"));
            assert!(matches!(refused, Err(PartError::State)), "{early:?}");
        }
        let refused = answer(county, id, BikvaStage::Clients, told(0, "Kukaan ei tullut"));
        assert_eq!(wrong(refused), ("people", Wrong::Number));
        let refused = answer(
            county,
            id,
            BikvaStage::Clients,
            told(6, "010594Y9032 kertoi"),
        );
        assert_eq!(wrong(refused), ("words", Wrong::Person));
        answer(
            county,
            id,
            BikvaStage::Clients,
            told(6, "Apu tulee vasta häädöstä"),
        )
        .unwrap();
        let again = answer(county, id, BikvaStage::Clients, told(6, "Toisin sanoen"));
        assert!(
            matches!(again, Err(PartError::State)),
            "what was said stays"
        );
        answer(
            county,
            id,
            BikvaStage::Field,
            told(9, "Tieto ei tule meille"),
        )
        .unwrap();
        let bare = answer(county, id, BikvaStage::Managers, skipped("  "));
        assert_eq!(wrong(bare), ("skipped", Wrong::Missing));
        answer(
            county,
            id,
            BikvaStage::Managers,
            skipped("Johtaja vaihtuu, kysytään syksyllä"),
        )
        .unwrap();
        answer(
            county,
            id,
            BikvaStage::Politicians,
            told(5, "Otetaan talousarvioon"),
        )
        .unwrap();
        let (round, evidence) = county
            .see(EEVA, move |tx, editor| {
                let round = bikva::find(tx, editor, id)?;
                Ok((round, pages::evidence(tx, editor, phenomenon)?))
            })
            .unwrap();
        assert_eq!(round.next(), None);
        assert_eq!(round.told.len(), 4);
        let kinds: Vec<_> = evidence.iter().map(|one| one.written.kind).collect();
        assert_eq!(kinds.len(), 3, "a stage that was skipped is no evidence");
        assert_eq!(
            kinds
                .iter()
                .filter(|kind| **kind == EvidenceKind::Experience)
                .count(),
            1
        );
        assert!(
            evidence
                .iter()
                .any(|one| one.written.source.starts_with("Bikva 4/4, päättäjät"))
        );
    });
}

#[test]
fn a_round_follows_its_phenomenon_where_it_was_merged_and_stops_where_it_is_closed() {
    each(|county| {
        let (from, into) = (county.phenomenon("Yksi"), county.phenomenon("Toinen"));
        let id = county
            .act(EEVA, move |tx, editor, made| {
                let id = bikva::open(tx, editor, made.by(), from, "Kierros".to_owned())?;
                phenomena::merge(tx, editor, (from, into), "Sama asia")?;
                Ok(id)
            })
            .unwrap();
        answer(
            county,
            id,
            BikvaStage::Clients,
            told(6, "Apu tulee myöhään"),
        )
        .unwrap();
        let there = county
            .see(EEVA, move |tx, editor| {
                Ok(pages::evidence(tx, editor, into)?)
            })
            .unwrap();
        assert_eq!(there.len(), 1);
        county
            .act(EEVA, move |tx, editor, _| {
                let now = phenomena::find(tx, editor, into)?;
                let closed = PhenomenonState::Closed;
                Ok(phenomena::step(
                    tx,
                    editor,
                    (into, now.revision),
                    closed,
                    "Korjattu",
                )?)
            })
            .unwrap();
        let refused = answer(county, id, BikvaStage::Field, told(6, "Myöhässä"));
        assert!(matches!(refused, Err(PartError::State)));
        assert_eq!(
            county.count("select count(*) from bikva_stage"),
            1,
            "nothing is half written"
        );
    });
}
