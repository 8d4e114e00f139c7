//! `/sign-in/confirm`: who is at the screen proves it again, and goes on where she was.

use access::log::Actor;
use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use store::StoreError;
use web::{Answer, Failure, Form, House, Page, Posted, Visit, go_to};

use super::arrive::{home, sessions, wanted};
use super::enter::Next;
use super::passkey::{fault, whose};
use super::prove::{self, Known, Proof};
use super::step::password_mark;
use super::{refused, waits};
use crate::accounts::entry;
use crate::accounts::keys::{Address, Whose, get_options};
use crate::session::{self, CurrentUser, Method};

#[derive(Template)]
#[template(path = "signin_confirm.html")]
struct ConfirmPage {
    page: Page,
    form: Form,
    next: String,
    options: String,
    /// An artificial person of the demo has no password: one press is enough.
    press: bool,
    /// Came by the county's directory, which alone knows the password.
    directory: bool,
    /// A form waits for this.
    form_waits: bool,
}

fn confirm_page(
    visit: &Visit,
    headers: &HeaderMap,
    user: &CurrentUser,
    form: Form,
    next: &str,
) -> ConfirmPage {
    let address = Address::of(&visit.house, headers);
    ConfirmPage {
        page: visit.page("signin-confirm-title"),
        form,
        next: next.to_owned(),
        options: address.map_or_else(String::new, |address| get_options(&visit.house, &address)),
        press: presses(&visit.house, user),
        directory: user.method == Method::Directory,
        form_waits: next.starts_with("/sign-in/held/"),
    }
}

/// Only in a demo, and only its artificial people: anybody at all may be them.
fn presses(house: &House, user: &CurrentUser) -> bool {
    house.demo && user.method == Method::Demo
}

/// `GET /sign-in/confirm`.
pub(super) async fn show(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    Query(query): Query<Next>,
) -> Answer {
    let page = confirm_page(&visit, &headers, &user, Form::new(), &query.next);
    Ok(web::page(page))
}

/// `POST /sign-in/confirm`: password and code.
pub(super) async fn password(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let (house, next) = (&visit.house, posted.value("next"));
    if presses(house, &user) {
        return confirmed(house, &user, next).await;
    }
    let mut form = Form::new();
    if posted.value("password").is_empty() {
        form.error("password", "signin-password-missing");
    }
    if posted.value("code").trim().is_empty() {
        form.error("code", "signin-code-missing");
    }
    if form.has_errors() {
        return Ok(refused(
            confirm_page(&visit, &headers, &user, form, next),
            None,
        ));
    }
    let staff = user.staff.id;
    let proof = match prove::own_password(&visit, &headers, staff, posted.value("password")).await?
    {
        Proof::Right(account) => {
            let known = Known {
                staff,
                password: password_mark(&account),
                login: &account.login,
            };
            prove::code(&visit, &headers, known, posted.value("code")).await?
        }
        Proof::Wrong => Proof::Wrong,
        Proof::Wait(seconds) => Proof::Wait(seconds),
    };
    let wait = match proof {
        Proof::Right(_) => return confirmed(house, &user, next).await,
        Proof::Wrong => {
            form.error("", "signin-confirm-wrong");
            None
        }
        Proof::Wait(seconds) => {
            waits(&mut form, seconds);
            Some(seconds)
        }
    };
    Ok(refused(
        confirm_page(&visit, &headers, &user, form, next),
        wait,
    ))
}

/// `POST /sign-in/confirm/passkey`.
pub(super) async fn passkey(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let next = posted.value("next");
    match whose(&visit.house, &headers, &posted).await? {
        Whose::Staff(staff) if staff == user.staff.id => confirmed(&visit.house, &user, next).await,
        other => {
            let mut form = Form::new();
            form.error("", fault(other));
            Ok(refused(
                confirm_page(&visit, &headers, &user, form, next),
                None,
            ))
        }
    }
}

async fn confirmed(house: &House, user: &CurrentUser, next: &str) -> Answer {
    let (key, staff, now) = (user.session, user.staff.id, house.now());
    house
        .store
        .write(move |tx| {
            session::prove(tx, key, now)?;
            tx.log(entry(
                now,
                Actor::Staff(staff.bytes()),
                "signin.confirmed",
                String::new(),
            ))?;
            Ok::<_, StoreError>(())
        })
        .await
        .map_err(Failure::from)?;
    sessions(house)?.forget(&key);
    Ok(go_to(&wanted(next, home(house, user))))
}
