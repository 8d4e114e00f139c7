//! The account by which an employee signs in: asking for the code of a first time or a new start, and closing.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use kernel::time::{Timestamp, day};
use store::{StoreError, WriteTx};
use web::{Answer, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::person::{acting, id_of, open};
use super::{forget, refusal_key};
use crate::accounts::keys::Address;
use crate::accounts::{self, DAYS, Invited, LoginName, Overview, State as Standing};
use crate::facts::record::Acting;
use crate::facts::requests;
use crate::people::{self, StaffId};
use crate::session::CurrentUser;
use crate::strong;

/// Where a code is used.
const FIRST: &str = "/sign-in/first";
/// Longest login name as typed, white space with it, in characters.
const LONGEST: usize = 100;

/// A code made just now, for the one page that shows it.
pub struct Fresh {
    code: String,
    login: String,
    until: Timestamp,
    /// Address where it is used.
    place: String,
}

/// The account in the words of the page.
pub struct AccountView {
    /// Empty when there is none.
    pub login: String,
    pub state: String,
    pub color: &'static str,
    pub words: Vec<String>,
    /// A code made just now; it is never shown again.
    pub code: String,
    pub code_words: String,
    /// What a code does and how long it holds.
    pub lead: String,
    /// It can be closed.
    pub open: bool,
}

impl AccountView {
    pub fn new(
        account: Option<&Overview>,
        fresh: Option<&Fresh>,
        t: &Texts,
        now: Timestamp,
    ) -> Self {
        let (state, color) = match account.map(|one| (one.state, one.invited_until)) {
            None => ("admin-account-state-none", "neutral"),
            Some((Standing::Invited, Some(_))) => ("admin-account-state-invited", "warning"),
            Some((Standing::Invited, None)) => ("admin-account-state-late", "warning"),
            Some((Standing::Active, _)) => ("admin-account-state-active", "success"),
            Some((Standing::Closed, _)) => ("admin-account-state-closed", "neutral"),
        };
        Self {
            login: account.map_or_else(String::new, |one| one.login.clone()),
            state: t.get(state),
            color,
            words: account.map_or_else(Vec::new, |one| sentences(one, t, now)),
            code: fresh.map_or_else(String::new, |one| one.code.clone()),
            code_words: fresh.map_or_else(String::new, |one| {
                t.with(
                    "admin-account-code-words",
                    &[
                        ("login", one.login.as_str().into()),
                        ("until", moment_words(t, one.until).into()),
                        ("place", one.place.as_str().into()),
                    ],
                )
            }),
            lead: t.with(
                "admin-account-make-lead",
                &[("days", i64::from(DAYS).into())],
            ),
            open: account.is_some_and(|one| one.state != Standing::Closed),
        }
    }
}

/// The day with its year, and the clock.
fn moment_words(t: &Texts, at: Timestamp) -> String {
    format!("{} {}", t.full_day(day(at)), t.clock(at))
}

fn sentences(one: &Overview, t: &Texts, now: Timestamp) -> Vec<String> {
    let mut words = Vec::new();
    if let (Standing::Active, Some(since)) = (one.state, one.opened_at) {
        let since = t.full_day(day(since));
        words.push(t.with("admin-account-since", &[("when", since.into())]));
    }
    if let Some(until) = one.invited_until {
        let until = moment_words(t, until);
        words.push(t.with("admin-account-invited-until", &[("when", until.into())]));
    }
    words.push(match one.signed_in_at {
        Some(at) => t.with(
            "admin-account-signed-in",
            &[("when", t.when(at, now).into())],
        ),
        None => t.get("admin-account-never"),
    });
    words
}

/// The code that an approval made, for the one page that shows it.
pub fn fresh(house: &House, headers: &HeaderMap, invited: Invited, login: String) -> Fresh {
    let origin = Address::of(house, headers).map_or_else(String::new, |one| one.origin);
    Fresh {
        code: invited.code,
        login,
        until: invited.expires_at,
        place: format!("{origin}{FIRST}"),
    }
}

/// Asks for a code for an employee whose right to it has been decided; the key of what is wrong with the login name.
fn ask(
    tx: &mut WriteTx<'_>,
    by: &Acting,
    person: StaffId,
    typed: &str,
) -> Result<Option<&'static str>, Failure> {
    let staff = people::lookup_staff(tx, person)?.ok_or(Failure::NotFound)?;
    if staff.ended_on.is_some_and(|last| last < day(by.at)) {
        return Ok(Some("admin-account-left"));
    }
    let known = accounts::overview(tx, person, by.at)?;
    let typed = known.as_ref().map_or(typed, |one| one.login.as_str());
    if typed.trim().is_empty() {
        return Ok(Some("admin-account-login-missing"));
    }
    let Some(login) = LoginName::parse(typed) else {
        return Ok(Some("admin-account-login-wrong"));
    };
    match requests::ask_invitation(tx, by, person, &login) {
        Ok(()) => Ok(None),
        Err(refusal) => Ok(Some(refusal_key(refusal)?.0)),
    }
}

/// `POST /admin/people/{id}/invitation`: asks for a code. It is made and shown when a second person approves
/// ([`super::requests`]), and never to who asked. Whoever has a code can become somebody else, so who asks for one
/// proves who she is.
pub async fn invite(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let (person, now) = (id_of(&id)?, house.now());
    let mut form: Form = posted.form();
    let typed: String = form.value("login").chars().take(LONGEST).collect();
    let (by, asks) = (user.clone(), user.clone());
    // Nobody is asked who she is for what she has no right to.
    house
        .store
        .read(move |tx| acting(tx, &asks, "correct", person, now).map(drop))
        .await?;
    strong::require(&house, &user)?;
    let asked = house
        .store
        .write(move |tx| {
            let acting = acting(tx, &by, "correct", person, now)?;
            ask(tx, &acting, person, &typed)
        })
        .await?;
    match asked.value {
        None => Ok(go_to(&format!("/admin/people/{person}?done=asked"))),
        Some(key) => {
            form.error("login", key);
            open(&house, &visit, &user, person, form, None).await
        }
    }
}

/// `POST /admin/people/{id}/account/close`: nothing opens by the account any more, and its sessions end at once.
pub async fn close(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let (person, now) = (id_of(&id)?, house.now());
    house
        .store
        .write(move |tx| {
            let acting = acting(tx, &user, "finish", person, now)?;
            shut(tx, &acting, person).map_err(Failure::from)
        })
        .await?;
    forget(&house, person);
    Ok(go_to(&format!("/admin/people/{person}?done=closed")))
}

fn shut(tx: &mut WriteTx<'_>, by: &Acting, person: StaffId) -> Result<(), StoreError> {
    let known = accounts::overview(tx, person, by.at)?;
    if known.is_none_or(|one| one.state == Standing::Closed) {
        return Ok(());
    }
    accounts::close(tx, by.at, person, by.staff)?;
    by.log(tx, "admin.account_close", format!("staff={person}"))
}
