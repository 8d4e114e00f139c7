//! The search for a person: anybody by a whole code or by name and birth date, one's own clients by less.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::language::Language;
use kernel::time::day;
use store::Logged;
use text::search::Analysers;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page_with_status, go_to, page, page_with_status};

use crate::domain::{ClientError, ClientId, Reader};
use crate::pages::asked::{self, Asked};
use crate::pages::common::desk;
use crate::pages::head;
use crate::pages::labels::{SEARCH_REASONS, choices};
use crate::pages::list::{self, Row};
use crate::store::door;
use crate::store::limits::{Pause, Why};
use crate::store::own::{self, Filter};
use crate::store::search::{self, AskUnit, Terms};
use crate::timeline::page::{self as timeline_page, FoundView};
use crate::timeline::{self, Words};

/// What a search was answered.
#[derive(Default)]
struct Found {
    heading: String,
    asked: String,
    rows: Vec<Row>,
    note: String,
    words: String,
    unit: String,
    phone: String,
    contact: bool,
    create: bool,
    /// What was typed, for the form of a new client: names do not stand in addresses.
    carried: Vec<(String, String)>,
    exceptional: String,
}

#[derive(Template)]
#[template(path = "client-search.html")]
struct SearchPage {
    page: Page,
    form: Form,
    reasons: Vec<Choice>,
    pause: Option<String>,
    result: Option<Found>,
    /// What the words of the top bar met in what the searcher may open.
    found: Option<FoundView>,
}

fn search_page(visit: &Visit, form: Form) -> SearchPage {
    let t = visit.t();
    let mut page = visit.page("search-title");
    page.path = "/clients/search".to_owned();
    SearchPage {
        page,
        form,
        reasons: choices(&t, "search-reason", &SEARCH_REASONS),
        pause: None,
        result: None,
        found: None,
    }
}

pub(super) async fn show(visit: Visit) -> Answer {
    Ok(page(search_page(&visit, Form::new())))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let Some(asked) = asked::read(&mut form, house.today()) else {
        let template = search_page(&visit, form);
        return Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, template));
    };
    let (terms, reason) = match asked {
        Asked::Own { name, birth, phone } => {
            return own_clients(&house, &visit, &user, form, (name, birth, phone)).await;
        }
        Asked::Code(code) => (Terms::Code(code), ""),
        Asked::Temporary(one) => (Terms::Temporary(one), ""),
        Asked::Name {
            family,
            given,
            birth,
            reason,
        } => (
            Terms::Name {
                family,
                given,
                birth,
            },
            reason,
        ),
    };
    let desk = desk(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .write(move |tx| {
            let answer = search::search(tx, &desk, &reader, &terms, reason)?;
            let door = match &answer {
                search::Answer::Exists(_) => door::after_search(tx, &reader, desk.now())?,
                _ => None,
            };
            Ok::<_, ClientError>((answer, door))
        })
        .await?;
    let t = visit.t();
    let (answer, door) = receipt.value;
    let answer = match answer {
        search::Answer::Opened(client) => return Ok(go_to(&head::path(client))),
        search::Answer::Paused(pause) => {
            let template = SearchPage {
                pause: Some(pause_words(&house, &t, pause)?),
                ..search_page(&visit, form)
            };
            return Ok(page_with_status(StatusCode::TOO_MANY_REQUESTS, template));
        }
        answer => answer,
    };
    let may = May::of(&house, &user);
    let found = outside(&t, &form, answer, door, &may);
    let template = SearchPage {
        result: Some(found),
        ..search_page(&visit, form)
    };
    // What is said is said to nobody without a trace: the search itself is the log entry.
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a search was not logged"))?;
    Ok(client_page_with_status(StatusCode::OK, template, logged))
}

struct May {
    contact: bool,
    create: bool,
}

impl May {
    fn of(house: &House, user: &CurrentUser) -> Self {
        let table = access::rights::RightsTable::built_in();
        let may = |class, action| table.may_ever(&user.subject, class, action, day(house.now()));
        Self {
            contact: may("contact", "create"),
            create: may("client_basics", "create"),
        }
    }
}

/// The answer about somebody whom the searcher may not open: known here, or nothing. Nothing is the same for unknown,
/// hidden and barred.
fn outside(
    t: &Texts,
    form: &Form,
    answer: search::Answer,
    door: Option<ClientId>,
    may: &May,
) -> Found {
    let asked = t.with("search-for", &[("what", what(t, form).into())]);
    match answer {
        search::Answer::Exists(unit) => Found {
            heading: t.get("search-exists-title"),
            asked,
            words: t.get("search-exists"),
            unit: unit.as_ref().map_or_else(String::new, |unit| {
                let name = unit_name(t.language(), unit).to_owned();
                t.with("search-exists-unit", &[("unit", name.into())])
            }),
            phone: unit.and_then(|unit| unit.phone).unwrap_or_default(),
            contact: may.contact,
            exceptional: door.map_or_else(String::new, |client| {
                format!("{}/exceptional", head::path(client))
            }),
            ..Found::default()
        },
        _ => Found {
            heading: t.get("search-none-title"),
            asked,
            words: t.get("search-none"),
            contact: may.contact,
            create: may.create,
            carried: carried(form),
            ..Found::default()
        },
    }
}

/// The unit's name in a language.
pub fn unit_name(language: Language, unit: &AskUnit) -> &str {
    match language {
        Language::Fi | Language::Easy => &unit.name_fi,
        Language::Sv => &unit.name_sv,
        Language::En => &unit.name_en,
    }
}

fn carried(form: &Form) -> Vec<(String, String)> {
    ["code", "family", "given", "birth"]
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), form.text(name)?.to_owned())))
        .collect()
}

/// What was searched for, in words: never the code itself.
fn what(t: &Texts, form: &Form) -> String {
    match form.value("by") {
        "name" => t.with(
            "search-what-name",
            &[
                (
                    "name",
                    format!(
                        "{} {}",
                        form.value("given").trim(),
                        form.value("family").trim()
                    )
                    .into(),
                ),
                ("day", form.value("birth").trim().to_owned().into()),
            ],
        ),
        "own" => {
            let parts: Vec<&str> = ["own_name", "own_birth", "own_phone"]
                .iter()
                .filter_map(|name| form.text(name))
                .collect();
            t.with("search-what-own", &[("what", parts.join(", ").into())])
        }
        _ => t.get("search-what-code"),
    }
}

fn pause_words(house: &House, t: &Texts, pause: Pause) -> Result<String, Failure> {
    let desk = desk(house)?;
    let when = t.when(pause.until, house.now());
    if pause.why == Why::Vain {
        return Ok(t.with("search-pause", &[("when", when.into())]));
    }
    let hour = match pause.why {
        Why::NamesInHour => desk.settings.name_searches_an_hour,
        Why::Hour | Why::Day | Why::Vain => desk.settings.searches_an_hour,
    };
    Ok(t.with(
        "search-limit",
        &[
            ("hour", hour.into()),
            ("day", desk.settings.searches_a_day.into()),
            ("when", when.into()),
        ],
    ))
}

async fn own_clients(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    (name, birth, phone): (String, Option<kernel::time::Date>, String),
) -> Answer {
    let (reader, now) = (Reader::from(user), house.now());
    // What is typed into the top bar may be a name or a word of a note: both are looked for.
    let typed = form.text("q").unwrap_or_default().to_owned();
    let words = house
        .extra::<Analysers>()
        .and_then(|analysers| Words::new(&analysers, &typed))
        .filter(|_| !name.is_empty());
    let terms = desk(house)?.terms(&typed);
    let receipt = house
        .store
        .show(move |tx| {
            let filter = Filter {
                name,
                birth,
                phone,
                after: None,
                uncounted: false,
            };
            let found = own::list(tx, &reader, &filter, now)?;
            let met = words
                .map(|words| timeline::find(tx, &reader, &words, &terms, now))
                .transpose();
            match met {
                Ok(met) => Ok((found, met)),
                Err(ClientError::NotFound) => Ok((found, None)),
                Err(error) => Err(error),
            }
        })
        .await?;
    let t = visit.t();
    let (found, met) = receipt.value;
    let nobody = found.rows.is_empty() && met.as_ref().is_none_or(|met| met.clients.is_empty());
    let rows: Vec<Row> = found
        .rows
        .iter()
        .map(|one| list::row(&t, one, now))
        .collect();
    let asked = t.with("search-for", &[("what", what(&t, &form).into())]);
    let result = if rows.is_empty() {
        Found {
            heading: t.get("search-none-title"),
            asked,
            words: t.get("search-none-own"),
            ..Found::default()
        }
    } else {
        Found {
            heading: t.with("search-found", &[("count", found.count.into())]),
            asked,
            note: if found.more {
                t.with("search-many", &[("count", rows.len().into())])
            } else {
                String::new()
            },
            rows,
            ..Found::default()
        }
    };
    let template = SearchPage {
        result: Some(result),
        found: met.map(|met| timeline_page::found_view(&t, &met, &typed, now)),
        ..search_page(visit, form)
    };
    answer(template, receipt.logged, nobody)
}

/// A result of nobody shows nobody's data, so there may be no log entry behind it.
fn answer(template: SearchPage, logged: Option<Logged>, nobody: bool) -> Answer {
    match logged {
        Some(logged) => Ok(client_page_with_status(StatusCode::OK, template, logged)),
        None if nobody => Ok(page(template)),
        None => Err(Failure::internal("a search was not logged")),
    }
}
