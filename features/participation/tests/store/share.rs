//! The part of experts by experience, and where it is asked for.

use participation::domain::{BikvaStage, PartError, Publication, Stage, Wrong};
use participation::store::bikva::{self, Answer};
use participation::store::gatherings;
use participation::store::share::{self, Count, Lack, Rule, Share, Told};
use reporting::store::{PhenomenonId, phenomena};

use crate::support::*;

fn link(
    county: &County<'_>,
    id: participation::store::GatheringId,
    to: PhenomenonId,
    stage: Stage,
) {
    county
        .act(EEVA, move |tx, editor, _| {
            gatherings::link(tx, editor, id, to, stage)
        })
        .unwrap();
}

fn share_of(county: &County<'_>, of: PhenomenonId) -> Share {
    county
        .store
        .read_blocking(move |tx| share::share(tx, of))
        .unwrap()
}

#[test]
fn everybody_counts_once_however_many_stages_and_merges() {
    each(|county| {
        let (one, two, other) = (
            county.phenomenon("Yksi"),
            county.phenomenon("Toinen"),
            county.phenomenon("Muu"),
        );
        let panel = county.held(8, 2, 4);
        let cafe = county.held(20, 0, 1);
        link(county, panel, one, Stage::Collect);
        link(county, panel, one, Stage::Interpret);
        link(county, panel, two, Stage::Collect);
        link(county, cafe, two, Stage::Collect);
        let planned = county.write(county.planned(3));
        link(county, planned, two, Stage::Propose);
        assert_eq!(share_of(county, other), Share::default());
        assert_eq!(share_of(county, other).percent(), None);
        let first = share_of(county, one);
        assert_eq!(
            (first.people, first.experts, first.percent()),
            (8, 6, Some(75))
        );
        assert_eq!(first.stages.len(), 2);
        county
            .act(EEVA, move |tx, editor, _| {
                phenomena::merge(tx, editor, (one, two), "Sama asia")?;
                Ok(phenomena::merge(tx, editor, (two, other), "Sama tämäkin")?)
            })
            .unwrap();
        let all = share_of(county, other);
        assert_eq!((all.people, all.experts), (28, 7), "the panel is one");
        let collect = Count {
            gatherings: 2,
            people: 28,
            experts: 7,
        };
        assert_eq!(all.stages[&Stage::Collect], collect);
        assert!(
            !all.stages.contains_key(&Stage::Propose),
            "what was not held counts for nothing"
        );
    });
}

#[test]
fn clients_of_a_round_are_experts_and_those_above_are_not() {
    each(|county| {
        let phenomenon = county.phenomenon("Asumisneuvonta");
        let today = county.today();
        county
            .act(EEVA, move |tx, editor, made| {
                let id = bikva::open(tx, editor, made.by(), phenomenon, "Kierros".to_owned())?;
                for (stage, answer) in [
                    (
                        BikvaStage::Clients,
                        Answer::Told {
                            people: 6,
                            words: "Myöhään".to_owned(),
                        },
                    ),
                    (
                        BikvaStage::Field,
                        Answer::Skipped {
                            reason: "Kiire".to_owned(),
                        },
                    ),
                    (
                        BikvaStage::Managers,
                        Answer::Told {
                            people: 2,
                            words: "Totta".to_owned(),
                        },
                    ),
                ] {
                    bikva::answer(tx, editor, made.by(), (id, stage), today, answer)?;
                }
                Ok(())
            })
            .unwrap();
        let share = share_of(county, phenomenon);
        assert_eq!(
            (share.people, share.experts, share.percent()),
            (8, 6, Some(75))
        );
        assert_eq!(
            share.stages[&Stage::Interpret],
            Count {
                gatherings: 1,
                people: 2,
                experts: 0
            }
        );
    });
}

#[test]
fn what_the_county_asks_is_asked_of_every_phenomenon_of_the_kind() {
    each(|county| {
        let (with, without) = (county.phenomenon("Yksi"), county.phenomenon("Toinen"));
        link(county, county.held(8, 2, 0), with, Stage::Interpret);
        let rule = |kind, least| Rule {
            kind,
            stage: Stage::Interpret,
            least,
        };
        let entries = || county.count("select count(*) from log_entry");
        let before = entries();
        let set = |staff, rules: Vec<Rule>| {
            county.act(staff, move |tx, editor, _| {
                share::set_rules(tx, editor, &rules)
            })
        };
        let refused = set(EEVA, vec![rule(Publication::Yearly, 2)]);
        assert!(
            matches!(refused, Err(PartError::NotFound)),
            "the settings are kept by others"
        );
        for least in [0, share::MOST_ASKED + 1] {
            let refused = set(PEKKA, vec![rule(Publication::Yearly, least)]);
            assert_eq!(wrong(refused), ("least", Wrong::Number));
        }
        set(PEKKA, vec![rule(Publication::Sheet, 9)]).unwrap();
        set(PEKKA, vec![rule(Publication::Yearly, 2)]).unwrap();
        let lacking = |kind| {
            county
                .store
                .read_blocking(move |tx| share::lacking(tx, kind, &[with, without]))
                .unwrap()
        };
        assert!(
            lacking(Publication::Sheet).is_empty(),
            "rules are set all at once"
        );
        let lack = Lack {
            phenomenon: without,
            stage: Stage::Interpret,
            least: 2,
            there: 0,
        };
        assert_eq!(lacking(Publication::Yearly), [lack]);
        set(PEKKA, Vec::new()).unwrap();
        assert!(lacking(Publication::Yearly).is_empty());
        assert_eq!(entries() - before, 3, "each change is in the log");
    });
}

#[test]
fn a_few_are_not_told_to_the_public() {
    for (number, told) in [
        (0, Told::Nobody),
        (1, Told::Few),
        (4, Told::Few),
        (5, Told::Number(5)),
        (900, Told::Number(900)),
    ] {
        assert_eq!(Told::of(number), told);
    }
}
