//! Two records of one person: a worker asks, a data steward takes the case, compares, and merges, refuses or parts.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use kernel::temporary_identifier::TemporaryIdentifier;
use store::Logged;
use web::{Answer, Failure, Form, House, Page, Posted, Texts, Visit};
use web::{client_page, client_page_with_status, go_to, page};

use crate::domain::{ClientError, ClientId, Reader, RowId};
use crate::gate::Gate;
use crate::pages::act::ActPage;
use crate::pages::basics::{may_correct, open};
use crate::pages::common::{desk, done, id, logged, refused, told};
use crate::pages::head;
use crate::pages::show::Opened;
use crate::store::merge::{self, Merge, MovedTables};
use crate::store::record::{self, Record};
use crate::store::search::{self, Terms};

/// Longest reason.
const LONG: usize = 2_000;

fn ask_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let head = opened.head(&visit.t(), house.now());
    ActPage {
        action: format!("{}/merge", head.path),
        ..ActPage::new(
            visit.page("merges-new"),
            head,
            "merge",
            ["merges-new", "merges-lead", "merges-ask"],
            form,
        )
    }
}

pub(super) async fn show_ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_correct(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let template = ask_page(&house, &visit, &opened, Form::new());
    Ok(client_page(template, proof))
}

/// The identifier that was typed, marked when it is none.
fn read_terms(form: &mut Form) -> Option<Terms> {
    let Some(typed) = form.text("other").map(str::to_owned) else {
        form.error("other", "merges-code-missing");
        return None;
    };
    if let Ok(code) = IdentityCode::from_input(&typed) {
        return Some(Terms::Code(code));
    }
    let identifier = TemporaryIdentifier::parse(&typed).ok();
    if identifier.is_none() {
        form.error("other", "search-wrong-code");
    }
    identifier.map(Terms::Temporary)
}

pub(super) async fn send_ask(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    let terms = read_terms(&mut form);
    let reason = form.require("reason", "merges-reason-missing", LONG);
    if let (Some(terms), true) = (terms, form.is_valid()) {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let asked = house
            .store
            .write(move |tx| {
                let kept = Gate::open(tx, &reader, client, now)?;
                // The other is found by the rule of a search: only somebody whom the worker may open.
                let search::Answer::Opened(other) =
                    search::search(tx, &desk, &reader, &terms, "record")?
                else {
                    return Ok(None);
                };
                let other = Gate::open(tx, &reader, other, now)?;
                merge::ask(tx, &desk, &kept, &other, &reason).map(Some)
            })
            .await;
        match asked {
            Ok(receipt) if receipt.value.is_some() => {
                return Ok(done(&head::path(client), "merge-asked"));
            }
            Ok(_) => form.error("other", "merges-code-unknown"),
            Err(ClientError::Already) => form.error("other", "merges-code-same"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = ask_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}

/// A case of the list: no names before it is taken.
struct Case {
    id: String,
    title: String,
    meta: String,
    /// It waits; otherwise it is done and can be undone.
    waits: bool,
}

#[derive(Template)]
#[template(path = "client-merges.html")]
struct CasesPage {
    page: Page,
    done: String,
    waiting: Vec<Case>,
    finished: Vec<Case>,
}

pub(super) async fn cases(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let (reader, now, t) = (Reader::from(&user), house.now(), visit.t());
    let cases = house
        .store
        .read(move |tx| merge::cases(tx, &reader, now))
        .await?;
    let (waiting, finished) = cases
        .iter()
        .map(|one| case(&t, one, now))
        .partition(|case| case.waits);
    Ok(page(CasesPage {
        page: visit.page("merges-title"),
        done: told(&t, &pairs),
        waiting,
        finished,
    }))
}

fn case(t: &Texts, one: &Merge, now: kernel::time::Timestamp) -> Case {
    let asked = t.with(
        "merges-asked",
        &[
            ("who", one.asked_by.as_str().into()),
            ("when", t.when(one.asked_at, now).into()),
        ],
    );
    let waits = one.approved_at.is_none();
    Case {
        id: one.id.to_string(),
        meta: match merge::last_day(one) {
            Some(day) if !waits => t.with("merges-until", &[("day", t.full_day(day).into())]),
            _ => String::new(),
        },
        title: asked,
        waits,
    }
}

/// Takes a case: from now on its two records may be compared, and the log says by whom.
pub(super) async fn take(
    State(house): State<House>,
    user: CurrentUser,
    Path(case): Path<String>,
    _: Posted,
) -> Answer {
    let case: RowId = id(&case)?;
    let desk = desk(&house)?;
    let reader = Reader::from(&user);
    house
        .store
        .write(move |tx| merge::take(tx, &desk, &reader, case))
        .await?;
    Ok(go_to(&format!("/clients/merges/{case}")))
}

struct Compared {
    name: String,
    kept: String,
    merged: String,
    differs: bool,
}

#[derive(Template)]
#[template(path = "client-merge.html")]
struct ComparePage {
    page: Page,
    case: String,
    form: Form,
    lines: Vec<Compared>,
    reason: String,
    asked: String,
    waits: bool,
    own: bool,
    until: String,
}

struct Read {
    case: Merge,
    kept: Record,
    merged: Option<Record>,
}

async fn read(house: &House, user: &CurrentUser, case: RowId) -> Result<(Read, Logged), Failure> {
    let (reader, now) = (Reader::from(user), house.now());
    let receipt = house
        .store
        .show(move |tx| {
            let case = merge::cases(tx, &reader, now)?
                .into_iter()
                .find(|one| one.id == case)
                .ok_or(ClientError::NotFound)?;
            let kept = Gate::open(tx, &reader, case.kept, now)?;
            let other = Gate::open(tx, &reader, case.merged, now)?;
            let kept = record::show(tx, &kept, now)?;
            // Once merged, the gate of the other is that of the kept one.
            let merged = if other.client() == kept.id {
                None
            } else {
                Some(record::show(tx, &other, now)?)
            };
            Ok::<_, ClientError>(Read { case, kept, merged })
        })
        .await?;
    logged(receipt)
}

fn compare_page(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    read: &Read,
    form: Form,
) -> ComparePage {
    let t = visit.t();
    let case = case(&t, &read.case, house.now());
    let mut page = visit.page("merges-compare-title");
    page.path = format!("/clients/merges/{}", read.case.id);
    ComparePage {
        page,
        case: case.id,
        form,
        lines: compared(&t, &read.kept, read.merged.as_ref()),
        reason: read.case.reason.clone(),
        own: read.case.asked_by == user.staff.name,
        asked: case.title,
        waits: case.waits,
        until: case.meta,
    }
}

fn compared(t: &Texts, kept: &Record, merged: Option<&Record>) -> Vec<Compared> {
    let unknown = || t.get("client-not-known");
    let birth = |record: &Record| record.birth.map_or_else(unknown, |day| t.full_day(day));
    let code = |record: &Record| {
        record
            .code
            .map(|code| code.expose().to_owned())
            .or_else(|| record.temporary.clone())
            .unwrap_or_default()
    };
    let names = |record: &Record| {
        let all: Vec<String> = record
            .names
            .iter()
            .map(|name| format!("{} {}", name.given, name.family))
            .collect();
        all.join(", ")
    };
    let created = |record: &Record| t.full_day(kernel::time::day(record.created_at));
    let line = |key: &str, of: &dyn Fn(&Record) -> String| {
        let (kept, merged) = (of(kept), merged.map(of).unwrap_or_default());
        Compared {
            name: t.get(key),
            differs: !merged.is_empty() && kept != merged,
            kept,
            merged,
        }
    };
    vec![
        line("merges-field-name", &names),
        line("merges-field-birth", &birth),
        line("merges-field-code", &code),
        line("merges-field-created", &created),
    ]
}

pub(super) async fn compare(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(case): Path<String>,
) -> Answer {
    let (read, proof) = read(&house, &user, id(&case)?).await?;
    let template = compare_page(&house, &visit, &user, &read, Form::new());
    Ok(client_page(template, proof))
}

pub(super) async fn decide(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(case): Path<String>,
    posted: Posted,
) -> Answer {
    let case: RowId = id(&case)?;
    let mut form = posted.form();
    let act = posted.value("act").to_owned();
    if act != "refuse" {
        // Joining and parting many clients' data asks again who is at the screen.
        identity::strong::require(&house, &user)?;
    }
    let reason = if act == "approve" {
        String::new()
    } else {
        form.require("reason", "merges-reason-missing", LONG)
    };
    if form.is_valid() {
        let desk = desk(&house)?;
        let reader = Reader::from(&user);
        let others = house
            .extra::<MovedTables>()
            .map(|tables| MovedTables::clone(&tables))
            .unwrap_or_default();
        let code = match act.as_str() {
            "approve" => "merged",
            "refuse" => "refused",
            "undo" => "unmerged",
            _ => return Err(Failure::BadRequest),
        };
        let decided = house
            .store
            .write(move |tx| match act.as_str() {
                "approve" => merge::approve(tx, &desk, &reader, case, &others),
                "refuse" => merge::refuse(tx, &desk, &reader, case, &reason),
                _ => merge::undo(tx, &desk, &reader, case, &reason, &others),
            })
            .await;
        match decided {
            Ok(_) => return Ok(done("/clients/merges", code)),
            Err(ClientError::FourEyes) => form.error("", "client-refused-four-eyes"),
            Err(ClientError::HasCode) => form.error("", "merges-two-codes"),
            Err(ClientError::MergedOn) => form.error("", "merges-merged-on"),
            Err(ClientError::Ended | ClientError::Already) => {
                form.error("", "client-refused-already");
            }
            Err(error) => return Err(error.into()),
        }
    }
    let (read, proof) = read(&house, &user, case).await?;
    let template = compare_page(&house, &visit, &user, &read, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}

fn wrong_page(house: &House, visit: &Visit, opened: &Opened, form: Form) -> ActPage {
    let head = opened.head(&visit.t(), house.now());
    ActPage {
        action: format!("{}/wrong", head.path),
        ..ActPage::new(
            visit.page("wrong-title"),
            head,
            "wrong",
            ["wrong-title", "wrong-lead", "wrong-save"],
            form,
        )
    }
}

pub(super) async fn show_wrong(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
) -> Answer {
    let (opened, proof) = match open(&house, &user, id(&client)?).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    if !may_void(&opened.gate) {
        return Err(Failure::NotFound);
    }
    let template = wrong_page(&house, &visit, &opened, Form::new());
    Ok(client_page(template, proof))
}

/// Whether the reader may take the record out of use.
pub fn may_void(gate: &Gate) -> bool {
    let given = ["wrong_person_only", "own_entry"];
    gate.decide("client_basics", "void", "working_age", None, &given)
        .allowed()
}

pub(super) async fn send_wrong(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(client): Path<String>,
    posted: Posted,
) -> Answer {
    let client: ClientId = id(&client)?;
    let (opened, proof) = match open(&house, &user, client).await? {
        Ok(opened) => opened,
        Err(answer) => return answer,
    };
    let mut form = posted.form();
    let reason = form.require("reason", "wrong-reason-missing", LONG);
    if form.is_valid() {
        let desk = desk(&house)?;
        let (reader, now) = (Reader::from(&user), house.now());
        let saved = house
            .store
            .write(move |tx| {
                let gate = Gate::open(tx, &reader, client, now)?;
                merge::void(tx, &desk, &gate, &reason)
            })
            .await;
        match saved {
            Ok(_) => return Ok(done("/clients", "wrong")),
            Err(ClientError::OpenMatters) => form.error("", "wrong-has-matters"),
            Err(error) => return Err(refused(&house, &user, client, error).await),
        }
    }
    let template = wrong_page(&house, &visit, &opened, form);
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(client_page_with_status(status, template, proof))
}
