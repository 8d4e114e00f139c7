//! The yearly cycle and what forums decided.

use participation::domain::{Forum, NewStep, PartError, Standing, Wrong};
use participation::store::forum::{self, NewDecision};
use participation::store::{StepId, cycle};

use crate::support::*;

fn step(month: u8, day: u8) -> NewStep {
    NewStep {
        title: "Yhteenveto johdolle".to_owned(),
        words: String::new(),
        role: "julkaisija".to_owned(),
        month,
        day,
        forum: Some(Forum::Management),
    }
}

fn standings(county: &County<'_>, id: StepId) -> Vec<(i16, Standing)> {
    let today = county.today();
    county
        .see(ANNA, move |tx, editor| cycle::one(tx, editor, id))
        .unwrap()
        .occurrences(today)
        .into_iter()
        .map(|one| (one.year, one.standing))
        .collect()
}

#[test]
fn a_step_is_late_until_it_is_done_and_comes_again() {
    each(|county| {
        let on = county.in_days(10);
        let new = step(on.month().unsigned_abs(), on.day().unsigned_abs());
        let refused = {
            let new = new.clone();
            county.act(VILLE, move |tx, editor, made| {
                cycle::add(tx, editor, made.by(), vec![new])
            })
        };
        assert!(
            matches!(refused, Err(PartError::NotFound)),
            "others keep the cycle"
        );
        let ids = county
            .act(EEVA, move |tx, editor, made| {
                cycle::add(tx, editor, made.by(), vec![new])
            })
            .unwrap();
        let (id, year) = (ids[0], on.year());
        assert_eq!(standings(county, id), [(year, Standing::Soon)]);
        county.pass(11);
        assert_eq!(
            standings(county, id),
            [(year, Standing::Late), (year + 1, Standing::Coming)]
        );
        let finish = |year| {
            county.act(EEVA, move |tx, editor, _| {
                cycle::finish(tx, editor, id, year)
            })
        };
        assert!(matches!(finish(year - 1), Err(PartError::State)));
        assert!(matches!(finish(year + 2), Err(PartError::State)));
        finish(year).unwrap();
        finish(year).unwrap();
        let done = Standing::Done(county.today());
        assert_eq!(
            standings(county, id),
            [(year, done), (year + 1, Standing::Coming)]
        );
        assert_eq!(county.count("select count(*) from cycle_done"), 1);
    });
}

#[test]
fn a_step_that_moves_counts_from_its_new_day_and_the_offer_is_taken_once() {
    each(|county| {
        let on = county.in_days(5);
        let new = step(on.month().unsigned_abs(), on.day().unsigned_abs());
        county
            .act(EEVA, move |tx, editor, made| {
                cycle::adopt(tx, editor, made.by(), vec![new])
            })
            .unwrap();
        let again = county.act(EEVA, move |tx, editor, made| {
            cycle::adopt(tx, editor, made.by(), vec![step(1, 1)])
        });
        assert!(matches!(again, Err(PartError::State)));
        county.pass(30);
        let all = county
            .see(EEVA, |tx, editor| cycle::all(tx, editor))
            .unwrap();
        let id = all[0].id;
        let late = standings(county, id);
        assert_eq!(late[0].1, Standing::Late);
        let moved = county.in_days(-2);
        let (month, day) = (moved.month().unsigned_abs(), moved.day().unsigned_abs());
        let change = |is_kept, revision| {
            county.act(EEVA, move |tx, editor, _| {
                cycle::change(tx, editor, (id, revision), step(month, day), is_kept)
            })
        };
        change(true, 1).unwrap();
        let standing = standings(county, id);
        assert_eq!(standing.len(), 1, "not late because of its new day");
        assert_eq!(standing[0].1, Standing::Coming);
        assert!(matches!(change(true, 1), Err(PartError::Changed)));
        change(false, 2).unwrap();
        let (year, _) = standing[0];
        let finish = county.act(EEVA, move |tx, editor, _| {
            cycle::finish(tx, editor, id, year)
        });
        assert!(
            matches!(finish, Err(PartError::State)),
            "it is not followed"
        );
    });
}

#[test]
fn a_decision_has_a_day_on_which_somebody_looks() {
    each(|county| {
        let decision = |decided: i64, follow: i64| NewDecision {
            forum: Forum::Hyte,
            decided_on: county.in_days(decided),
            words: "Asumisneuvonta kunnan palveluihin".to_owned(),
            minutes: "§ 12".to_owned(),
            role: "hyvinvointikoordinaattori".to_owned(),
            follow_on: county.in_days(follow),
            proposal: None,
        };
        let decide = |new: NewDecision| {
            county.act(EEVA, move |tx, editor, made| {
                forum::decide(tx, editor, made.by(), new)
            })
        };
        assert_eq!(wrong(decide(decision(1, 5))), ("decided_on", Wrong::Future));
        assert_eq!(wrong(decide(decision(-1, -1))), ("follow_on", Wrong::Past));
        let id = decide(decision(-1, 90)).unwrap();
        let listed = |forum| {
            let since = county.in_days(-365);
            county
                .see(VILLE, move |tx, editor| forum::of(tx, editor, forum, since))
                .unwrap()
                .len()
        };
        assert_eq!((listed(Forum::Hyte), listed(Forum::Council)), (1, 0));
        let follow = |came: &str, revision| {
            let came = came.to_owned();
            county.act(EEVA, move |tx, editor, _| {
                forum::follow(tx, editor, (id, revision), came)
            })
        };
        assert_eq!(wrong(follow(" ", 1)), ("came", Wrong::Missing));
        follow("Kaksi kuntaa aloitti", 1).unwrap();
        assert!(matches!(follow("Toisin", 2), Err(PartError::State)));
        assert_eq!(listed(Forum::Hyte), 1);
        county.pass(400);
        assert_eq!(
            listed(Forum::Hyte),
            0,
            "what was followed long ago leaves the pack"
        );
    });
}
