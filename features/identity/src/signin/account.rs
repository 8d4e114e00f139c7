//! `/account`: one's own sessions, password, codes and passkeys.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use store::StoreError;
use web::{Answer, Failure, Form, Page, Posted, Texts, Visit, go_to};

use super::refused;
use crate::accounts::keys::{self, Address, Kept};
use crate::accounts::store::{self as table, Account};
use crate::notices;
use crate::numbers;
use crate::session::{self, CurrentUser, Open};
use crate::strong;
use crate::tokens;

#[derive(Template)]
#[template(path = "account.html")]
pub(super) struct AccountPage {
    page: Page,
    form: Form,
    sessions: Vec<SessionLine>,
    /// There are others than this one.
    others: bool,
    told: Vec<notices::Line>,
    /// Number of the newest notice that the page shows; zero when there is nothing to be said seen.
    last: i64,
    /// Tokens whose secrets wait: id and name.
    tokens: Vec<(String, String)>,
    /// `None` for somebody without a local account: a demo's person, or one of the county's directory.
    own: Option<OwnAccount>,
    passkeys: Vec<PasskeyLine>,
    /// Options of a new passkey; empty without a host name.
    options: String,
    /// The proof of who is at the screen is fresh: a passkey can be added at once.
    fresh: bool,
    /// The directory has narrowed the session: nothing is added that would open more than it leaves.
    narrowed: bool,
    /// The number was just set.
    saved: bool,
}

struct SessionLine {
    handle: String,
    browser: String,
    method: String,
    place: String,
    began: String,
    used: String,
    current: bool,
}

struct OwnAccount {
    login: String,
    password_on: String,
    app_on: String,
    recovery_left: i64,
    few_left: bool,
}

struct PasskeyLine {
    id: String,
    name: String,
    created: String,
    used: String,
    suspended: bool,
}

/// Fewer recovery codes left than this are worth a word.
const FEW: i64 = 4;

/// `GET /account`.
pub(super) async fn show(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let mut page = AccountPage::load(&visit, &headers, &user, Form::new()).await?;
    page.saved = pairs
        .iter()
        .any(|(name, code)| name == "done" && code == "number");
    Ok(web::page(page))
}

/// `POST /account/number`: the worker's own number at work.
pub(super) async fn number(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let (mut form, staff, now) = (posted.form(), user.staff.id, visit.house.now());
    let number = numbers::read(&mut form);
    if form.has_errors() {
        let page = AccountPage::load(&visit, &headers, &user, form).await?;
        return Ok(refused(page, None));
    }
    visit
        .house
        .store
        .write(move |tx| numbers::set_own(tx, staff, number.as_deref(), now))
        .await?;
    Ok(go_to("/account?done=number"))
}

/// Whether a session may take into use what opens the account. One that the county's directory has narrowed may not:
/// with a key of one's own the same person would come in without the directory, with all the tasks.
pub(super) const fn may_add_keys(user: &CurrentUser) -> bool {
    !user.narrowed
}

/// The account's page with the words of why nothing is added in a narrowed session.
pub(super) async fn refuse_narrowed(
    visit: &Visit,
    headers: &HeaderMap,
    user: &CurrentUser,
) -> Answer {
    let mut form = Form::new();
    form.error("", "account-narrowed");
    let page = AccountPage::load(visit, headers, user, form).await?;
    Ok(refused(page, None))
}

/// The name of a session in a form: tells nothing of its secret.
pub(super) fn handle(visit: &Visit, key: &[u8; 32]) -> String {
    let digest = visit.house.secrets.digest("noste 2026 session handle", key);
    digest.to_hex()[..32].to_owned()
}

impl AccountPage {
    pub(super) async fn load(
        visit: &Visit,
        headers: &HeaderMap,
        user: &CurrentUser,
        mut form: Form,
    ) -> Result<Self, Failure> {
        let house = &visit.house;
        let (staff, now) = (user.staff.id, house.now());
        let (open, account, left, kept, told, tokens, number) = house
            .store
            .read(move |tx| {
                Ok::<_, StoreError>((
                    session::list_open(tx, staff, now)?,
                    table::by_staff(tx, staff)?,
                    table::recovery_left(tx, staff)?,
                    keys::list(tx, staff)?,
                    notices::unseen(tx, staff, now)?,
                    tokens::to_fetch(tx, staff, now)?,
                    numbers::of(tx, staff)?,
                ))
            })
            .await?;
        if !form.has_errors() {
            form.set("number", number.unwrap_or_default());
        }
        let t = visit.t();
        let options = match (&account, Address::of(house, headers)) {
            (Some(account), Some(address)) => {
                let name = &user.staff.name;
                keys::create_options(house, &address, staff, &account.login, name, &kept)
            }
            _ => String::new(),
        };
        Ok(Self {
            page: visit.page("account-title"),
            form,
            told: notices::lines(&told, &t, now),
            last: told.iter().filter_map(|one| one.number).max().unwrap_or(0),
            tokens: tokens
                .iter()
                .map(|one| (one.id.to_string(), one.name.clone()))
                .collect(),
            others: open.iter().any(|one| one.key != user.session),
            sessions: open
                .iter()
                .map(|one| session_line(visit, &t, user, one))
                .collect(),
            own: account.map(|account| own_account(visit, &t, &account, left)),
            passkeys: kept
                .iter()
                .map(|one| passkey_line(visit, &t, one))
                .collect(),
            options,
            fresh: strong::is_fresh(user.strong_at, now),
            narrowed: user.narrowed,
            saved: false,
        })
    }
}

fn session_line(visit: &Visit, t: &Texts, user: &CurrentUser, one: &Open) -> SessionLine {
    let now = visit.house.now();
    let place = match one.client {
        0 => String::new(),
        here if here == visit.client => t.get("account-place-here"),
        _ => t.get("account-place-elsewhere"),
    };
    SessionLine {
        handle: handle(visit, &one.key),
        browser: if one.browser.is_empty() {
            t.get("account-browser-unknown")
        } else {
            one.browser.clone()
        },
        method: t.get(&format!("account-method-{}", one.method.code())),
        place,
        began: t.when(one.began_at, now),
        used: t.when(one.seen_at, now),
        current: one.key == user.session,
    }
}

fn own_account(visit: &Visit, t: &Texts, account: &Account, left: i64) -> OwnAccount {
    let now = visit.house.now();
    let on =
        |at: Option<kernel::time::Timestamp>| at.map_or_else(String::new, |at| t.when(at, now));
    OwnAccount {
        login: account.login.clone(),
        password_on: on(account.password_at),
        app_on: on(account.totp_since),
        recovery_left: left,
        few_left: left < FEW,
    }
}

fn passkey_line(visit: &Visit, t: &Texts, one: &Kept) -> PasskeyLine {
    let now = visit.house.now();
    PasskeyLine {
        id: one.id.to_string(),
        name: one.name.clone(),
        created: t.when(one.created_at, now),
        used: one
            .used_at
            .map_or_else(|| t.get("account-passkey-unused"), |at| t.when(at, now)),
        suspended: one.suspended,
    }
}
