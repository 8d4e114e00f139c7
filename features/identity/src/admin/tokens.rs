//! Tokens of machine clients: asked for by one administrator, approved by another, fetched by their owner on `/account`.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use kernel::time::{Date, day};
use store::StoreError;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, go_to};

use super::delegations::staff_choices;
use super::notice::{self, Notice, Pairs};
use super::{Circumstances, decide, mark};
use crate::facts::approval::Refusal;
use crate::people::{self, Staff, StaffId};
use crate::session::CurrentUser;
use crate::strong;
use crate::tokens::{self, Network, NewToken, SCOPES, State as Standing, TokenLine};

const LONGEST_NAME: usize = 80;

/// A token in words.
pub struct Line {
    pub id: String,
    pub name: String,
    pub about: String,
    pub scopes: String,
    pub until: String,
    pub used: String,
    pub state: String,
    pub color: &'static str,
    /// The reader is the second administrator.
    pub mine: bool,
    pub waits: bool,
    pub open: bool,
}

#[derive(Template)]
#[template(path = "admin/tokens.html")]
struct TokensPage {
    page: Page,
    form: Form,
    notice: Option<Notice>,
    lines: Vec<Line>,
    may_create: bool,
    scopes: Vec<Choice>,
    staff: Vec<Choice>,
}

/// `GET /admin/tokens`
pub async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    pairs: Pairs,
) -> Answer {
    let notice = notice::of(&pairs, &visit.t());
    open(&house, &visit, &user, Form::new(), notice).await
}

async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    form: Form,
    notice: Option<Notice>,
) -> Answer {
    let now = house.now();
    let (lines, staff) = house
        .store
        .read(move |tx| Ok::<_, StoreError>((tokens::list(tx, now)?, people::list_all(tx)?)))
        .await?;
    let page = visit.page("tokens-title");
    let t = page.t.clone();
    let may =
        |action: &str| decide(user, "api_token", action, &Circumstances::default(), now).is_ok();
    let (may_approve, may_revoke) = (may("approve"), may("void"));
    let status = if form.has_errors() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let today = day(now);
    let in_service: Vec<Staff> = staff
        .iter()
        .filter(|one| one.ended_on.is_none_or(|last| last >= today))
        .cloned()
        .collect();
    let template = TokensPage {
        lines: lines
            .iter()
            .map(|one| Line {
                mine: may_approve
                    && one.state == Standing::Waiting
                    && ![one.created_by, one.owner].contains(&user.staff.id),
                open: may_revoke
                    && matches!(
                        one.state,
                        Standing::InForce | Standing::Waiting | Standing::Unfetched
                    ),
                ..line(one, &staff, &t, page.now)
            })
            .collect(),
        may_create: may("create"),
        scopes: SCOPES
            .iter()
            .map(|code| Choice::new(*code, t.get(&scope_key(code))))
            .collect(),
        staff: staff_choices(&in_service),
        page,
        form,
        notice,
    };
    Ok(web::page_with_status(status, template))
}

fn scope_key(code: &str) -> String {
    format!("scope-{}", code.replace('.', "-"))
}

fn line(one: &TokenLine, staff: &[Staff], t: &Texts, now: kernel::time::Timestamp) -> Line {
    let name = |id: StaffId| {
        staff
            .iter()
            .find(|person| person.id == id)
            .map_or_else(String::new, |person| person.name.clone())
    };
    let (state, color) = match one.state {
        Standing::Waiting => ("token-waiting", "warning"),
        Standing::Unfetched => ("token-unfetched", "warning"),
        Standing::InForce => ("admin-fact-in-force", "success"),
        Standing::Revoked => ("token-revoked", "neutral"),
        Standing::Expired => ("token-expired", "neutral"),
    };
    let mut about = vec![t.with("token-owner", &[("who", name(one.owner).into())])];
    if let Some(worker) = one.acts_for {
        about.push(t.with("token-acts-for", &[("who", name(worker).into())]));
    }
    if !one.addresses.is_empty() {
        about.push(t.with(
            "token-from",
            &[("addresses", one.addresses.as_str().into())],
        ));
    }
    let scopes: Vec<String> = one
        .scopes
        .iter()
        .map(|code| t.get(&scope_key(code)))
        .collect();
    Line {
        id: one.id.to_string(),
        name: one.name.clone(),
        about: about.join(", "),
        scopes: scopes.join(", "),
        until: t.full_day(day(
            one.expires_at - kernel::time::SignedDuration::from_millis(1)
        )),
        used: one
            .last_used
            .map_or_else(|| t.get("token-unused"), |at| t.when(at, now)),
        state: t.get(state),
        color,
        mine: false,
        waits: one.state == Standing::Waiting,
        open: false,
    }
}

fn read(form: &mut Form, today: Date) -> Option<NewToken> {
    let name = form.require("name", "token-name-missing", LONGEST_NAME);
    let owner: Option<StaffId> = form.value("owner").parse().ok();
    if owner.is_none() {
        form.error("owner", "token-owner-missing");
    }
    let scopes: BTreeSet<String> = SCOPES
        .iter()
        .filter(|code| form.has("scopes", code))
        .map(|code| (*code).to_owned())
        .collect();
    if scopes.is_empty() {
        form.error("scopes", "token-scopes-missing");
    }
    let networks: Vec<&str> = form.value("addresses").split_whitespace().collect();
    let addresses = networks.join(" ");
    if let Some(wrong) = networks.iter().find(|one| Network::parse(one).is_none()) {
        let wrong = (*wrong).to_owned();
        form.error_with(
            "addresses",
            "token-address-wrong",
            vec![("address", wrong.into())],
        );
    }
    if form.text("until").is_none() {
        form.error("until", "token-until-missing");
    }
    let last = form.day("until");
    if last.is_some_and(|last| last < today || last > tokens::latest(today)) {
        let latest = tokens::latest(today);
        let words = format!("{}.{}.{}", latest.day(), latest.month(), latest.year());
        form.error_with("until", "token-until-range", vec![("day", words.into())]);
    }
    Some(NewToken {
        name,
        owner: owner.filter(|_| form.is_valid())?,
        acts_for: form.value("acts_for").parse().ok(),
        scopes,
        addresses,
        last_day: last?,
    })
}

/// `POST /admin/tokens`: asks; no secret exists yet.
pub async fn create(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let acting = decide(
        &user,
        "api_token",
        "create",
        &Circumstances::default(),
        house.now(),
    )?;
    let mut form = posted.form();
    let Some(new) = read(&mut form, house.today()) else {
        return open(&house, &visit, &user, form, None).await;
    };
    strong::require(&house, &user)?;
    let (clock, chance) = (house.clock.clone(), house.chance.clone());
    let made = house
        .store
        .write(move |tx| tokens::create(tx, &*clock, &*chance, &acting, &new))
        .await;
    match made {
        Ok(_) => Ok(go_to("/admin/tokens?done=asked")),
        Err(refusal) => {
            mark(&mut form, "owner", refusal, &visit.t())?;
            open(&house, &visit, &user, form, None).await
        }
    }
}

/// `POST /admin/tokens/{id}/approve`
pub async fn approve(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let token = id.parse().map_err(|_| Failure::NotFound)?;
    let acting = decide(
        &user,
        "api_token",
        "approve",
        &Circumstances::default(),
        house.now(),
    )?;
    strong::require(&house, &user)?;
    let done = house
        .store
        .write(move |tx| tokens::approve(tx, &acting, token))
        .await;
    answer(done.map(|_| ()), "approved")
}

/// `POST /admin/tokens/{id}/revoke`: one person is enough to stop a token.
pub async fn revoke(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let token = id.parse().map_err(|_| Failure::NotFound)?;
    let acting = decide(
        &user,
        "api_token",
        "void",
        &Circumstances::default(),
        house.now(),
    )?;
    let done = house
        .store
        .write(move |tx| tokens::revoke(tx, &acting, token))
        .await;
    answer(done.map(|_| ()), "revoked")
}

fn answer(done: Result<(), Refusal>, code: &'static str) -> Result<Response, Failure> {
    let code = match done {
        Ok(()) => code,
        Err(refusal) => notice::code(refusal)?,
    };
    Ok(go_to(&format!("/admin/tokens?done={code}")))
}
