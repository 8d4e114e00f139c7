//! Every route of an agreed follow-up, as every role: whoever has agreed to ask opens it and says once how it went, whatever
//! stands between her and the client by then; nobody else does either, the lead included.

use std::collections::BTreeSet;

use access::rights::RightsTable;
use axum::http::Method;
use store::{StoreError, params};
use web::{Guard, Route};

use super::cases::{Case, name, pages_about};
use super::judge::{Seen, Wanted, fits};
use super::scenes::{Scene, set};
use super::tally::Tally;
use super::world::World;
use super::{Answer, Asked, decide_all};
use crate::actors::{Actor, actor, fresh, roles, text};
use crate::between::Between;
use crate::county::County;

/// Whose a follow-up is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Mine,
    /// The worker's own, and said how it went.
    Done,
    Another,
}

const WHOSE: [Whose; 3] = [Whose::Mine, Whose::Done, Whose::Another];

/// What stands between the worker and the client besides: nothing, much, and what has ended.
const OVER: [Between; 7] = [
    Between::Nothing,
    Between::Kind("own_worker"),
    Between::Holder,
    Between::UnitLead,
    Between::LeadAway,
    Between::Tail,
    Between::Exceptional,
];

/// A follow-up of a client in a relation to the worker.
fn agreed(world: &World<'_>, actor: &Actor, between: Between, whose: Whose) -> [u8; 16] {
    let scene = (between, Scene::Plain);
    let set = set(world.county, world.model, actor, &world.cast, scene);
    let (id, now, today) = (
        fresh(),
        world.county.built.house.now(),
        world.today.to_string(),
    );
    let other = world.cast.other.bytes();
    let follower = match whose {
        Whose::Mine | Whose::Done => actor.staff.bytes(),
        Whose::Another => other,
    };
    let done = (whose == Whose::Done).then_some(now);
    let store = &world.county.built.house.store;
    store
        .write_blocking(move |tx| {
            tx.execute(
                "insert into follow_up (id, client_id, matter_id, staff_id, due_on, what, made_at, made_by, done_at, outcome) values ($1, $2, $3, $4, $5, 'Miten menee', $6, $7, $8, $9)",
                &params![
                    id,
                    set.client.bytes(),
                    set.matter,
                    follower,
                    today,
                    now,
                    other,
                    done,
                    done.map(|_| "Hyvin")
                ],
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("a follow-up");
    id
}

fn state(county: &County, id: [u8; 16]) -> Vec<String> {
    county.rows(
        "select coalesce(done_at, '') || coalesce(outcome, '') from follow_up where id = $1",
        &[id.into()],
        |row| row.get::<String>(0),
    )
}

fn wanted(actor: &Actor, whose: Whose, (route, case): &(Route, Case), world: &World<'_>) -> Wanted {
    let Guard::Right { class, action } = route.guard else {
        panic!("{route:?} is about somebody and has no right");
    };
    if !RightsTable::built_in().may_ever(&actor.subject, class, action, world.today) {
        return Wanted::NoDoor;
    }
    let asked = Asked {
        relations: vec![("own_task", false)],
        given: Vec::new(),
    };
    let says = decide_all(&actor.subject, &asked, &case.needs, world.today);
    let open = match whose {
        Whose::Mine => true,
        Whose::Done => route.method == Method::GET,
        Whose::Another => false,
    };
    if open && says == Answer::Allow {
        Wanted::Open
    } else {
        Wanted::Refused
    }
}

#[test]
fn every_answer_about_a_follow_up_is_the_tables() {
    let county = County::of(10);
    let world = World::of(&county);
    let mut routes = pages_about(&["follow_up"]);
    // Looking first: it must change nothing.
    routes.sort_by_key(|(route, _)| route.method != Method::GET);
    let mut tally = Tally::default();
    for number in 0..roles() {
        let actor = actor(&county, number, &world.cast);
        for (between, whose) in OVER
            .into_iter()
            .flat_map(|one| WHOSE.map(|whose| (one, whose)))
        {
            let id = agreed(&world, &actor, between, whose);
            for about in &routes {
                let route = &about.0;
                let (wanted, before) = (wanted(&actor, whose, about, &world), state(&county, id));
                let get = route.method == Method::GET;
                let fields = [("body", "Asunto on säilynyt.".to_owned())];
                let path = route.path.replace("{id}", &text(id));
                let got = county.send(&actor.reader, &path, (!get).then_some(&fields[..]));
                let seen = Seen {
                    get,
                    shows: false,
                    changed: state(&county, id) != before,
                    got: &got,
                };
                let blank = !got.body.contains(&world.person);
                tally.count(name(route), &got, seen.came(wanted));
                // Whoever opens it is told of whom it is.
                let named = !get || wanted != Wanted::Open || !blank;
                if !named || !fits(wanted, &seen, blank, false) {
                    let (who, told) = (actor.role, seen.told(blank));
                    tally.amiss(
                        name(route),
                        format!("{who} over {between:?}, {whose:?}: {wanted:?}, but {told}"),
                    );
                }
            }
        }
    }
    assert_eq!(tally.told(), "");
    let all: BTreeSet<String> = routes.iter().map(|(route, _)| name(route)).collect();
    assert_eq!(tally.never_opened(&all), [""; 0], "never opened");
    assert_eq!(tally.never_refused(&all), [""; 0], "never refused");
    assert_eq!(tally.asked, roles() * OVER.len() * WHOSE.len() * all.len());
}
