//! A person becomes a client: after a search, with likely duplicates explained before anything is saved.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use identity::people;
use identity::session::CurrentUser;
use store::Logged;
use web::{Answer, Form, House, Page, Posted, Texts, Visit, drafts};
use web::{client_page_with_status, page_with_status};

use crate::domain::{ClientError, Reader};
use crate::pages::common::{desk, done, told_taken};
use crate::pages::head;
use crate::pages::labels::word;
use crate::pages::person::{self, Fields, Person};
use crate::pages::search::unit_name;
use crate::store::create::{self, Maker, NewClient};
use crate::store::search::{self, Candidate, Similar, Who};

/// The draft's key: one unfinished client at a time.
const DRAFT: &str = "client-new";

/// Somebody who may be the same person, as much as the reader may know.
pub struct Alike {
    /// Empty for somebody whom the reader may not open.
    pub href: String,
    pub words: String,
}

#[derive(Template)]
#[template(path = "client-new.html")]
struct NewPage {
    page: Page,
    form: Form,
    draft: &'static str,
    restored: String,
    fields: Fields,
    similar: Vec<Alike>,
}

fn new_page(
    house: &House,
    visit: &Visit,
    mut form: Form,
    similar: Vec<Alike>,
    restored: String,
) -> NewPage {
    person::begin(&mut form);
    let t = visit.t();
    NewPage {
        page: visit.page("client-new-title"),
        form,
        draft: DRAFT,
        restored,
        fields: Fields::new(&t, &house.county.code),
        similar,
    }
}

pub(super) async fn show(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let owner = user.staff.id.bytes();
    let draft = house
        .store
        .read(move |tx| drafts::load(tx, owner, DRAFT))
        .await?;
    let mut form = Form::new();
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let template = new_page(&house, &visit, form, Vec::new(), restored);
    Ok(page_with_status(StatusCode::OK, template))
}

/// What became of a form that read well.
enum Outcome {
    Made(crate::domain::ClientId),
    /// Nothing was saved: these may be the same person.
    Similar(Vec<Similar>),
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    if posted.value("act") == "begin" {
        // What was searched for stands in the form already.
        let has_code = if form.text("code").is_some() {
            "yes"
        } else {
            "no"
        };
        form.set("has_code", has_code);
        let template = new_page(&house, &visit, form, Vec::new(), String::new());
        return Ok(page_with_status(StatusCode::OK, template));
    }
    let Some(person) = person::read(&mut form, house.today()) else {
        let template = new_page(&house, &visit, form, Vec::new(), String::new());
        return Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, template));
    };
    let sure = form.has("not_same", "yes");
    let code = person.code;
    match save(&house, &user, person, sure).await {
        Ok((Outcome::Made(client), _)) => Ok(done(&head::path(client), "created")),
        Ok((Outcome::Similar(similar), logged)) => {
            let t = visit.t();
            form.error("not_same", "client-new-not-same-missing");
            let alike = similar.iter().map(|one| alike(&t, one)).collect();
            let template = new_page(&house, &visit, form, alike, String::new());
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(client_page_with_status(status, template, logged))
        }
        Err(ClientError::CodeTaken) => {
            told_taken(&house, &user, code).await?;
            form.error("code", "client-code-taken");
            let template = new_page(&house, &visit, form, Vec::new(), String::new());
            Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, template))
        }
        Err(error) => Err(error.into()),
    }
}

/// One similar person in words.
pub fn alike(t: &Texts, one: &Similar) -> Alike {
    let why = word(t, "client-similar", one.why);
    match &one.who {
        Who::Opened { id, name, birth } => Alike {
            href: head::path(*id),
            words: t.with(
                "client-new-similar-opened",
                &[
                    ("name", name.as_str().into()),
                    (
                        "day",
                        birth
                            .map_or_else(|| t.get("client-not-known"), |day| t.full_day(day))
                            .into(),
                    ),
                    ("why", why.into()),
                ],
            ),
        },
        Who::Exists(unit) => Alike {
            href: String::new(),
            words: match unit {
                Some(unit) => t.with(
                    "client-new-similar-exists",
                    &[
                        ("why", why.into()),
                        ("unit", unit_name(t.language(), unit).to_owned().into()),
                    ],
                ),
                None => t.with("client-new-similar-exists-plain", &[("why", why.into())]),
            },
        },
    }
}

/// Compares and saves in one transaction. Somebody who is alike stops the saving unless `sure`; the same code always
/// does, told at its field.
async fn save(
    house: &House,
    user: &CurrentUser,
    person: Person,
    sure: bool,
) -> Result<(Outcome, Logged), ClientError> {
    let desk = desk(house).map_err(|_| ClientError::Unreadable)?;
    let reader = Reader::from(user);
    let home = user.unit.id;
    let receipt = house
        .store
        .write(move |tx| {
            let phone = detail(&person, "phone");
            let candidate = Candidate {
                code: person.code.as_ref(),
                family: &person.family,
                given: &person.given,
                birth: Some(person.birth),
                phone,
            };
            if !sure {
                let similar = search::similar(tx, &desk, &reader, &candidate)?;
                if !similar.is_empty() {
                    return Ok(Outcome::Similar(similar));
                }
            }
            // The unit of the home municipality answers; without one, that of whoever wrote the person down.
            let unit = match detail(&person, "home_municipality") {
                Some(code) if code != "other" => people::receiving_unit(tx, Some(code))?,
                _ => home,
            };
            let new = NewClient {
                code: person.code,
                birth: Some(person.birth),
                family: person.family,
                given: person.given,
                called: person.called,
                sex: None,
                source: person.source.to_owned(),
                unit: Some(unit),
                details: person.details,
                protect: person.protect,
            };
            let client = create::create(tx, &desk, &reader, &new, Maker::Recorder)?;
            drafts::delete(tx, reader.staff.bytes(), DRAFT)?;
            Ok::<_, ClientError>(Outcome::Made(client))
        })
        .await?;
    let logged = receipt.logged.ok_or(ClientError::Unreadable)?;
    Ok((receipt.value, logged))
}

fn detail<'p>(person: &'p Person, kind: &str) -> Option<&'p str> {
    person
        .details
        .iter()
        .find(|(own, _)| *own == kind)
        .map(|(_, value)| value.as_str())
}
