//! A plan in the words of its pages.

use clients::Reader;
use documents::{State, voiding};
use kernel::time::{Date, Timestamp, day};
use web::Texts;

use crate::domain::{ActionState, GoalState, Stage};
use crate::pages::act::What;
use crate::pages::common::{self, path, who, word};
use crate::pages::frames::{is_open_to, may_end};
use crate::pages::written::parts;
use crate::store::actions::Action;
use crate::store::goals::Goal;
use crate::store::read::View;

/// A tag.
#[derive(Debug, Clone)]
pub struct Mark {
    pub label: String,
    pub color: &'static str,
}

/// A line of a list of facts; `own` is the client's voice.
#[derive(Debug, Clone, Default)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub own: bool,
}

/// A step of a goal.
#[derive(Debug, Clone)]
pub struct RowModel {
    pub what: String,
    pub sub: String,
    pub who: String,
    pub due: String,
    pub iso: String,
    pub color: &'static str,
    /// Where it is changed; empty when it may not be.
    pub href: String,
    /// Where one says that it was done or given up.
    pub end: String,
    /// Where one press says that it was done.
    pub done: String,
}

/// A goal.
#[derive(Debug, Clone)]
pub struct GoalModel {
    pub quote: String,
    pub kind: String,
    pub whose: String,
    pub state: String,
    /// Of the tag of the state.
    pub color: &'static str,
    pub state_words: String,
    pub new: bool,
    pub steps: Vec<String>,
    pub facts: Vec<Fact>,
    pub rows: Vec<RowModel>,
    /// Headings of the rows.
    pub columns: Vec<String>,
    /// Something can be marked in some row.
    pub acts: bool,
    pub href: String,
    pub end: String,
    pub add: String,
}

/// A written part.
#[derive(Debug, Clone)]
pub struct PartModel {
    pub id: String,
    pub heading: String,
    pub law: String,
    pub facts: Vec<Fact>,
    pub href: String,
    pub link: String,
    /// Where a part for a special law or a partner is taken away.
    pub end: String,
}

/// A plan elsewhere.
#[derive(Debug, Clone)]
pub struct ElsewhereModel {
    pub head: String,
    pub what: String,
    pub meta: String,
    /// Where it is ended; empty when it may not be.
    pub end: String,
}

/// Everything on the page.
#[derive(Debug, Clone)]
pub struct PlanModel {
    pub path: String,
    pub title: String,
    pub meta: String,
    pub tags: Vec<Mark>,
    pub people: Vec<(String, String)>,
    pub hidden: bool,
    pub ended: String,
    pub ended_words: String,
    /// A change of a plan in force is being written.
    pub changing: String,
    /// A student's text waits for the tutor.
    pub waiting: String,
    /// The tutor's words when it was sent back.
    pub sent_back: String,
    /// Somebody has asked that it be voided, or that was refused, and why.
    pub void_asked: String,
    /// Other plans in force of the same person after two records were joined.
    pub twice: Vec<String>,
    pub ask: bool,
    pub approve: bool,
    pub withdraw: bool,
    pub void: bool,
    pub goals: Vec<GoalModel>,
    pub parts: Vec<PartModel>,
    /// There are parts that the reader could write and nobody has.
    pub unwritten: bool,
    pub facts: Vec<Fact>,
    pub elsewhere: Vec<ElsewhereModel>,
    pub write: bool,
    pub others: bool,
    pub finish: bool,
    pub review: bool,
    pub change: bool,
    pub end: bool,
    pub print: bool,
    pub versions: bool,
    pub matter: String,
}

/// The plan for a reader.
pub fn model(t: &Texts, view: &View, reader: &Reader, now: Timestamp) -> PlanModel {
    let opened = &view.opened;
    let at = path(opened.id());
    let stage = opened.stage();
    let may = |what| is_open_to(view, reader, what);
    let written = parts(t, view, reader);
    let people: Vec<(String, String)> = view
        .people
        .iter()
        .map(|one| (one.name.clone(), format!("/clients/{}", one.id)))
        .collect();
    PlanModel {
        title: t.get(if view.joint() {
            "plan-title-joint"
        } else {
            "plan-title"
        }),
        meta: people
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
            .join(", "),
        tags: tags(t, view, stage),
        hidden: view.seen.hidden,
        ended: ended(t, view, now),
        ended_words: opened.plan.end_words.clone().unwrap_or_default(),
        changing: changing(t, view, stage),
        waiting: waiting(t, view),
        sent_back: opened
            .document
            .sent_back
            .clone()
            .filter(|_| opened.document.state == State::Draft && view.may.write)
            .unwrap_or_default(),
        void_asked: view.void.as_ref().map_or_else(String::new, |wish| {
            voiding::sentence(t, wish, "plan-void-asked", now)
        }),
        twice: view.others.iter().map(|one| path(*one)).collect(),
        ask: may(What::Ask),
        approve: may(What::Return),
        withdraw: view.may.withdraw,
        void: may(What::Void),
        goals: goals(t, view, reader, now),
        unwritten: written
            .iter()
            .any(|part| part.facts.is_empty() && !part.href.is_empty()),
        parts: written,
        facts: facts(t, view, now),
        elsewhere: elsewhere(t, view, may(What::Elsewhere)),
        write: view.may.write,
        others: may(What::Elsewhere),
        finish: may(What::Finish),
        review: may(What::Review),
        change: may(What::Change),
        end: may(What::End),
        print: view.may.print && opened.document.version_no > 0,
        versions: opened.document.version_no > 0,
        matter: format!("/matters/{}", opened.facts.id),
        people,
        path: at,
    }
}

fn tags(t: &Texts, view: &View, stage: Stage) -> Vec<Mark> {
    let (label, color) = common::stage(t, stage);
    let mut tags = vec![Mark { label, color }];
    if view.people.iter().any(|one| one.special) {
        tags.push(Mark {
            label: t.get("plan-special"),
            color: "neutral",
        });
    }
    tags
}

fn ended(t: &Texts, view: &View, now: Timestamp) -> String {
    let plan = &view.opened.plan;
    match (view.opened.stage(), plan.ended_at, &plan.end_reason) {
        (Stage::Ended, Some(at), Some(reason)) => t.with(
            "plan-ended",
            &[
                ("reason", word(t, "plan-end", reason).into()),
                ("when", t.when(at, now).into()),
            ],
        ),
        (Stage::Ended, _, _) => t.get("plan-ended-matter"),
        _ => String::new(),
    }
}

fn changing(t: &Texts, view: &View, stage: Stage) -> String {
    let document = &view.opened.document;
    if stage == Stage::InForce && document.is_open() {
        let why = document.correcting.clone().unwrap_or_default();
        t.with(
            "plan-changing",
            &[("version", document.version_no.into()), ("why", why.into())],
        )
    } else {
        String::new()
    }
}

fn waiting(t: &Texts, view: &View) -> String {
    let document = &view.opened.document;
    if document.state != State::Waiting {
        return String::new();
    }
    let who = document.asker.as_deref().unwrap_or(&document.author);
    let key = if view.may.approve {
        "plan-waits-for-you"
    } else {
        "plan-waits"
    };
    t.with(key, &[("who", who.into())])
}

/// The colour of a day by which something is to be done.
pub fn color(due: Date, today: Date) -> &'static str {
    if due < today {
        "danger"
    } else if due <= today.tomorrow().unwrap_or(today) {
        "warning"
    } else {
        ""
    }
}

/// The goals, those that are open first.
pub fn goals(t: &Texts, view: &View, reader: &Reader, now: Timestamp) -> Vec<GoalModel> {
    let (open, closed): (Vec<&Goal>, Vec<&Goal>) = view
        .goals
        .iter()
        .partition(|goal| goal.state == GoalState::Open);
    open.into_iter()
        .chain(closed)
        .map(|goal| goal_model(t, view, reader, goal, now))
        .collect()
}

fn goal_model(t: &Texts, view: &View, reader: &Reader, goal: &Goal, now: Timestamp) -> GoalModel {
    let at = path(view.opened.id());
    let may = |what: What| {
        if is_open_to(view, reader, what) {
            format!("{at}/{}", what.tail())
        } else {
            String::new()
        }
    };
    let open = goal.state == GoalState::Open;
    let rows: Vec<RowModel> = goal
        .actions
        .iter()
        .map(|action| row(t, view, reader, (goal, action), day(now)))
        .collect();
    let acts = rows.iter().any(|row| !row.end.is_empty());
    let columns = [
        "plan-col-step",
        "plan-col-who",
        "plan-col-when",
        "plan-col-do",
    ];
    let mut facts = Vec::new();
    for (key, value) in [
        ("plan-goal-helps", &goal.helps),
        ("plan-goal-hinders", &goal.hinders),
    ] {
        if !value.is_empty() {
            facts.push(Fact {
                name: t.get(key),
                value: value.clone(),
                own: false,
            });
        }
    }
    GoalModel {
        quote: goal.words.clone(),
        kind: word(t, "plan-kind", goal.kind.code()),
        whose: goal
            .client
            .filter(|_| view.joint())
            .map(|client| t.with("plan-own-of", &[("name", view.name(client).into())]))
            .unwrap_or_default(),
        state: if open {
            String::new()
        } else {
            word(t, "plan-goal-state", goal.state.code())
        },
        color: if goal.state == GoalState::Attained {
            "success"
        } else {
            "neutral"
        },
        state_words: goal.state_words.clone().unwrap_or_default(),
        new: view.opened.document.version_no > 0 && goal.since_version.is_none(),
        steps: goal
            .steps
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect(),
        facts,
        columns: columns
            .iter()
            .take(if acts { 4 } else { 3 })
            .map(|key| t.get(key))
            .collect(),
        acts,
        rows,
        href: may(What::Goal(goal.id)),
        end: may(What::GoalEnd(goal.id)),
        add: if open {
            may(What::ActionNew(goal.id))
        } else {
            String::new()
        },
    }
}

fn row(
    t: &Texts,
    view: &View,
    reader: &Reader,
    (goal, action): (&Goal, &Action),
    today: Date,
) -> RowModel {
    let at = path(view.opened.id());
    let open = action.state == ActionState::Open;
    let ends = may_end(view, reader, goal, action);
    let mut sub = Vec::new();
    if action.development {
        sub.push(t.get("plan-action-is-development"));
    }
    if !open {
        sub.push(word(t, "plan-action-state", action.state.code()));
    }
    sub.extend(action.state_words.clone());
    RowModel {
        what: action.what.clone(),
        sub: sub.join(". "),
        who: who(t, &action.who),
        due: t.near_day(action.due, today),
        iso: action.due.to_string(),
        color: if open { color(action.due, today) } else { "" },
        href: if is_open_to(view, reader, What::Action(action.id)) {
            format!("{at}/actions/{}", action.id)
        } else {
            String::new()
        },
        end: if ends {
            format!("{at}/actions/{}/end", action.id)
        } else {
            String::new()
        },
        done: if ends && open {
            format!("{at}/actions/{}/done", action.id)
        } else {
            String::new()
        },
    }
}

fn facts(t: &Texts, view: &View, now: Timestamp) -> Vec<Fact> {
    let plan = &view.opened.plan;
    let today = day(now);
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
        own: false,
    };
    let mut facts = Vec::new();
    let version = view.opened.document.version_no;
    if version > 0 {
        let value = match view.opened.document.finished_at {
            Some(at) => t.with(
                "plan-version-of",
                &[("no", version.into()), ("day", t.day(day(at)).into())],
            ),
            None => version.to_string(),
        };
        facts.push(fact("plan-version", value));
    }
    if let Some(on) = plan.review_on {
        facts.push(fact("plan-review-day", t.near_day(on, today)));
    }
    if version > 0 {
        let how = match &plan.obstacle {
            None => t.get("plan-made-with"),
            Some(words) => t.with("plan-made-without", &[("words", words.as_str().into())]),
        };
        facts.push(fact("plan-with", how));
    }
    if let Some(name) = &plan.coordinator {
        facts.push(fact("plan-coordinator", name.clone()));
    }
    facts.push(fact("plan-author", view.opened.document.author.clone()));
    facts
}

fn elsewhere(t: &Texts, view: &View, may: bool) -> Vec<ElsewhereModel> {
    view.elsewhere
        .iter()
        .map(|one| ElsewhereModel {
            head: if view.joint() {
                format!("{}: {}", view.name(one.client), one.whose)
            } else {
                one.whose.clone()
            },
            what: one.what.clone(),
            meta: t.with(
                "plan-elsewhere-meta",
                &[
                    ("who", one.told_by.as_str().into()),
                    ("day", t.day(one.known_on).into()),
                ],
            ),
            end: if may {
                format!("{}/elsewhere/{}/end", path(view.opened.id()), one.id)
            } else {
                String::new()
            },
        })
        .collect()
}
