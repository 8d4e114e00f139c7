//! From observation to change: grouped, backed by evidence, proposed, answered, told back.

use reporting::domain::{
    ActionState, Effect, EvidenceKind, Level, NewProposal, NewResponse, ObservationState, Owed,
    PhenomenonState, ProposalState, Quality, ReportError, ResponseKind, Wrong,
};
use reporting::store::bench::{self, Cleaned};
use reporting::store::observe::{self, Source};
use reporting::store::phenomena::{self, NewEvidence};
use reporting::store::proposals::{self, Answerer, Link, NewAction};
use reporting::store::{ObservationId, PhenomenonId, ProposalId};

use crate::support::*;

pub const KEY: [u8; 32] = [5; 32];

/// Screens everything that has come in.
pub fn screen_all(county: &County<'_>) -> Vec<ObservationId> {
    for (id, body, revision) in county.standing("sent") {
        let cleaned = Cleaned {
            body,
            proposal: String::new(),
            wished: String::new(),
        };
        county
            .act(EEVA, move |tx, editor, _| {
                bench::screen(tx, editor, id, revision, &cleaned)
            })
            .unwrap();
    }
    county
        .standing("screened")
        .into_iter()
        .map(|(id, _, _)| id)
        .collect()
}

pub fn open(county: &County<'_>, title: &str) -> PhenomenonId {
    let described = county.described(title);
    county
        .act(EEVA, move |tx, editor, made| {
            phenomena::open(tx, editor, made.by(), described)
        })
        .unwrap()
}

pub fn group(
    county: &County<'_>,
    ids: Vec<ObservationId>,
    into: PhenomenonId,
) -> Result<(), ReportError> {
    county.act(EEVA, move |tx, editor, _| {
        bench::group(tx, editor, &ids, into)
    })
}

pub fn propose(county: &County<'_>, phenomenon: PhenomenonId) -> ProposalId {
    let new = NewProposal {
        words: "Ilmoitus vuokravelasta asumisneuvontaan toisesta erästä".to_owned(),
        level: Level::Municipality,
        recipient: "Kaupunginhallitus".to_owned(),
        recipient_role: "hallintojohtaja".to_owned(),
        due_on: county.in_days(30),
    };
    county
        .act(EEVA, move |tx, editor, made| {
            proposals::draft(tx, editor, made.by(), phenomenon, new)
        })
        .unwrap()
}

pub fn back_it(county: &County<'_>, phenomenon: PhenomenonId) {
    county
        .act(EEVA, move |tx, editor, made| {
            let evidence = phenomena::add_evidence(
                tx,
                editor,
                made.by(),
                phenomenon,
                &NewEvidence {
                    kind: EvidenceKind::Statistic,
                    source: "Sotkanet 2618".to_owned(),
                    period: "2024".to_owned(),
                    area: "Keski-Suomi".to_owned(),
                    words: "Yksin asuvia asunnottomia on enemmän kuin edellisenä vuonna."
                        .to_owned(),
                    quality: Quality::Moderate,
                },
            )?;
            let refused =
                phenomena::state_that(tx, editor, made.by(), phenomenon, "Pelkkä väite", &[]);
            assert!(matches!(
                refused,
                Err(ReportError::Field("evidence", Wrong::Evidence))
            ));
            phenomena::state_that(
                tx,
                editor,
                made.by(),
                phenomenon,
                "Häätöuhka kasaantuu yksin asuville.",
                &[evidence],
            )
        })
        .unwrap();
}

pub fn send(county: &County<'_>, proposal: ProposalId, link: &Link) -> Result<(), ReportError> {
    let digest = link.digest(&KEY);
    county.act(EEVA, move |tx, editor, _| {
        proposals::send(tx, editor, (proposal, 1), digest)
    })
}

pub fn no_action() -> NewResponse {
    NewResponse {
        kind: ResponseKind::Rejected,
        reason: "Ei toimia, koska yhtiöt päättävät itse.".to_owned(),
        decided_by_role: "hallintojohtaja".to_owned(),
        minutes: "§ 12".to_owned(),
    }
}

#[test]
fn an_answer_reaches_everybody_behind_the_phenomenon() {
    each(|county| {
        let receipts = [
            county.observe("Vuokravelka huomataan myöhään", Source::default()),
            county.observe("Velasta ei kerrota ajoissa", Source::default()),
        ];
        county.next_day();
        let ids = screen_all(county);
        let phenomenon = open(county, "Yksin asuvien häätöuhka");
        group(county, ids, phenomenon).unwrap();
        let proposal = propose(county, phenomenon);
        let link = Link::new(&*county.store.chance);
        let refused = send(county, proposal, &link);
        assert!(
            matches!(
                refused,
                Err(ReportError::Field("evidence", Wrong::Evidence))
            ),
            "{refused:?}"
        );
        back_it(county, phenomenon);
        send(county, proposal, &link).unwrap();

        county.pass(31);
        let owed = county
            .act(PENTTI, |tx, editor, _| proposals::owed_answers(tx, editor))
            .unwrap();
        assert_eq!(owed.len(), 1);
        assert_eq!(owed[0].1, Owed::Late);

        let digest = Link::parse(&link.shown()).unwrap().digest(&KEY);
        let answer = |digest: [u8; 32]| {
            let (made, today) = (county.made(), county.today());
            county.store.write_blocking(move |tx| {
                proposals::answer(
                    tx,
                    made.by(),
                    &Answerer::Link(digest),
                    proposal,
                    no_action(),
                    today,
                )
            })
        };
        assert!(matches!(answer([9; 32]), Err(ReportError::NotFound)));
        answer(digest).unwrap();
        assert!(
            matches!(answer(digest), Err(ReportError::NotFound)),
            "a link answers once"
        );
        for receipt in receipts {
            let step = county
                .store
                .read_blocking(move |tx| observe::by_receipt(tx, receipt))
                .unwrap()
                .unwrap();
            assert_eq!(step.state, ObservationState::Answered);
            assert_eq!(step.phenomenon.as_deref(), Some("Yksin asuvien häätöuhka"));
            let told = &step.proposals[0];
            assert_eq!(told.recipient, "Kaupunginhallitus");
            assert_eq!(
                told.answer,
                Some((ResponseKind::Rejected, no_action().reason)),
                "no action, because: an answer too"
            );
        }
        follow_it(county, proposal);
    });
}

fn follow_it(county: &County<'_>, proposal: ProposalId) {
    let ends_on = county.in_days(90);
    let action = county
        .act(EEVA, move |tx, editor, made| {
            proposals::act(
                tx,
                editor,
                &*made.chance,
                proposal,
                &NewAction {
                    words: "Asumisneuvoja aloittaa".to_owned(),
                    responsible_role: "asumispäällikkö".to_owned(),
                    ends_on,
                    target: "Häätötuomiot".to_owned(),
                },
            )
        })
        .unwrap();
    let follow = |effect, words: &'static str| {
        county.act(EEVA, move |tx, editor, _| {
            proposals::follow(tx, editor, (action, 1), (ActionState::Done, effect), words)
        })
    };
    assert!(matches!(
        follow(None, "Tehty"),
        Err(ReportError::Field("effect", Wrong::Missing))
    ));
    follow(Some(Effect::Small), "Häätöjä 12 vähemmän").unwrap();
    assert!(matches!(
        follow(Some(Effect::Clear), "Toinen ehti ensin"),
        Err(ReportError::Changed)
    ));
    let stands = county
        .act(PENTTI, move |tx, editor, _| {
            proposals::one(tx, editor, proposal)
        })
        .unwrap();
    assert_eq!(stands.state, ProposalState::InAction);
}

#[test]
fn merged_and_split_phenomena_are_found_by_every_id() {
    each(|county| {
        for body in ["a", "b", "c"] {
            county.observe(&format!("Havainto {body}"), Source::default());
        }
        county.next_day();
        let ids = screen_all(county);
        let (one, two, three) = (
            open(county, "Ensimmäinen"),
            open(county, "Toinen"),
            open(county, "Kolmas"),
        );
        group(county, ids[..2].to_vec(), one).unwrap();
        group(county, ids[2..].to_vec(), two).unwrap();
        let merge = |from, into| {
            county.act(EEVA, move |tx, editor, _| {
                phenomena::merge(tx, editor, (from, into), "Sama ilmiö")
            })
        };
        assert!(matches!(merge(one, one), Err(ReportError::State)));
        merge(one, two).unwrap();
        merge(two, three).unwrap();
        assert!(
            matches!(merge(three, one), Err(ReportError::State)),
            "no circles"
        );
        for id in [one, two, three] {
            let found = county
                .act(PENTTI, move |tx, editor, _| phenomena::find(tx, editor, id))
                .unwrap();
            assert_eq!(found.id, three);
            assert_eq!(found.described.title, "Kolmas");
        }
        let described = county.described("Neljäs");
        let (taken, elsewhere) = (vec![ids[0]], ids[0]);
        let four = county
            .act(EEVA, move |tx, editor, made| {
                phenomena::split(tx, editor, made.by(), three, &taken, described)
            })
            .unwrap();
        let again = county.described("Viides");
        let refused = county.act(EEVA, move |tx, editor, made| {
            phenomena::split(tx, editor, made.by(), three, &[elsewhere], again)
        });
        assert!(matches!(refused, Err(ReportError::State)));
        county
            .act(EEVA, move |tx, editor, _| {
                let seen = bench::one(tx, editor, elsewhere)?;
                assert_eq!(seen.phenomenon, Some(four));
                bench::take_out(tx, editor, elsewhere)?;
                let seen = bench::one(tx, editor, elsewhere)?;
                assert_eq!(seen.state, ObservationState::Screened);
                Ok(())
            })
            .unwrap();
    });
}

#[test]
fn nothing_is_grouped_unread_and_nothing_into_what_is_closed() {
    each(|county| {
        county.observe("Lukematta", Source::default());
        county.next_day();
        let unread = county.standing("sent").remove(0).0;
        let phenomenon = open(county, "Ilmiö");
        assert!(matches!(
            group(county, vec![unread], phenomenon),
            Err(ReportError::State)
        ));
        assert!(matches!(
            group(county, Vec::new(), phenomenon),
            Err(ReportError::NotFound)
        ));
        let ids = screen_all(county);
        let step = |reason: &'static str| {
            county.act(EEVA, move |tx, editor, _| {
                phenomena::step(tx, editor, (phenomenon, 1), PhenomenonState::Closed, reason)
            })
        };
        assert!(matches!(
            step(" "),
            Err(ReportError::Field("reason", Wrong::Missing))
        ));
        step("Ei enää havaintoja").unwrap();
        assert!(matches!(
            group(county, ids, phenomenon),
            Err(ReportError::State)
        ));
    });
}

#[test]
fn only_the_editor_acts_and_only_the_publisher_reads_beside_her() {
    each(|county| {
        county.observe("Havainto", Source::default());
        county.next_day();
        let (id, _, revision) = county.standing("sent").remove(0);
        let phenomenon = open(county, "Ilmiö");
        for who in [PENTTI, VILLE] {
            let described = county.described("Oma");
            let refused = [
                county
                    .act(who, move |tx, editor, _| {
                        bench::one(tx, editor, id).map(drop)
                    })
                    .err(),
                county
                    .act(who, move |tx, editor, _| {
                        bench::in_state(tx, editor, ObservationState::Sent).map(drop)
                    })
                    .err(),
                county
                    .act(who, move |tx, editor, _| {
                        bench::set_aside(tx, editor, id, revision, "Muu syy")
                    })
                    .err(),
                county
                    .act(who, move |tx, editor, made| {
                        phenomena::open(tx, editor, made.by(), described).map(drop)
                    })
                    .err(),
                county
                    .act(who, move |tx, editor, _| {
                        phenomena::step(tx, editor, (phenomenon, 1), PhenomenonState::Analysing, "")
                    })
                    .err(),
            ];
            for one in refused {
                assert!(matches!(one, Some(ReportError::NotFound)), "{one:?}");
            }
        }
        let find = |who| {
            county.act(who, move |tx, editor, _| {
                phenomena::find(tx, editor, phenomenon).map(drop)
            })
        };
        assert!(find(PENTTI).is_ok());
        assert!(matches!(find(VILLE), Err(ReportError::NotFound)));
    });
}

#[test]
fn what_a_writer_is_told_costs_the_same_for_one_and_for_fifty() {
    each(|county| {
        let ville = identity::people::StaffId::from_bytes(VILLE);
        let chance = county.store.chance.clone();
        let writer = county
            .store
            .write_blocking(move |tx| observe::writer(tx, &*chance, ville))
            .unwrap()
            .value;
        let source = Source {
            writer: Some(writer),
            unit: None,
        };
        let cost = |rows: usize| {
            let before = county.store.statement_count();
            let mine = county
                .store
                .read_blocking(move |tx| observe::mine(tx, ville))
                .unwrap();
            assert_eq!(mine.len(), rows);
            county.store.statement_count() - before
        };
        let add = |number: usize| {
            county.observe(&format!("Havainto {number}"), source);
            county.next_day();
            let ids = screen_all(county);
            let phenomenon = open(county, &format!("Ilmiö {number}"));
            group(county, ids, phenomenon).unwrap();
        };
        add(0);
        let one = cost(1);
        for number in 1..50 {
            add(number);
        }
        assert_eq!(cost(50), one);
    });
}
