//! The page of one assessment: its three stages on one page, what is known, who takes part, what is missing.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use casework::pages::colleagues::{Group, colleagues_of};
use casework::pages::{capital, word};
use clients::ClientId;
use documents::{DocumentId, State as DocState, voiding};
use identity::session::CurrentUser;
use kernel::time::day;
use web::{Answer, Form, House, Page, Texts, Visit, client_page_with_status, go_to};

use crate::domain::{Area, Refusal, Stage, parts};
use crate::pages::glue::{self, id, open, path};
use crate::pages::known::{self, Fact};
use crate::pages::part::order;
use crate::pages::section_model::{SectionModel, sections};
use crate::pages::words::{self, Told};
use crate::store::Sees;
use crate::store::view::View;

/// A part on the page.
pub struct PartModel {
    pub id: String,
    pub title: String,
    pub told: Vec<Told>,
    /// Who wrote it last and when; that nobody has.
    pub meta: String,
    /// Where it is written; empty for a reader.
    pub href: String,
    pub button: String,
}

/// A stage with its parts.
pub struct StageModel {
    pub id: &'static str,
    pub heading: String,
    pub lead: String,
    pub parts: Vec<PartModel>,
    /// Areas that were not opened.
    pub not_asked: String,
}

/// Whether a client needs special support.
pub struct SupportModel {
    pub name: String,
    pub line: String,
    pub words: String,
    pub href: String,
    pub button: String,
}

#[derive(Template)]
#[template(path = "assessment.html")]
struct ShowPage {
    page: Page,
    done: String,
    refused: String,
    form: Form,
    base: String,
    matter_href: String,
    matter: String,
    state: (String, &'static str),
    meta: String,
    clients: Vec<(String, String)>,
    risk: String,
    correcting: String,
    initiation: Vec<(String, String)>,
    own_words: String,
    reasons: String,
    stages: Vec<StageModel>,
    sections: Vec<SectionModel>,
    known: Vec<Fact>,
    support: Vec<SupportModel>,
    workers: Vec<(String, String)>,
    pairs: Vec<Group>,
    asked: String,
    edit: bool,
    finish: bool,
    invite: bool,
    correct: bool,
    /// The reader is the tutor for whom it waits.
    approve: bool,
    withdraw: bool,
    void: bool,
    print: bool,
    tutors: Vec<(String, String)>,
    waiting: String,
    sent_back: String,
    void_asked: String,
    whole: bool,
    versions: String,
}

/// Codes of `done` in addresses.
const DONE: &[&str] = &[
    "begun",
    "open",
    "saved",
    "invited",
    "sent",
    "withdrawn",
    "asked",
    "paired",
    "finished",
    "correct",
    "support",
    "return",
    "approval",
    "withdraw",
    "void",
];

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(doc): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let doc: DocumentId = id(&doc)?;
    let t = visit.t();
    let done = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, code)| DONE.iter().find(|known| *known == code))
        .map_or_else(String::new, |code| word(&t, "assessment-done", code));
    let said = Said {
        done,
        ..Said::default()
    };
    answer(&house, &visit, &user, doc, said, StatusCode::OK).await
}

/// What the page tells first: what happened, or why something did not, with the form that came.
#[derive(Debug, Default)]
pub struct Said {
    pub done: String,
    pub refused: String,
    pub form: Form,
}

/// The page with what happened, or why something did not.
///
/// # Errors
/// [`web::Failure::NotFound`] without a right.
pub async fn answer(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    said: Said,
    status: StatusCode,
) -> Answer {
    let opened = open(house, user, doc, String::new()).await?;
    let (t, view) = (visit.t(), &opened.view);
    let people = colleagues_of(house, user, view.document.matter).await?;
    let mut page = visit.page("assessment-title");
    page.path = path(doc);
    let whole = view.sees == Sees::Whole;
    let template = ShowPage {
        page,
        done: said.done,
        refused: said.refused,
        form: said.form,
        base: path(doc),
        matter_href: format!("/matters/{}", view.document.matter),
        matter: known::matter(&t, &view.initiation),
        state: state(&t, view),
        meta: meta(&t, view),
        clients: view
            .clients
            .iter()
            .map(|(client, name)| (format!("/clients/{client}"), name.clone()))
            .collect(),
        risk: if whole {
            risk(&t, view, house.today())
        } else {
            String::new()
        },
        correcting: view
            .document
            .correcting
            .clone()
            .filter(|_| whole)
            .unwrap_or_default(),
        initiation: known::initiation(&t, &view.initiation),
        own_words: view.initiation.own_words.clone().unwrap_or_default(),
        reasons: view.initiation.reasons.clone(),
        stages: if whole {
            stages(&t, view, house)
        } else {
            Vec::new()
        },
        sections: sections(&t, view, user, house),
        known: known::all(&t, view),
        support: support(&t, view),
        workers: workers(&t, view, house),
        pairs: if view.may.pair && view.document.is_open() {
            people.workers(&t)
        } else {
            Vec::new()
        },
        asked: view.asked.as_ref().map_or_else(String::new, |(_, name)| {
            t.with("assessment-asked", &[("name", glue::arg(name))])
        }),
        edit: view.may.edit,
        // Whoever asks a tutor does not finish herself (457/2024 21 §).
        finish: view.may.edit && view.tutors.is_empty() || view.may.approve,
        invite: view.may.invite,
        correct: view.may.correct,
        approve: view.may.approve,
        withdraw: view.may.withdraw,
        void: view.may.void && !view.is_void_asked(),
        print: view.may.print,
        tutors: view
            .tutors
            .iter()
            .map(|(staff, name)| (staff.to_string(), name.clone()))
            .collect(),
        waiting: waiting(&t, view),
        sent_back: view
            .document
            .sent_back
            .clone()
            .filter(|_| view.may.edit && view.document.state == DocState::Draft)
            .unwrap_or_default(),
        void_asked: view.void.as_ref().map_or_else(String::new, |wish| {
            voiding::sentence(&t, wish, "assessment-void-asked", house.now())
        }),
        whole,
        versions: match view.versions.len() {
            0 => String::new(),
            _ => format!("{}/versions", path(doc)),
        },
    };
    Ok(client_page_with_status(status, template, opened.logged))
}

fn state(t: &Texts, view: &View) -> (String, &'static str) {
    let (key, color) = match view.document.state {
        DocState::Finished => ("assessment-state-finished", "success"),
        DocState::Waiting => ("assessment-state-waiting", "warning"),
        DocState::Draft if view.document.version_no > 0 => {
            ("assessment-state-correcting", "warning")
        }
        _ => ("assessment-state-draft", "info"),
    };
    (t.get(key), color)
}

fn waiting(t: &Texts, view: &View) -> String {
    let document = &view.document;
    if document.state != DocState::Waiting {
        return String::new();
    }
    let who = document.asker.as_deref().unwrap_or(&document.author);
    let key = match (view.may.approve, view.may.edit) {
        (true, true) => "assessment-waits-for-you",
        (true, false) => "assessment-waits-for-answer",
        (false, _) => "assessment-waits",
    };
    t.with(key, &[("who", glue::arg(who))])
}

fn meta(t: &Texts, view: &View) -> String {
    t.with(
        "assessment-meta",
        &[
            ("number", glue::arg(&view.initiation.number)),
            ("day", t.full_day(day(view.document.made_at)).into()),
            ("name", glue::arg(&view.document.author)),
        ],
    )
}

/// The sentence of a home at risk; empty when there is none.
fn risk(t: &Texts, view: &View, today: kernel::time::Date) -> String {
    let stage = view.eviction();
    let housing = view.fields(Area::Housing.code());
    let on = housing.get("eviction_on");
    if !stage.is_current(view.document.is_open(), on.parse().ok(), today) {
        return String::new();
    }
    let on = words::written(on);
    let stage = words::eviction(t, stage);
    if on.is_empty() {
        t.with("assessment-risk", &[("stage", stage.into())])
    } else {
        t.with(
            "assessment-risk-on",
            &[("stage", stage.into()), ("day", on.into())],
        )
    }
}

fn part_model(t: &Texts, view: &View, house: &House, code: &str) -> PartModel {
    let written = view.part(code);
    let fields = view.fields(code);
    let told = parts::of(code).map_or_else(Vec::new, |spec| words::told(t, spec, &fields));
    PartModel {
        id: code.to_owned(),
        title: words::part_of(t, code, view),
        meta: written.filter(|_| !told.is_empty()).map_or_else(
            || t.get("assessment-not-written"),
            |part| {
                t.with(
                    "assessment-written-by",
                    &[
                        ("name", glue::arg(&part.changed_by)),
                        ("when", t.when(part.changed_at, house.now()).into()),
                    ],
                )
            },
        ),
        href: if view.may.edit {
            format!("{}/parts/{code}", path(view.document.id))
        } else {
            String::new()
        },
        button: t.get(if told.is_empty() {
            "assessment-write"
        } else {
            "assessment-go-on"
        }),
        told,
    }
}

fn stages(t: &Texts, view: &View, house: &House) -> Vec<StageModel> {
    let open = Area::opened(&view.fields(parts::AREAS));
    let closed: Vec<String> = Area::ALL
        .iter()
        .filter(|area| !open.contains(area))
        .map(|area| words::area(t, *area))
        .collect();
    let model = |stage: Stage, codes: &[&String]| StageModel {
        id: stage.code(),
        heading: word(t, "assessment-stage", stage.code()),
        lead: word(t, "assessment-stage-lead", stage.code()),
        parts: codes
            .iter()
            .filter(|code| stage != Stage::Picture || code.as_str() != parts::AREAS)
            .map(|code| part_model(t, view, house, code))
            // What nobody wrote is no part of a finished assessment.
            .filter(|part| view.document.is_open() || !part.told.is_empty())
            .collect(),
        not_asked: if stage == Stage::Picture {
            closed.join(", ")
        } else {
            String::new()
        },
    };
    let all = order(view);
    let start: Vec<_> = all.iter().filter(|code| *code == parts::HOW).collect();
    let ends = |code: &String| parts::split(code).0 == parts::END;
    let end: Vec<_> = all.iter().filter(|code| ends(code)).collect();
    let picture: Vec<_> = all
        .iter()
        .filter(|code| *code != parts::HOW && !ends(code))
        .collect();
    vec![
        model(Stage::Start, &start),
        model(Stage::Picture, &picture),
        model(Stage::Conclusions, &end),
    ]
}

fn support(t: &Texts, view: &View) -> Vec<SupportModel> {
    if view.sees == Sees::Section {
        return Vec::new();
    }
    view.clients
        .iter()
        .map(|(client, name)| support_of(t, view, *client, name))
        .collect()
}

fn support_of(t: &Texts, view: &View, client: ClientId, name: &str) -> SupportModel {
    let current = view.support.get(&client);
    let may = view.judges.contains(&client);
    SupportModel {
        name: name.to_owned(),
        line: current.map_or_else(
            || t.get("assessment-support-none"),
            |one| {
                let grounds: Vec<_> = one
                    .judgement
                    .grounds
                    .iter()
                    .map(|ground| word(t, "support-ground", ground.code()))
                    .collect();
                capital(&grounds.join(", "))
            },
        ),
        words: current.map_or_else(String::new, |one| {
            t.with(
                "assessment-support-meta",
                &[
                    ("name", glue::arg(&one.assessor)),
                    ("day", t.full_day(one.judgement.assessed_on).into()),
                    ("review", t.full_day(one.judgement.review_on).into()),
                ],
            )
        }),
        href: if may {
            format!(
                "/matters/{}/special-support?client={client}&from={}",
                view.document.matter, view.document.id
            )
        } else {
            String::new()
        },
        button: t.get(if current.is_some() {
            "assessment-support-open"
        } else {
            "assessment-support-judge"
        }),
    }
}

fn workers(t: &Texts, view: &View, house: &House) -> Vec<(String, String)> {
    view.workers
        .iter()
        .map(|one| {
            let title = word(t, "title", &one.title);
            let since = t.when(one.since, house.now());
            (one.name.clone(), format!("{}, {since}", capital(&title)))
        })
        .collect()
}

/// Back to the page, with what was done or why it was not.
///
/// # Errors
/// [`web::Failure::NotFound`] without a right.
pub async fn after(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    doc: DocumentId,
    done: Result<(), Refusal>,
    what: &str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(&format!("{}?done={what}", path(doc)))),
        Err(refusal) => {
            let said = Said {
                refused: glue::sentence(&visit.t(), &refusal),
                ..Said::default()
            };
            answer(house, visit, user, doc, said, StatusCode::CONFLICT).await
        }
    }
}
