//! The client's copy on paper: three next steps, who, when, the goals in her words, and how to disagree. In the client's
//! language by default; nothing of the other clients' own parts and no contact details of anybody.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use casework::person_panels::one_number;
use clients::panels::Answerer;
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::session::CurrentUser;
use kernel::language::Language;
use kernel::time::{Date, day};
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page,
    client_page_with_status, go_to,
};

use crate::domain::parts;
use crate::domain::{ActionState, GoalState, Owner, PlanError};
use crate::glue::{casework, log_refusal};
use crate::pages::common::{id, open, path, who, word};
use crate::pages::written;
use crate::store::goals::Goal;
use crate::store::read::{self, Copy, View};

/// What a copy is for, as the log entry tells it.
const PURPOSES: [&str; 3] = ["client", "meeting", "other"];
/// So many next steps: what one can hold in mind.
const STEPS: usize = 3;

#[derive(Template)]
#[template(path = "plan-copy-ask.html")]
struct AskPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    languages: Vec<(String, String, bool)>,
    people: Vec<Choice>,
    purposes: Vec<Choice>,
}

/// A step in the client's words: what, who, by when.
struct Step {
    what: String,
    who: String,
    when: String,
}

/// A goal with what was agreed.
struct GoalCopy {
    words: String,
    kind: String,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "plan-copy.html")]
struct CopyPage {
    page: Page,
    /// Texts in the language of the copy.
    t: Texts,
    back: String,
    tag: &'static str,
    draft: bool,
    name: String,
    made: String,
    steps: Vec<Step>,
    goals: Vec<GoalCopy>,
    ways: Vec<(String, String)>,
    review: String,
    /// One name and one number, as everywhere.
    helper: String,
    phone: String,
}

/// `GET /plans/{id}/copy`: leads to the copy in the language of the client.
pub(super) async fn choose(
    State(house): State<House>,
    user: CurrentUser,
    Path(plan): Path<String>,
) -> Answer {
    let plan: DocumentId = id(&plan)?;
    let (view, ..) = open(&house, &user, plan, String::new()).await?;
    if !view.may.print {
        return Ok(go_to(&path(plan)));
    }
    let language = view.people.first().map_or(Language::Fi, |one| one.language);
    Ok(go_to(&format!("{}/copy/{}", path(plan), language.code())))
}

fn language(code: &str) -> Result<Language, Failure> {
    Language::from_code(code).ok_or(Failure::NotFound)
}

/// `GET /plans/{id}/copy/{language}`: asks what the copy is for, as of every print.
pub(super) async fn ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((plan, code)): Path<(String, String)>,
) -> Answer {
    let (plan, language): (DocumentId, Language) = (id(&plan)?, language(&code)?);
    let mut form = Form::new();
    form.set("purpose", "client");
    ask_page(
        &house,
        &visit,
        &user,
        (plan, language),
        form,
        StatusCode::OK,
    )
    .await
}

async fn ask_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    (plan, language): (DocumentId, Language),
    form: Form,
    status: StatusCode,
) -> Answer {
    let (view, _, logged) = open(house, user, plan, String::new()).await?;
    if !view.may.print || view.opened.document.version_no == 0 {
        return Ok(go_to(&path(plan)));
    }
    let t = visit.t();
    let at = format!("{}/copy", path(plan));
    let mut page = visit.page("plan-copy-title");
    page.path = format!("{at}/{}", language.code());
    let template = AskPage {
        action: page.path.clone(),
        page,
        form,
        back: path(plan),
        languages: Language::ALL
            .iter()
            .map(|one| {
                (
                    format!("{at}/{}", one.code()),
                    word(&t, "plan-language", one.code()),
                    *one == language,
                )
            })
            .collect(),
        people: people(&view),
        purposes: PURPOSES
            .iter()
            .map(|code| Choice::new(*code, word(&t, "plan-copy-purpose", code)))
            .collect(),
    };
    Ok(client_page_with_status(status, template, logged))
}

fn people(view: &View) -> Vec<Choice> {
    view.people
        .iter()
        .map(|one| Choice::new(one.id.to_string(), one.name.clone()))
        .collect()
}

/// `POST /plans/{id}/copy/{language}`: the copy, for paper.
pub(super) async fn print(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path((plan, code)): Path<(String, String)>,
    posted: Posted,
) -> Answer {
    let (plan, language): (DocumentId, Language) = (id(&plan)?, language(&code)?);
    let mut form = posted.form();
    let client: Option<ClientId> = form.value("client").parse().ok();
    if client.is_none() {
        form.error("client", "plan-whose-missing");
    }
    let purpose = PURPOSES
        .into_iter()
        .find(|one| *one == form.value("purpose"));
    if purpose.is_none() {
        form.error("purpose", "plan-copy-purpose-missing");
    }
    let words = form.optional("words", 300).unwrap_or_default();
    if purpose == Some("other") && words.is_empty() {
        form.error("words", "plan-copy-words-missing");
    }
    let (Some(client), Some(purpose), true) = (client, purpose, form.is_valid()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return ask_page(&house, &visit, &user, (plan, language), form, status).await;
    };
    let why = format!("{purpose}: {words}");
    let (t, now) = (house.texts(language), house.now());
    let (casework, reader) = (casework(&house)?, Reader::from(&user));
    let asked = reader.clone();
    let read = house
        .store
        .show(move |tx| {
            let copy = read::print(tx, &casework, &asked, plan, client, &why)?;
            let helper = one_number(tx, &t, client, now)?;
            Ok::<_, PlanError>((copy, helper))
        })
        .await;
    let receipt = match read {
        Err(PlanError::NotFound) => {
            log_refusal(&house, &reader, plan).await?;
            return Err(Failure::NotFound);
        }
        read => read?,
    };
    let logged: Logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let (copy, helper) = receipt.value;
    let page = copy_page(&house, &visit, (plan, language), &copy, helper);
    Ok(client_page(page, logged))
}

fn copy_page(
    house: &House,
    visit: &Visit,
    (plan, language): (DocumentId, Language),
    copy: &Copy,
    helper: Option<Answerer>,
) -> CopyPage {
    let t = house.texts(language);
    let view = &copy.view;
    let mut page = visit.page("plan-copy-title");
    page.path = path(plan);
    let row = &view.opened.plan;
    CopyPage {
        page,
        back: path(plan),
        tag: language.tag(),
        draft: language == Language::Easy,
        name: copy.person.name.clone(),
        made: view
            .opened
            .document
            .finished_at
            .map_or_else(String::new, |at| {
                t.with("public-plan-made", &[("day", whole(&t, day(at)).into())])
            }),
        steps: steps(&t, copy),
        goals: goals(&t, copy),
        ways: ways(&t, view),
        review: row.review_on.map_or_else(String::new, |on| {
            t.with("public-plan-review", &[("day", whole(&t, on).into())])
        }),
        phone: helper
            .as_ref()
            .map_or_else(String::new, |one| one.phone.clone()),
        helper: helper.map_or_else(String::new, |one| format!("{}, {}", one.name, one.what)),
        t,
    }
}

/// A day with its year: paper is read later, too.
fn whole(t: &Texts, on: Date) -> String {
    format!("{} {}", t.long_day(on), on.year())
}

/// Goals that were agreed and are open.
fn agreed(copy: &Copy) -> impl Iterator<Item = &Goal> {
    copy.view
        .goals
        .iter()
        .filter(|goal| goal.state == GoalState::Open && goal.since_version.is_some())
}

fn steps(t: &Texts, copy: &Copy) -> Vec<Step> {
    let mut actions: Vec<_> = agreed(copy)
        .flat_map(|goal| &goal.actions)
        .filter(|one| one.state == ActionState::Open && one.since_version.is_some())
        .collect();
    actions.sort_by_key(|one| one.due);
    actions
        .into_iter()
        .take(STEPS)
        .map(|one| Step {
            what: one.what.clone(),
            who: match &one.owner {
                Owner::Client(client) if *client == copy.person.id => t.get("public-plan-you"),
                _ => who(t, &one.who),
            },
            when: whole(t, one.due),
        })
        .collect()
}

fn goals(t: &Texts, copy: &Copy) -> Vec<GoalCopy> {
    agreed(copy)
        .map(|goal| GoalCopy {
            words: goal.words.clone(),
            kind: word(t, "public-plan-kind", goal.kind.code()),
            steps: goal
                .steps
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect(),
        })
        .collect()
}

/// How one works together: what is written of it, under headings of the copy's language.
fn ways(t: &Texts, view: &View) -> Vec<(String, String)> {
    let (Some(part), Some(kind)) = (view.part("together"), parts::part("together")) else {
        return Vec::new();
    };
    ["rhythm", "pace", "fallback", "end"]
        .into_iter()
        .filter(|name| !part.fields.get(name).is_empty())
        .map(|name| {
            let text = written::value(t, kind, name, part.fields.all(name));
            (word(t, "public-plan-way", name), text)
        })
        .collect()
}
