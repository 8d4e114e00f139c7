//! A gathering from its plan to word back.

use kernel::time::Date;
use participation::domain::{PartError, ProposalState, Stage, State, Wrong};
use participation::store::gatherings::{self, Shown};
use participation::store::proposals::{self, Way};
use reporting::domain::{EvidenceKind, Level, NewProposal, ProposalState as Theirs, Quality};
use reporting::store::{ProposalId, pages, proposals as theirs};

use crate::support::*;

#[test]
fn whoever_wrote_it_finishes_it_and_the_editor_may_too() {
    each(|county| {
        let id = county.write(county.planned(3));
        let planned = county.planned(4);
        let colleague = county.act(ANNA, move |tx, editor, _| {
            gatherings::change(tx, editor, (id, 1), planned)
        });
        assert!(matches!(colleague, Err(PartError::NotFound)));
        for (staff, revision) in [(VILLE, 1), (EEVA, 2)] {
            let planned = county.planned(4);
            county
                .act(staff, move |tx, editor, _| {
                    gatherings::change(tx, editor, (id, revision), planned)
                })
                .unwrap();
        }
        let planned = county.planned(4);
        let late = county.act(EEVA, move |tx, editor, _| {
            gatherings::change(tx, editor, (id, 1), planned)
        });
        assert!(matches!(late, Err(PartError::Changed)));
        let seen = county
            .see(ANNA, move |tx, editor| gatherings::find(tx, editor, id))
            .unwrap();
        assert_eq!(seen.planned.held_on, county.in_days(4));
        assert_eq!(seen.planned.themes, [housing()]);
        assert_eq!(seen.state, State::Planned);
    });
}

#[test]
fn the_outcome_waits_for_the_day_and_word_back_for_the_outcome() {
    each(|county| {
        let id = county.write(county.planned(2));
        let hold = |people, experts| {
            county.act(VILLE, move |tx, editor, _| {
                gatherings::hold(tx, editor, (id, 1), outcome(people, experts, 0))
            })
        };
        let tell = |on: Date, revision| {
            county.act(VILLE, move |tx, editor, _| {
                gatherings::tell(
                    tx,
                    editor,
                    (id, revision),
                    on,
                    "Seuraavassa kahvilassa".to_owned(),
                )
            })
        };
        let say = || {
            county.act(VILLE, move |tx, editor, made| {
                proposals::say(
                    tx,
                    editor,
                    made.by(),
                    id,
                    "Ilmoitus jo toisesta erästä".to_owned(),
                )
            })
        };
        assert_eq!(wrong(hold(12, 3)), ("outcome", Wrong::Future));
        assert!(matches!(tell(county.today(), 1), Err(PartError::State)));
        assert!(matches!(say(), Err(PartError::State)));
        county.pass(2);
        assert_eq!(wrong(hold(2, 3)), ("experts", Wrong::TooMany));
        hold(12, 3).unwrap();
        say().unwrap();
        assert_eq!(
            wrong(tell(county.in_days(1), 2)),
            ("told_on", Wrong::Future)
        );
        assert_eq!(wrong(tell(county.in_days(-1), 2)), ("told_on", Wrong::Past));
        tell(county.today(), 2).unwrap();
        let seen = county
            .see(VILLE, move |tx, editor| gatherings::find(tx, editor, id))
            .unwrap();
        assert_eq!(seen.outcome.unwrap().people, 12);
        assert_eq!(seen.told.unwrap().0, county.today());
        let held = county
            .see(VILLE, |tx, editor| {
                gatherings::list(tx, editor, Shown::Held, None)
            })
            .unwrap();
        assert_eq!(held.len(), 1);
        assert_eq!(held[0].planned.themes, [housing()]);
    });
}

#[test]
fn a_cancelled_one_stays_and_leaves_the_public_list() {
    each(|county| {
        let id = county.write(county.planned(3));
        let mut own = county.planned(3);
        own.is_open = false;
        county.write(own);
        county.write(county.planned(-1));
        let open = || {
            let today = county.today();
            county
                .store
                .read_blocking(move |tx| gatherings::open_to_all(tx, today))
                .unwrap()
        };
        assert_eq!(open().iter().map(|one| one.id).collect::<Vec<_>>(), [id]);
        let cancel = |revision| {
            county.act(VILLE, move |tx, editor, _| {
                gatherings::cancel(tx, editor, (id, revision))
            })
        };
        cancel(1).unwrap();
        assert!(matches!(cancel(2), Err(PartError::State)));
        assert!(open().is_empty());
        let list = county
            .see(ANNA, |tx, editor| {
                gatherings::list(tx, editor, Shown::Cancelled, None)
            })
            .unwrap();
        assert_eq!(list[0].id, id);
    });
}

#[test]
fn what_was_proposed_goes_into_reporting_once() {
    each(|county| {
        let phenomenon = county.phenomenon("Yksin asuvien häätöuhka");
        let id = county.held(12, 3, 2);
        let said: Vec<_> = ["Ilmoitus ajoissa", "Yksi luukku", "Ilmaiset pullat"]
            .into_iter()
            .map(|words| {
                county
                    .act(VILLE, move |tx, editor, made| {
                        proposals::say(tx, editor, made.by(), id, words.to_owned())
                    })
                    .unwrap()
            })
            .collect();
        let feed = |staff, at: usize, way: Way| {
            let said = said[at];
            county.act(staff, move |tx, editor, made| {
                proposals::feed(tx, editor, made.by(), said, way)
            })
        };
        let new = NewProposal {
            words: "Ilmoitus asumisneuvontaan toisesta erästä".to_owned(),
            level: Level::Municipality,
            recipient: "Kaupunginhallitus".to_owned(),
            recipient_role: "hallintojohtaja".to_owned(),
            due_on: county.in_days(30),
        };
        let colleague = feed(VILLE, 0, Way::Propose(phenomenon, new.clone()));
        assert!(
            matches!(colleague, Err(PartError::NotFound)),
            "the editor takes it further"
        );
        feed(EEVA, 0, Way::Propose(phenomenon, new.clone())).unwrap();
        let again = feed(EEVA, 0, Way::Propose(phenomenon, new));
        assert!(matches!(again, Err(PartError::State)));
        feed(EEVA, 1, Way::Evidence(phenomenon, Quality::Moderate)).unwrap();
        assert_eq!(
            wrong(feed(EEVA, 2, Way::Aside(" ".to_owned()))),
            ("reason", Wrong::Missing)
        );
        feed(EEVA, 2, Way::Aside("Ei kuulu tähän".to_owned())).unwrap();
        let seen = county
            .see(ANNA, move |tx, editor| proposals::of(tx, editor, id))
            .unwrap();
        let states: Vec<_> = seen.iter().map(|one| one.state).collect();
        let wanted = [
            ProposalState::Proposed,
            ProposalState::Evidence,
            ProposalState::SetAside,
        ];
        assert_eq!(states, wanted);
        let became = ProposalId::from_bytes(seen[0].became.unwrap());
        let (draft, evidence) = county
            .see(EEVA, move |tx, editor| {
                let draft = theirs::one(tx, editor, became)?;
                Ok((draft, pages::evidence(tx, editor, phenomenon)?))
            })
            .unwrap();
        assert_eq!((draft.state, draft.phenomenon), (Theirs::Draft, phenomenon));
        assert_eq!(evidence.len(), 1);
        assert_eq!(evidence[0].written.kind, EvidenceKind::Experience);
        assert_eq!(evidence[0].written.words, "Yksi luukku");
        let open = county
            .see(ANNA, |tx, editor| proposals::open(tx, editor))
            .unwrap();
        assert!(open.is_empty());
    });
}

#[test]
fn no_column_could_hold_somebody_who_took_part() {
    let sql = participation::MIGRATIONS[0].sql;
    for word in [
        "client_id",
        "person",
        "name_",
        "participant",
        "email",
        "phone",
    ] {
        let lines = sql
            .lines()
            .filter(|line| !line.trim_start().starts_with("--"));
        assert!(lines.into_iter().all(|line| !line.contains(word)), "{word}");
    }
    // The only people that tables refer to are staff who wrote.
    for line in sql.lines().filter(|line| line.contains("references staff")) {
        let column = line.split_whitespace().next().unwrap();
        assert!(
            ["written_by", "changed_by", "done_by"].contains(&column),
            "{column}"
        );
    }
}

#[test]
fn a_phenomenon_that_is_closed_takes_no_more() {
    each(|county| {
        let (from, into) = (county.phenomenon("Yksi"), county.phenomenon("Toinen"));
        let id = county.held(8, 2, 0);
        county
            .act(EEVA, move |tx, editor, _| {
                gatherings::link(tx, editor, id, from, Stage::Collect)?;
                gatherings::link(tx, editor, id, from, Stage::Collect)?;
                Ok(reporting::store::phenomena::merge(
                    tx,
                    editor,
                    (from, into),
                    "Sama asia",
                )?)
            })
            .unwrap();
        let closed = county.act(EEVA, move |tx, editor, _| {
            gatherings::link(tx, editor, id, from, Stage::Propose)
        });
        assert!(matches!(closed, Err(PartError::State)));
        assert_eq!(county.count("select count(*) from gathering_phenomenon"), 1);
    });
}
