//! What one does on one's own account: end sessions, change the password, take a new app into use.

use access::log::Actor;
use askama::Template;
use axum::http::HeaderMap;
use store::StoreError;
use web::{Answer, Failure, Form, House, Page, Posted, Visit, go_to};

use super::account::{handle, may_add_keys, refuse_narrowed};
use super::arrive::sessions;
use super::first::{AppPage, check_new};
use super::prove::{self, Proof};
use super::step::{self, Step};
use super::{refused, waits};
use crate::accounts::store::{self as table, Account};
use crate::accounts::{self, entry, password, totp};
use crate::people::StaffId;
use crate::session::{self, CurrentUser};
use crate::strong;

/// `POST /account/sessions/end`: one of one's own.
pub(super) async fn end_session(visit: Visit, user: CurrentUser, posted: Posted) -> Answer {
    let house = &visit.house;
    let (staff, now) = (user.staff.id, house.now());
    let open = house
        .store
        .read(move |tx| session::list_open(tx, staff, now))
        .await?;
    let wanted = posted.value("session");
    let found = open.iter().find(|one| handle(&visit, &one.key) == wanted);
    if let Some(one) = found {
        session::end(house, &*sessions(house)?, one.key).await?;
    }
    Ok(go_to("/account#sessions"))
}

/// `POST /account/sessions/end-others`.
pub(super) async fn end_others(visit: Visit, user: CurrentUser) -> Answer {
    let house = &visit.house;
    let (staff, own, now) = (user.staff.id, user.session, house.now());
    house
        .store
        .write(move |tx| session::end_rows(tx, staff, Some(own), now))
        .await?;
    sessions(house)?.forget_staff(staff);
    Ok(go_to("/account#sessions"))
}

#[derive(Template)]
#[template(path = "account_password.html")]
struct PasswordPage {
    page: Page,
    form: Form,
    login: String,
    shortest: usize,
}

async fn account_of(house: &House, staff: StaffId) -> Result<Account, Failure> {
    house
        .store
        .read(move |tx| table::by_staff(tx, staff))
        .await?
        .ok_or(Failure::NotFound)
}

fn password_page(visit: &Visit, login: &str, form: Form) -> PasswordPage {
    PasswordPage {
        page: visit.page("account-password-title"),
        form,
        login: login.to_owned(),
        shortest: password::SHORTEST,
    }
}

/// `GET /account/password`.
pub(super) async fn show_password(visit: Visit, headers: HeaderMap, user: CurrentUser) -> Answer {
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    let account = account_of(&visit.house, user.staff.id).await?;
    Ok(web::page(password_page(
        &visit,
        &account.login,
        Form::new(),
    )))
}

/// `POST /account/password`: asks the present one, and ends the other sessions.
pub(super) async fn password(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    let house = &visit.house;
    let staff = user.staff.id;
    let account = account_of(house, staff).await?;
    let mut form = Form::new();
    if !check_new(&mut form, &posted, &account.login) {
        return Ok(refused(password_page(&visit, &account.login, form), None));
    }
    let wait = match prove::own_password(&visit, &headers, staff, posted.value("present")).await? {
        Proof::Right(_) => None,
        Proof::Wrong => {
            form.error("present", "account-password-present-wrong");
            None
        }
        Proof::Wait(seconds) => {
            waits(&mut form, seconds);
            Some(seconds)
        }
    };
    if form.has_errors() {
        return Ok(refused(password_page(&visit, &account.login, form), wait));
    }
    let sessions = sessions(house)?;
    let chance = house.chance.as_ref();
    let hash = sessions
        .hasher
        .hash(chance, posted.value("password"))
        .await?;
    let (own, now) = (user.session, house.now());
    house
        .store
        .write(move |tx| {
            table::set_password(tx, staff, &hash, now)?;
            session::end_rows(tx, staff, Some(own), now)?;
            tx.log(entry(
                now,
                Actor::Staff(staff.bytes()),
                "account.password",
                String::new(),
            ))?;
            Ok::<_, StoreError>(())
        })
        .await?;
    sessions.forget_staff(staff);
    Ok(go_to("/account"))
}

/// `GET /account/app`: a new secret each time, taken into use only by its first code.
pub(super) async fn show_app(visit: Visit, headers: HeaderMap, user: CurrentUser) -> Answer {
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    let house = &visit.house;
    strong::require(house, &user)?;
    let account = account_of(house, user.staff.id).await?;
    let secret = totp::secret(house.chance.as_ref());
    let page = AppPage::new(&visit, Form::new(), &account.login, &secret, false);
    let step = Step::NewApp {
        staff: user.staff.id.bytes(),
        secret,
    };
    step::set(house, web::page(page), step)
}

/// `POST /account/app`.
pub(super) async fn app(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    if !may_add_keys(&user) {
        return refuse_narrowed(&visit, &headers, &user).await;
    }
    let house = &visit.house;
    strong::require(house, &user)?;
    let staff = user.staff.id;
    let secret = match step::read(house, &headers) {
        Some(Step::NewApp { staff: of, secret }) if of == staff.bytes() => secret,
        _ => return Ok(go_to("/account/app")),
    };
    let account = account_of(house, staff).await?;
    let Some(used) = totp::accepted(&secret, posted.value("code"), 0, house.now()) else {
        let mut form = Form::new();
        form.error("code", "signin-app-code-wrong");
        let page = AppPage::new(&visit, form, &account.login, &secret, false);
        return Ok(refused(page, None));
    };
    let sealed = accounts::seal_totp(house, staff, &secret);
    let now = house.now();
    house
        .store
        .write(move |tx| {
            table::set_totp(tx, staff, sealed, used, now)?;
            tx.log(entry(
                now,
                Actor::Staff(staff.bytes()),
                "account.codes",
                String::new(),
            ))?;
            Ok::<_, StoreError>(())
        })
        .await?;
    step::clear(house, go_to("/account"))
}
