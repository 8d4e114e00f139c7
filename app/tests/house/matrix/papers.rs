//! Every route of assessments, plans, notes and special support, as every role over every relation that the table has rows
//! for, with forms filled as they should be: an allowed act changes something, a refused one nothing.
//!
//! A route is tried over each paper on which it should answer differently: one's own draft and another's.

use std::collections::{BTreeMap, BTreeSet};

use access::rights::RightsTable;
use clients::ClientId;
use kernel::time::Date;
use web::Guard;

use super::cases::name;
use super::judge::{Seen, Wanted, fits};
use super::paper_bodies::body;
use super::paper_scenes::{Laid, Paper, lay, text};
use super::scenes::Scene;
use super::trials::{Trial, trials};
use super::{Answer, Asked, decide};
use crate::actors::{Actor, BETWEEN, Between, Cast, MORE_BETWEEN, actor, role, roles, spare};
use crate::county::County;
use crate::inside::Got;

/// A form that shows something and changes nothing else, and a page that leads to another.
const SHOWS: [&str; 2] = ["/plans/{id}/copy/{language}", "/assessments/{id}/print"];
const LEADS: &str = "/plans/{id}/copy";

struct World<'c> {
    county: &'c County,
    model: (ClientId, [u8; 16]),
    /// Name of the model and of all its copies.
    person: String,
    cast: Cast,
    today: Date,
}

/// What the table says of everything that a trial needs.
fn says(actor: &Actor, between: Between, trial: &Trial, today: Date) -> Answer {
    let asked = Asked::of_paper(between, trial);
    let best = |choice: &Vec<(String, String)>| {
        choice
            .iter()
            .map(|(class, action)| decide(&actor.subject, &asked, class, action, today))
            .min()
            .unwrap_or(Answer::Deny)
    };
    let answers: Vec<Answer> = trial.needs().iter().map(best).collect();
    [Answer::Exceptional, Answer::Deny, Answer::Narrow]
        .into_iter()
        .find(|one| answers.contains(one))
        .unwrap_or(Answer::Allow)
}

impl Asked {
    fn of_paper(between: Between, trial: &Trial) -> Self {
        let mut asked = Self::over(between, Scene::Plain, true);
        asked.given.extend(trial.given());
        asked.relations.retain(|(kind, _)| trial.counts(kind));
        // Whoever begins an assessment is its assessor from then on.
        if trial.path() == "/matters/{id}/assessments/new" {
            asked.relations.push(("assessor", false));
        }
        // In the tail of a relation one's own draft is still written and finished.
        let own = [
            Paper::OwnDraft,
            Paper::WaitsForTutor,
            Paper::AssessmentForTutor,
        ];
        if own.contains(&trial.paper) {
            for relation in &mut asked.relations {
                relation.1 = false;
            }
        }
        asked
    }
}

fn wanted(actor: &Actor, between: Between, trial: &Trial, today: Date) -> Wanted {
    let Guard::Right { class, action } = trial.route.guard else {
        panic!("{:?} is about somebody and has no right", trial.route);
    };
    if !RightsTable::built_in().may_ever(&actor.subject, class, action, today) {
        return Wanted::NoDoor;
    }
    // To join somebody is to say where the matter goes, as of the matter's own form.
    let joins = ["/assessments/{id}/pair", "/assessments/{id}/ask"].contains(&trial.path());
    let at_once = [
        ("/note-steps/{id}/done", Paper::OthersNote),
        ("/plans/{id}/actions/{action}/done", Paper::PlanInForce),
    ]
    .contains(&(trial.path(), trial.paper));
    let disposes = matches!(
        between,
        Between::Holder
            | Between::UnitLead
            | Between::LeadAway
            | Between::OnDuty
            | Between::Kind("own_worker")
    );
    match says(actor, between, trial, today) {
        Answer::Exceptional => Wanted::Exceptional,
        Answer::Deny => Wanted::Refused,
        // A student's act that nobody could approve first is no student's (457/2024 21 §).
        _ if at_once && between == Between::Kind("tutor_link") => Wanted::Refused,
        _ if joins && trial.paper == Paper::Assessment && !disposes => Wanted::Refused,
        Answer::Narrow => Wanted::Part,
        Answer::Allow => Wanted::Open,
    }
}

#[derive(Default)]
struct Tally {
    asked: usize,
    opened: BTreeSet<String>,
    refused: BTreeSet<String>,
    wrong: BTreeMap<String, Vec<String>>,
    /// Relations of workers that were walked over.
    walks: usize,
    /// How often a trial was asked with an expectation.
    known: BTreeMap<(String, u8), usize>,
}

/// How often a trial is asked with an expectation before it is asked at every fifth turn alone. A role meets its relations in
/// the order of the list, so that each way of being refused and of being let in comes among the first or by a turn.
const FIRST: usize = 4;
const EVERY: usize = 5;

/// Everything that an act on a paper changes.
pub(super) fn state(county: &County, laid: &Laid) -> Vec<String> {
    county.rows(
        "select coalesce((select group_concat(d.state || d.version_no || '-' || d.revision || coalesce(d.correcting, '') || coalesce(hex(d.tutor), '')) from document d where d.matter_id = $2), '')
            || ' ' || (select count(*) || '-' || count(sent_at) || '-' || count(withdrawn_at) from assessment_section x join document d on d.id = x.document_id where d.matter_id = $2)
            || ' ' || (select count(*) from assessment_ask q join document d on d.id = q.document_id where d.matter_id = $2)
            || ' ' || (select count(*) || '-' || count(ended_at) from special_support where client_id = $1)
            || ' ' || (select count(*) || '-' || count(removed_at) from plan_section x join plan p on p.document_id = x.document_id where p.matter_id = $2)
            || ' ' || coalesce((select group_concat(state || coalesce(coordinator_name, '')) from plan where matter_id = $2), '')
            || ' ' || (select coalesce(sum(g.revision), 0) || '-' || count(*) || '-' || count(g.state_words) from plan_goal g join plan p on p.document_id = g.document_id where p.matter_id = $2)
            || ' ' || (select coalesce(sum(a.revision), 0) || '-' || count(*) from plan_action a join plan p on p.document_id = a.document_id where p.matter_id = $2)
            || ' ' || (select count(*) from plan_section x join plan p on p.document_id = x.document_id where p.matter_id = $2)
            || ' ' || (select count(*) || '-' || count(ended_at) from plan_elsewhere where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ended_at) from plan_waiver where client_id = $1)
            || ' ' || (select count(*) || '-' || count(ended_at) from note_step where matter_id = $2)
            || ' ' || (select count(*) || '-' || count(answered_at) from document_void v join document d on d.id = v.document_id where d.matter_id = $2)
            || ' ' || (select count(*) || '-' || count(ends_at) from relation where client_id = $1)",
        &[laid.set.client.bytes().into(), laid.set.matter.into()],
        |row| row.get::<String>(0),
    )
}

pub(super) fn address(path: &str, laid: &Laid) -> String {
    let object = if path.starts_with("/matters/") {
        laid.set.matter
    } else if path.starts_with("/note-steps/") {
        laid.step
    } else {
        laid.document
    };
    let part = if path.starts_with("/assessments/") {
        "everyday"
    } else {
        "together"
    };
    let address = path
        .replacen("{id}", &text(object), 1)
        .replace("{part}", part)
        .replace("{section}", &text(laid.section))
        .replace("{goal}", &text(laid.goal))
        .replace("{action}", &text(laid.action))
        .replace("{row}", &text(laid.elsewhere))
        .replace("{language}", "fi")
        .replace("{no}", "1");
    assert!(!address.contains('{'), "tell what stands in {address}");
    address
}

impl World<'_> {
    fn of(county: &County) -> World<'_> {
        let model = spare(county)[0];
        let person = county
            .rows(
                "select display_name from client where id = $1",
                &[model.0.bytes().into()],
                |row| row.get::<String>(0),
            )
            .remove(0);
        World {
            county,
            model,
            person,
            cast: Cast::of(county),
            today: county.built.house.today(),
        }
    }

    fn ask(&self, actor: &Actor, trial: &Trial, laid: &Laid) -> Got {
        let path = address(trial.path(), laid);
        if trial.get() {
            return self.county.get(&actor.reader, &path);
        }
        let fields = body(trial.path(), laid, &self.cast, trial.paper, self.today);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(field, value)| (field.as_str(), value.as_str()))
            .collect();
        self.county.post(&actor.reader, &path, &fields)
    }

    /// Comes to every route in one relation. What an act has changed is laid anew.
    fn walk(
        &self,
        actor: &Actor,
        judged_as: &Actor,
        between: Between,
        trials: &[Trial],
        tally: &mut Tally,
    ) {
        let mut laid: BTreeMap<Paper, (Laid, Vec<String>)> = BTreeMap::new();
        tally.walks += 1;
        for (place, trial) in trials.iter().enumerate() {
            let wanted = wanted(judged_as, between, trial, self.today);
            if tally.knows(trial, wanted, place) {
                continue;
            }
            let (set, before) = laid.entry(trial.paper).or_insert_with(|| {
                let what = (between, trial.paper);
                let laid = lay(self.county, self.model, actor, &self.cast, what);
                (laid, state(self.county, &laid))
            });
            let got = self.ask(actor, trial, set);
            let shows = !trial.get() && SHOWS.contains(&trial.path());
            let after = state(self.county, set);
            let changed = after != *before;
            let seen = Seen {
                get: trial.get(),
                shows,
                changed,
                got: &got,
            };
            let blank = !got.body.contains(&self.person);
            let fits = if trial.path() == LEADS {
                !changed && leads(wanted, &got)
            } else {
                fits(wanted, &seen, blank, self.may_look(judged_as, between))
            };
            tally.count(trial, &seen, wanted);
            if !fits {
                tally
                    .wrong
                    .entry(name(&trial.route))
                    .or_default()
                    .push(format!(
                        "{} over {between:?}, {:?}: {wanted:?}, but {}{}{} {}",
                        actor.role,
                        trial.paper,
                        got.status,
                        if changed { ", done" } else { "" },
                        if blank { "" } else { ", with the name" },
                        got.location
                    ));
            }
            if changed {
                laid.remove(&trial.paper);
            }
        }
    }

    /// Whether anything of the client may be shown beside a refusal.
    fn may_look(&self, actor: &Actor, between: Between) -> bool {
        let mut asked = Asked::over(between, Scene::Plain, true);
        // The worker has a section of the assessment.
        asked.given.push("section_only");
        [
            ("client_basics", "see_basics"),
            ("matter", "read"),
            ("offer", "read"),
            ("assessment", "read"),
            ("plan", "read"),
            ("note", "read"),
        ]
        .into_iter()
        .any(|(class, action)| decide(&actor.subject, &asked, class, action, self.today).opens())
    }
}

/// A page that leads to another: there for those alone to whom the other is.
fn leads(wanted: Wanted, got: &Got) -> bool {
    let led = got.status == 303 && got.location.contains("/copy/");
    match wanted {
        Wanted::Open => led,
        Wanted::Part => led || got.status == 404,
        _ => got.status == 404 || (got.status == 303 && !got.location.contains("/copy")),
    }
}

impl Tally {
    /// Whether it is asked often enough with this expectation.
    fn knows(&mut self, trial: &Trial, wanted: Wanted, place: usize) -> bool {
        let times = self.known.entry((trial.name(), wanted as u8)).or_default();
        *times += 1;
        *times > FIRST && !(self.walks + place).is_multiple_of(EVERY)
    }

    fn count(&mut self, trial: &Trial, seen: &Seen<'_>, wanted: Wanted) {
        let status = seen.got.status.as_u16();
        assert!(
            status < 500,
            "{:?} {:?}: {} {}",
            trial.route,
            trial.paper,
            seen.got.status,
            seen.got.body
        );
        self.asked += 1;
        let done = if trial.path() == LEADS {
            wanted == Wanted::Open
        } else if seen.get || seen.shows {
            status == 200
        } else {
            seen.changed
        };
        if done {
            self.opened.insert(trial.name());
        } else if wanted != Wanted::NoDoor {
            self.refused.insert(trial.name());
        }
    }

    fn told(&self) -> String {
        let lines: Vec<String> = self
            .wrong
            .iter()
            .map(|(route, all)| {
                let some = all[..all.len().min(12)].join("\n    ");
                format!("{route}: {} such\n    {some}", all.len())
            })
            .collect();
        lines.join("\n")
    }
}

/// Classes of the table that the routes are about.
const CLASSES: [&str; 4] = ["assessment", "plan", "note", "client_relation"];

/// Whether a role is tried over a relation: all for those who do the work, of the others those that the table has rows for,
/// none, and one that gives the others much.
fn meets(number: usize, between: Between) -> bool {
    let (who, tasks, _) = role(number);
    if ["counsellor", "social worker"].contains(&who) {
        return true;
    }
    let Some(kind) = between.relation(true) else {
        return between == Between::Nothing;
    };
    let ended = matches!(between, Between::Tail | Between::Expired);
    between == Between::Kind("own_worker")
        || (!ended
            && RightsTable::built_in().rows().iter().any(|row| {
                row.relation == kind
                    && row.classes.iter().any(|class| CLASSES.contains(&&**class))
                    && row.tasks.iter().any(|task| tasks.contains(&&**task))
            }))
}

/// Every role over its relations, in the order of the numbers that are taken.
fn walk_all(trials: &[Trial], mine: impl Fn(usize) -> bool) -> Tally {
    let county = County::of(30);
    let world = World::of(&county);
    let mut tally = Tally::default();
    for number in (0..roles()).filter(|number| mine(*number)) {
        let actor = actor(&county, number, &world.cast);
        let all = BETWEEN.into_iter().chain(MORE_BETWEEN);
        for between in all.filter(|one| meets(number, *one)) {
            world.walk(&actor, &actor, between, trials, &mut tally);
        }
    }
    tally
}

#[test]
fn every_answer_about_a_paper_is_the_tables() {
    let trials = trials();
    // Two that run beside each other take half the time.
    let (one, two) = std::thread::scope(|scope| {
        let even = scope.spawn(|| walk_all(&trials, |number| number % 2 == 0));
        let odd = walk_all(&trials, |number| number % 2 == 1);
        (even.join().expect("the even roles"), odd)
    });
    println!("{} answers", one.asked + two.asked);
    assert_eq!([one.told(), two.told()].concat(), "");
    // Nothing was asked in vain: each route opened for somebody and was refused to somebody.
    let mut routes: BTreeSet<String> = trials.iter().map(Trial::name).collect();
    let never =
        |routes: &BTreeSet<String>, one: BTreeSet<String>, two: BTreeSet<String>| -> Vec<String> {
            let places: BTreeSet<String> = one.into_iter().chain(two).collect();
            routes.difference(&places).cloned().collect()
        };
    let refused = never(&routes, one.refused, two.refused);
    assert_eq!(refused, [""; 0], "never refused");
    // Nobody asks that another's note be voided: its writer does.
    routes.retain(|name| !name.ends_with("/notes/{id}/void OthersNote"));
    let opened = never(&routes, one.opened, two.opened);
    assert_eq!(opened, [""; 0], "never opened");
}

/// The comparison finds what is amiss: an own worker's rights are expected for an invited expert.
#[test]
fn a_wrong_expectation_about_a_paper_is_told() {
    let county = County::of(10);
    let world = World::of(&county);
    let (front, social) = (
        actor(&county, 0, &world.cast),
        actor(&county, 4, &world.cast),
    );
    assert_eq!((front.role, social.role), ("front door", "social worker"));
    let mut tally = Tally::default();
    let trials = trials();
    let own = Between::Kind("own_worker");
    world.walk(&front, &social, own, &trials, &mut tally);
    let told = tally.told();
    for line in [
        "POST /notes/{id}/edit: ",
        "front door over Kind(\"own_worker\"), OwnDraft: Open, but 404",
        "POST /plans/{id}/goals/new: ",
        "GET /assessments/{id}: ",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
}
