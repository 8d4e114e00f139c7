//! Every route of assessments, plans, notes and special support, as every role over every relation that the table has rows
//! for, with forms filled as they should be: an allowed act changes something, a refused one nothing.
//!
//! A route is tried over each paper on which it should answer differently: one's own draft and another's.

use std::collections::{BTreeMap, BTreeSet};

use access::rights::RightsTable;
use kernel::time::Date;
use web::Guard;

use super::cases::name;
use super::judge::{Seen, Wanted, fits};
use super::paper_bodies::body;
use super::paper_scenes::{Laid, Paper, lay};
use super::scenes::Scene;
use super::tally::{Came, Tally};
use super::trials::{Trial, trials};
use super::world::World;
use super::{Answer, Asked, decide, decide_all};
use crate::actors::{Actor, actor, numbered, role, roles, text};
use crate::between::{BETWEEN, Between, MORE_BETWEEN};
use crate::county::County;
use crate::inside::Got;

/// A form that shows something and changes nothing else, and a page that leads to another.
const SHOWS: [&str; 2] = ["/plans/{id}/copy/{language}", "/assessments/{id}/print"];
const LEADS: &str = "/plans/{id}/copy";

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
    .contains(&(trial.path(), trial.paper))
        // To invite somebody, or to send what one was asked.
        || trial.path().starts_with("/assessments/{id}/sections/");
    let asked = Asked::of_paper(between, trial);
    match decide_all(&actor.subject, &asked, &trial.needs(), today) {
        Answer::Exceptional => Wanted::Exceptional,
        Answer::Deny => Wanted::Refused,
        // A student's act that nobody could approve first is no student's (457/2024 21 §).
        _ if at_once && between == Between::Kind("tutor_link") => Wanted::Refused,
        _ if joins && trial.paper == Paper::Assessment && !between.disposes() => Wanted::Refused,
        Answer::Narrow => Wanted::Part,
        Answer::Allow => Wanted::Open,
    }
}

/// How often a trial is asked with an expectation before it is asked at every fifth turn alone. A role meets its relations in
/// the order of the list, so that each way of being refused and of being let in comes among the first or by a turn.
const FIRST: usize = 4;
const EVERY: usize = 5;

/// Which trials are asked again.
#[derive(Default)]
struct Turns {
    /// Relations of workers that were walked over.
    walks: usize,
    /// How often a trial was met with an expectation.
    known: BTreeMap<(String, u8), usize>,
}

impl Turns {
    /// Whether it is asked often enough with this expectation.
    fn knows(&mut self, trial: &Trial, wanted: Wanted, place: usize) -> bool {
        let times = self.known.entry((trial.name(), wanted as u8)).or_default();
        *times += 1;
        *times > FIRST && !(self.walks + place).is_multiple_of(EVERY)
    }
}

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
    fn ask_paper(&self, actor: &Actor, trial: &Trial, laid: &Laid) -> Got {
        let path = address(trial.path(), laid);
        let fields =
            (!trial.get()).then(|| body(trial.path(), laid, &self.cast, trial.paper, self.today));
        self.county.send(&actor.reader, &path, fields.as_deref())
    }

    /// Comes to every route in one relation. What an act has changed is laid anew.
    fn walk_papers(
        &self,
        (actor, judged_as): (&Actor, &Actor),
        between: Between,
        trials: &[Trial],
        (turns, tally): (&mut Turns, &mut Tally),
    ) {
        let mut laid: BTreeMap<Paper, (Laid, Vec<String>)> = BTreeMap::new();
        turns.walks += 1;
        for (place, trial) in trials.iter().enumerate() {
            let wanted = wanted(judged_as, between, trial, self.today);
            if turns.knows(trial, wanted, place) {
                continue;
            }
            let (set, before) = laid.entry(trial.paper).or_insert_with(|| {
                let what = (between, trial.paper);
                let laid = lay(self.county, self.model, actor, &self.cast, what);
                (laid, state(self.county, &laid))
            });
            let got = self.ask_paper(actor, trial, set);
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
            let came = match wanted {
                Wanted::Open if trial.path() == LEADS => Came::In,
                wanted => seen.came(wanted),
            };
            tally.count(trial.name(), &got, came);
            if !fits {
                let (who, paper, told) = (actor.role, trial.paper, seen.told(blank));
                tally.amiss(
                    name(&trial.route),
                    format!("{who} over {between:?}, {paper:?}: {wanted:?}, but {told}"),
                );
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
    let (mut turns, mut tally) = (Turns::default(), Tally::default());
    for number in (0..roles()).filter(|number| mine(*number)) {
        let actor = actor(&county, number, &world.cast);
        let all = BETWEEN.into_iter().chain(MORE_BETWEEN);
        for between in all.filter(|one| meets(number, *one)) {
            let by = (&mut turns, &mut tally);
            world.walk_papers((&actor, &actor), between, trials, by);
        }
    }
    tally
}

#[test]
fn every_answer_about_a_paper_is_the_tables() {
    let trials = trials();
    // Two that run beside each other take half the time.
    let tally = std::thread::scope(|scope| {
        let even = scope.spawn(|| walk_all(&trials, |number| number % 2 == 0));
        let mut all = walk_all(&trials, |number| number % 2 == 1);
        all.add(even.join().expect("the even roles"));
        all
    });
    println!("{} answers", tally.asked);
    assert_eq!(tally.told(), "");
    // Nothing was asked in vain: each route opened for somebody and was refused to somebody.
    let mut routes: BTreeSet<String> = trials.iter().map(Trial::name).collect();
    assert_eq!(tally.never_refused(&routes), [""; 0], "never refused");
    // Nobody asks that another's note be voided: its writer does.
    routes.retain(|name| !name.ends_with("/notes/{id}/void OthersNote"));
    assert_eq!(tally.never_opened(&routes), [""; 0], "never opened");
}

/// The comparison finds what is amiss: an own worker's rights are expected for an invited expert.
#[test]
fn a_wrong_expectation_about_a_paper_is_told() {
    let county = County::of(10);
    let world = World::of(&county);
    let who = |role| actor(&county, numbered(role), &world.cast);
    let (front, social) = (who("front door"), who("social worker"));
    let (mut turns, mut tally) = (Turns::default(), Tally::default());
    let own = Between::Kind("own_worker");
    let by = (&mut turns, &mut tally);
    world.walk_papers((&front, &social), own, &trials(), by);
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
