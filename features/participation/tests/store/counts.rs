//! I10: what a page reads does not take more statements with more rows.

use participation::domain::Stage;
use participation::domain::{Forum, NewStep};
use participation::store::forum::NewDecision;
use participation::store::gatherings::{self, Shown};
use participation::store::{bikva, cycle, forum, proposals, share, sums};

use crate::support::*;

fn fill(county: &County<'_>, phenomenon: reporting::store::PhenomenonId) {
    let id = county.held(8, 2, 1);
    county.write(county.planned(3));
    let today = county.today();
    let (decided, follow) = (county.in_days(-1), county.in_days(30));
    county
        .act(EEVA, move |tx, editor, made| {
            gatherings::link(tx, editor, id, phenomenon, Stage::Collect)?;
            proposals::say(tx, editor, made.by(), id, "Yksi luukku".to_owned())?;
            bikva::open(tx, editor, made.by(), phenomenon, "Kierros".to_owned())?;
            let step = NewStep {
                title: "Yhteenveto".to_owned(),
                words: String::new(),
                role: "julkaisija".to_owned(),
                month: 4,
                day: 15,
                forum: None,
            };
            let step = cycle::add(tx, editor, made.by(), vec![step])?[0];
            let year = cycle::one(tx, editor, step)?.occurrences(today)[0].year;
            cycle::finish(tx, editor, step, year)?;
            let new = NewDecision {
                forum: Forum::Council,
                decided_on: decided,
                words: "Päätös".to_owned(),
                minutes: String::new(),
                role: "johtaja".to_owned(),
                follow_on: follow,
                proposal: None,
            };
            forum::decide(tx, editor, made.by(), new)?;
            Ok(())
        })
        .unwrap();
}

fn statements(county: &County<'_>) -> (u64, usize) {
    let before = county.store.statement_count();
    let (today, since) = (county.today(), county.in_days(-365));
    let rows = county
        .see(EEVA, move |tx, editor| {
            let held = gatherings::list(tx, editor, Shown::Held, None)?.len();
            gatherings::list(tx, editor, Shown::Coming, None)?;
            gatherings::open_to_all(tx, today)?;
            proposals::open(tx, editor)?;
            bikva::list(tx, editor)?;
            cycle::all(tx, editor)?;
            forum::of(tx, editor, Forum::Council, since)?;
            sums::of_year(tx, editor, today.year())?;
            share::shares(tx)?;
            Ok(held)
        })
        .unwrap();
    (county.store.statement_count() - before, rows)
}

#[test]
fn the_number_of_statements_does_not_grow_with_the_rows() {
    each(|county| {
        let phenomenon = county.phenomenon("Häätöuhka");
        fill(county, phenomenon);
        let (one, rows) = statements(county);
        assert_eq!(rows, 1);
        for _ in 1..50 {
            fill(county, phenomenon);
        }
        let (fifty, rows) = statements(county);
        assert_eq!(rows, 50);
        assert_eq!(one, fifty);
    });
}
