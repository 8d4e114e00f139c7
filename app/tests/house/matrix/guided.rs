//! Every route of guiding a student (457/2024 21 §), as every role: the lead of the student's unit ends it, and the tutor
//! names and frees the student for clients with whom she works herself.

use std::collections::BTreeSet;

use access::rights::RightsTable;
use axum::http::Method;
use identity::people::{self, StaffId};
use kernel::time::SignedDuration;
use store::{StoreError, params};
use web::{Guard, Route};

use super::cases::{Case, name, pages_about};
use super::judge::{Seen, Wanted, fits};
use super::scenes::{Scene, Set, set};
use super::tally::Tally;
use super::world::World;
use super::{Answer, Asked, decide_all};
use crate::actors::{Actor, actor, fresh, roles, staff_of, text};
use crate::between::{BETWEEN, Between, MORE_BETWEEN, link};
use crate::county::County;

/// Where the student works and who guides her.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Student {
    /// In a unit that the worker leads, guided by another.
    Led,
    /// In the worker's own unit, which another leads, guided by the worker.
    Mine,
    /// As before, until yesterday.
    Former,
    /// In the worker's own unit, guided by another.
    Anothers,
    /// As before, and the worker guides somebody else.
    Beside,
}

const STUDENTS: [Student; 5] = [
    Student::Led,
    Student::Mine,
    Student::Former,
    Student::Anothers,
    Student::Beside,
];

/// The act of the lead: the others are about a client.
const END: &str = "/students/{id}/end";

/// What there is: a student, who guides her, and a client.
struct Placed {
    set: Set,
    student: StaffId,
    tutoring: [u8; 16],
}

/// Places a student. Whoever is to be freed of a client was named for the client before.
fn place(
    world: &World<'_>,
    actor: &Actor,
    (between, student): (Between, Student),
    named: bool,
) -> Placed {
    let scene = (between, Scene::Plain);
    let placed = Placed {
        set: set(world.county, world.model, actor, &world.cast, scene),
        student: StaffId::from_bytes(fresh()),
        tutoring: fresh(),
    };
    let unit = match student {
        Student::Led => actor.units.led,
        _ => actor.units.own,
    };
    let tutor = match student {
        Student::Mine | Student::Former => actor.staff,
        Student::Led | Student::Anothers | Student::Beside => world.cast.third,
    };
    let day = |days: i64| {
        let on = world
            .today
            .saturating_add(SignedDuration::from_hours(24 * days));
        on.to_string()
    };
    let ends = day(if student == Student::Former { -1 } else { 60 });
    let (begins, now, other) = (day(-60), world.county.built.house.now(), world.cast.other);
    let (id, tutoring, set) = (placed.student, placed.tutoring, placed.set);
    let beside = (student == Student::Beside).then_some(actor.staff);
    let store = &world.county.built.house.store;
    store
        .write_blocking(move |tx| {
            // Whom the worker guided in the scene before is no matter of this one.
            tx.execute("delete from tutoring", &[])?;
            let fresh = |tutor| (StaffId::from_bytes(fresh()), fresh(), tutor);
            let own = beside.map(fresh);
            for (id, tutoring, tutor) in own.into_iter().chain([(id, tutoring, tutor)]) {
                let person = staff_of(id, "Opiskelija", &["student"], &["other"], unit);
                people::add_staff(tx, &person)?;
                tx.execute(
                    "insert into tutoring (id, student, tutor, begins_on, ends_on, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)",
                    &params![tutoring, id.bytes(), tutor.bytes(), begins.as_str(), ends.as_str(), now, other.bytes()],
                )?;
            }
            if named {
                link(tx, set.client, (id, tutor), now)?;
            }
            Ok::<_, StoreError>(())
        })
        .expect("a student");
    placed
}

fn state(county: &County, placed: &Placed) -> Vec<String> {
    county.rows(
        "select (select count(ended_at) from tutoring where id = $1) || ' ' || (select count(*) || '-' || count(ends_at) from relation where client_id = $2)",
        &[placed.tutoring.into(), placed.set.client.bytes().into()],
        |row| row.get::<String>(0),
    )
}

/// Whether the worker works with the client herself: a right that has ended, a duty or a lead is no such work.
fn works(between: Between) -> bool {
    matches!(
        between,
        Between::Kind("own_worker" | "own_team" | "tutor_of") | Between::Matter | Between::Holder
    )
}

fn wanted(
    actor: &Actor,
    (between, student): (Between, Student),
    (route, case): &(Route, Case),
    world: &World<'_>,
) -> Wanted {
    let Guard::Right { class, action } = route.guard else {
        panic!("{route:?} is about somebody and has no right");
    };
    if !RightsTable::built_in().may_ever(&actor.subject, class, action, world.today) {
        return Wanted::NoDoor;
    }
    let (relation, there) = if route.path == END {
        ("unit_lead", student == Student::Led)
    } else {
        // With a student of her own the worker sees the form, and names nobody else's by it.
        let own = match student {
            Student::Mine => true,
            Student::Beside => route.method == Method::GET,
            Student::Led | Student::Former | Student::Anothers => false,
        };
        ("tutor_of", own && works(between))
    };
    let asked = Asked {
        relations: vec![(relation, false)],
        // The form asks whether the client was told.
        given: vec!["client_told"],
    };
    let says = decide_all(&actor.subject, &asked, &case.needs, world.today);
    if there && says == Answer::Allow {
        Wanted::Open
    } else {
        Wanted::Refused
    }
}

fn ask(
    world: &World<'_>,
    actor: &Actor,
    at: (Between, Student),
    about: &(Route, Case),
    tally: &mut Tally,
) {
    let (route, county) = (&about.0, world.county);
    let wanted = wanted(actor, at, about, world);
    let placed = place(world, actor, at, route.path.ends_with("/student/end"));
    let before = state(county, &placed);
    let id = if route.path == END {
        text(placed.tutoring)
    } else {
        placed.set.client.to_string()
    };
    let get = route.method == Method::GET;
    let fields = [
        ("student", placed.student.to_string()),
        ("told", "yes".to_owned()),
    ];
    let path = route.path.replace("{id}", &id);
    let got = county.send(&actor.reader, &path, (!get).then_some(&fields[..]));
    let seen = Seen {
        get,
        shows: false,
        changed: state(county, &placed) != before,
        got: &got,
    };
    let blank = !got.body.contains(&world.person);
    tally.count(name(route), &got, seen.came(wanted));
    let may_look = works(at.0) && matches!(at.1, Student::Mine | Student::Beside);
    if !fits(wanted, &seen, blank, may_look) {
        let (who, told) = (actor.role, seen.told(blank));
        tally.amiss(
            name(route),
            format!("{who} at {at:?}: {wanted:?}, but {told}"),
        );
    }
}

#[test]
fn every_answer_about_a_student_is_the_tables() {
    let county = County::of(10);
    let world = World::of(&county);
    let routes = pages_about(&["guided"]);
    let mut tally = Tally::default();
    for number in 0..roles() {
        let actor = actor(&county, number, &world.cast);
        for about in &routes {
            let Guard::Right { class, action } = about.0.guard else {
                panic!("{:?} has no right", about.0);
            };
            let table = RightsTable::built_in();
            let door = table.may_ever(&actor.subject, class, action, world.today);
            // Without a door, and at the lead's act, the relation to a client is nothing.
            let far = [Between::Nothing, Between::Kind("own_worker")];
            let over: Vec<Between> = if door && about.0.path != END {
                BETWEEN.into_iter().chain(MORE_BETWEEN).collect()
            } else {
                far.to_vec()
            };
            for between in over {
                for student in STUDENTS {
                    ask(&world, &actor, (between, student), about, &mut tally);
                }
            }
        }
    }
    println!("{} answers", tally.asked);
    assert_eq!(tally.told(), "");
    let all: BTreeSet<String> = routes.iter().map(|(route, _)| name(route)).collect();
    assert_eq!(tally.never_opened(&all), [""; 0], "never opened");
    assert_eq!(tally.never_refused(&all), [""; 0], "never refused");
}
