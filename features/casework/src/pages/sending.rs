//! A matter goes to another county: the worker picks what is sent, to whom and on what ground.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use clients::Reader;
use identity::session::CurrentUser;
use kernel::time::{day, from_millis};
use store::Logged;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, client_page,
    client_page_with_status, drafts, go_to, page_with_status,
};

use crate::domain::transfer::{NewTransfer, Package, Part, Soon};
use crate::domain::{Ground, MatterId, NameCode};
use crate::glue::casework;
use crate::pages::act_form::{draft_key, open};
use crate::pages::acts::run;
use crate::pages::labels::{self, capital, matter_name, word};
use crate::pages::may::May;
use crate::pages::model::{self, Fact, Head};
use crate::pages::{id, refusal};
use crate::store::view::Shown;
use crate::store::{outbox, sending};

/// Longest text.
const LONG: usize = 4_000;
/// Codes of the counties: the self-governing ones, Helsinki and Åland.
const COUNTIES: [&str; 23] = [
    "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "90", "91",
];

#[derive(Template)]
#[template(path = "matter-transfer.html")]
struct TransferPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    head: Option<Head>,
    draft: String,
    restored: String,
    counties: Vec<Choice>,
    urgencies: Vec<Choice>,
    grounds: Vec<Choice>,
    parts: Vec<Choice>,
    late: bool,
}

#[derive(Template)]
#[template(path = "matter-package.html")]
struct PackagePage {
    page: Page,
    back: String,
    heading: String,
    cover: String,
    facts: Vec<Fact>,
    clients: Vec<Vec<Fact>>,
    reasons: String,
    own_words: String,
    entry: Vec<Fact>,
    outside: Vec<Fact>,
    clocks: Vec<Fact>,
}

#[derive(Template)]
#[template(path = "matter-print.html")]
struct AskPage {
    page: Page,
    form: Form,
    action: String,
    back: String,
    head: Option<Head>,
    reasons: Vec<Choice>,
}

/// Why a package is printed.
const REASONS: [&str; 3] = ["send", "client", "other"];

fn counties(house: &House, t: &Texts) -> Vec<Choice> {
    COUNTIES
        .into_iter()
        .filter(|code| *code != house.county.code)
        .map(|code| Choice::new(code, labels::county(t, code)))
        .collect()
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let (shown, draft, logged) = open(&house, &user, matter, draft_key(matter, "transfer")).await?;
    if !May::of(&shown.view, &Reader::from(&user)).transfer {
        return Ok(go_to(&model::path(matter)));
    }
    let mut form = Form::new();
    for part in [Part::Basics, Part::Initiation, Part::Clocks] {
        form.add("parts", part.code());
    }
    let mut restored = String::new();
    if let Some(draft) = draft {
        draft.fill(&mut form);
        restored = visit.t().when(draft.saved_at, house.now());
    }
    let page = page_of(&house, &visit, matter, form, Some(&shown), restored);
    Ok(client_page_with_status(StatusCode::OK, page, logged))
}

fn page_of(
    house: &House,
    visit: &Visit,
    matter: MatterId,
    form: Form,
    shown: Option<&Shown>,
    restored: String,
) -> TransferPage {
    let t = visit.t();
    TransferPage {
        page: visit.page("matter-transfer-title"),
        form,
        action: format!("/matters/{matter}/transfer"),
        back: model::path(matter),
        head: shown.map(|shown| Head::of(&t, &shown.view)),
        draft: draft_key(matter, "transfer"),
        restored,
        counties: counties(house, &t),
        urgencies: labels::soons(&t),
        grounds: labels::transfer_grounds(&t),
        parts: labels::parts(&t),
        late: shown.is_some_and(|shown| model::is_late(&shown.view, house.now(), |_| true)),
    }
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let mut form = posted.form();
    let new = read(&house, &mut form);
    let late = form.optional("late_reason", LONG);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some(new) = new.filter(|_| form.is_valid()) {
        let key = draft_key(matter, "transfer");
        let county = house.county.code.clone();
        let sent = run(&house, &user, move |tx, casework, reader| {
            sending::transfer(tx, casework, reader, matter, &county, &new, late.as_deref())?;
            drafts::delete(tx, reader.staff.bytes(), &key)?;
            Ok(())
        })
        .await?;
        match sent {
            Ok(()) => return Ok(go_to(&format!("/matters/{matter}?done=transfer"))),
            Err(error) => {
                let why = refusal::of(&house, &visit.t(), matter, error).await?;
                form.error_with(why.field, why.key, why.args);
                status = StatusCode::CONFLICT;
            }
        }
    }
    match open(&house, &user, matter, String::new()).await {
        Ok((shown, _, logged)) => {
            let page = page_of(&house, &visit, matter, form, Some(&shown), String::new());
            Ok(client_page_with_status(status, page, logged))
        }
        Err(Failure::NotFound) => {
            let page = page_of(&house, &visit, matter, form, None, String::new());
            Ok(page_with_status(status, page))
        }
        Err(failure) => Err(failure),
    }
}

fn read(house: &House, form: &mut Form) -> Option<NewTransfer> {
    let county = form.value("county").to_owned();
    let known = COUNTIES.contains(&county.as_str()) && county != house.county.code;
    if !known {
        form.error("county", "matter-transfer-county-missing");
    }
    let receiver = form.require("receiver", "matter-transfer-receiver-missing", 200);
    let urgency = Soon::from_code(form.value("urgency"));
    if urgency.is_none() {
        form.error("urgency", "matter-transfer-urgency-missing");
    }
    let ground = Ground::among(Ground::TRANSFER, form.value("ground"));
    if ground.is_none() {
        form.error("ground", "matter-transfer-ground-missing");
    }
    let ground_words = form.require("ground_words", "matter-reason-missing", LONG);
    let parts: Vec<Part> = form
        .values("parts")
        .iter()
        .filter_map(|code| Part::from_code(code))
        .collect();
    if parts.is_empty() {
        form.error("parts", "matter-transfer-parts-missing");
    }
    let cover = form.optional("cover", LONG).unwrap_or_default();
    let client_told = form.has("told", "yes");
    if !client_told {
        form.error("told", "matter-transfer-told-missing");
    }
    Some(NewTransfer {
        county,
        receiver,
        urgency: urgency?,
        ground: ground?,
        ground_words,
        parts,
        cover,
        client_told,
    })
}

/// `GET /matters/{id}/transfer/print`: asks what the print is for, as of every print.
pub(super) async fn ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    ask_page(&house, &visit, &user, matter, None).await
}

async fn ask_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    matter: MatterId,
    typed: Option<Form>,
) -> Answer {
    let (shown, _, logged) = open(house, user, matter, String::new()).await?;
    if !May::of(&shown.view, &Reader::from(user)).print {
        return Err(Failure::NotFound);
    }
    let t = visit.t();
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let page = AskPage {
        page: visit.page("package-why-title"),
        form: typed.unwrap_or_default(),
        action: format!("/matters/{matter}/transfer/print"),
        back: model::path(matter),
        head: Some(Head::of(&t, &shown.view)),
        reasons: REASONS
            .iter()
            .map(|code| Choice::new(*code, capital(&word(&t, "package-reason", code))))
            .collect(),
    };
    Ok(client_page_with_status(status, page, logged))
}

/// What the print is for, as the log entry tells it.
fn read_reason(form: &mut Form) -> Option<String> {
    let reason = REASONS.into_iter().find(|code| *code == form.value("why"));
    if reason.is_none() {
        form.error("why", "package-why-missing");
    }
    let words = form.optional("words", 300).unwrap_or_default();
    if reason == Some("other") && words.is_empty() {
        form.error("words", "package-why-words-missing");
    }
    reason.map(|code| format!("{code}: {words}"))
}

/// `POST /matters/{id}/transfer/print`: the package, for paper.
pub(super) async fn print(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(matter): Path<String>,
    posted: Posted,
) -> Answer {
    let matter: MatterId = id(&matter)?;
    let mut form = posted.form();
    let Some(reason) = read_reason(&mut form).filter(|_| form.is_valid()) else {
        return ask_page(&house, &visit, &user, matter, Some(form)).await;
    };
    let casework = casework(&house)?;
    let reader = Reader::from(&user);
    let receipt = house
        .store
        .write(move |tx| outbox::print(tx, &casework, &reader, matter, &reason))
        .await?;
    let logged: Logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("a reading was not logged"))?;
    let page = package_page(&visit, matter, &receipt.value);
    Ok(client_page(page, logged))
}

/// The package as it is read on paper.
fn package_page(visit: &Visit, matter: MatterId, package: &Package) -> PackagePage {
    let t = visit.t();
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    let county = |code: &str| labels::county(&t, code);
    let code = NameCode::from_code(&package.matter.name_code).unwrap_or(NameCode::Other);
    let title = matter_name(&t, code, package.matter.name_text.as_deref());
    let facts = vec![
        fact("package-from", county(&package.from_county)),
        fact(
            "package-to",
            format!("{}, {}", county(&package.to_county), package.receiver),
        ),
        fact(
            "package-ground",
            format!(
                "{}. {}",
                capital(&labels::ground(&t, &package.ground)),
                package.ground_words
            ),
        ),
        fact("package-matter", title),
        fact("package-number", package.matter.number.clone()),
        fact(
            "matter-service-task",
            capital(&word(&t, "service-task", &package.matter.service_task)),
        ),
        fact(
            "matter-entry-when",
            t.full_day(day(from_millis(package.matter.pending_at))),
        ),
        fact(
            "package-urgency",
            package.urgency.as_ref().map_or_else(
                || t.get("package-no-urgency"),
                |code| capital(&word(&t, "soon", code)),
            ),
        ),
        fact(
            "package-made",
            format!("{}, {}", package.made_by, t.full_day(day(package.made()))),
        ),
    ];
    let entry = package.initiation.as_ref();
    PackagePage {
        page: visit.page("package-title"),
        back: model::path(matter),
        heading: t.with(
            "package-heading",
            &[("county", county(&package.to_county).into())],
        ),
        cover: package.cover.clone(),
        facts,
        clients: clients(&t, package),
        reasons: entry.map_or_else(String::new, |entry| entry.reasons.clone()),
        own_words: entry
            .and_then(|entry| entry.own_words.clone())
            .unwrap_or_default(),
        entry: entry.map_or_else(Vec::new, |entry| {
            let who = capital(&word(&t, "initiator", &entry.initiator));
            vec![
                fact(
                    "matter-entry-who",
                    entry
                        .initiator_name
                        .as_ref()
                        .map_or(who.clone(), |name| format!("{who}: {name}")),
                ),
                fact(
                    "matter-entry-how",
                    format!(
                        "{}, {}",
                        capital(&word(&t, "initiation", &entry.kind)),
                        word(&t, "way", &entry.way)
                    ),
                ),
            ]
        }),
        outside: outside(&t, package),
        clocks: clocks(&t, package),
    }
}

fn clients(t: &Texts, package: &Package) -> Vec<Vec<Fact>> {
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    package
        .clients
        .iter()
        .map(|one| {
            let mut facts = Vec::new();
            if let Some(name) = &one.name {
                facts.push(fact("package-name", name.clone()));
            }
            if let Some(code) = &one.identity_code {
                facts.push(fact("package-code", code.clone()));
            }
            if let Some(born) = one.birth_date.as_ref().and_then(|born| born.parse().ok()) {
                let born: kernel::time::Date = born;
                facts.push(fact("package-born", t.full_day(born)));
            }
            if !one.languages.is_empty() {
                facts.push(fact("package-languages", one.languages.join(", ")));
            }
            if !one.phones.is_empty() {
                facts.push(fact("package-phone", one.phones.join(", ")));
            }
            if one.protected {
                facts.push(fact("package-contact", t.get("package-protected")));
            }
            facts
        })
        .collect()
}

fn outside(t: &Texts, package: &Package) -> Vec<Fact> {
    let Some(outside) = package
        .initiation
        .as_ref()
        .and_then(|entry| entry.outside.as_ref())
    else {
        return Vec::new();
    };
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    vec![
        fact("matter-source-what", outside.what.clone()),
        fact("matter-source-whom", outside.from_whom.clone()),
        fact(
            "matter-source-ground",
            capital(&labels::ground(t, &outside.ground)),
        ),
    ]
}

fn clocks(t: &Texts, package: &Package) -> Vec<Fact> {
    package
        .clocks
        .iter()
        .map(|clock| {
            let started = day(from_millis(clock.trigger_at));
            let name = law::DeadlineTable::of_law()
                .lookup(&clock.code, started)
                .map_or_else(
                    |_| clock.code.clone(),
                    |law| capital(law.name(t.language())),
                );
            let due = clock
                .due_on
                .as_ref()
                .and_then(|on| on.parse::<kernel::time::Date>().ok())
                .map_or_else(|| t.get("package-no-day"), |on| t.full_day(on));
            Fact { name, value: due }
        })
        .collect()
}
