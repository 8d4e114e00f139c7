//! `/sign-in`: name and password, then the second factor.

use askama::Template;
use axum::extract::Query;
use axum::http::HeaderMap;
use serde::Deserialize;
use web::{Answer, Form, Page, Posted, Visit, go_to};

use super::arrive::{arrive, home_of_visit, wanted};
use super::directory::{directory, way};
use super::prove::{self, Known, Proof};
use super::step::{self, Step};
use super::{refused, waits};
use crate::accounts::keys::{Address, get_options};
use crate::people::StaffId;

/// Where somebody was going.
#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    pub next: String,
}

#[derive(Template)]
#[template(path = "signin.html")]
pub(super) struct SignInPage {
    page: Page,
    form: Form,
    next: String,
    /// Options of a passkey; empty without a host name.
    options: String,
    /// Somebody was led here from a page.
    asked: bool,
    /// The county's own directory as people know it; empty when there is none.
    directory: String,
    /// Where the directory's sign-in begins.
    directory_way: String,
}

impl SignInPage {
    pub(super) fn new(visit: &Visit, headers: &HeaderMap, form: Form, next: &str) -> Self {
        let address = Address::of(&visit.house, headers);
        Self {
            page: visit.page("signin-title"),
            form,
            next: next.to_owned(),
            options: address
                .map_or_else(String::new, |address| get_options(&visit.house, &address)),
            asked: !next.is_empty(),
            directory: directory(&visit.house).map_or_else(String::new, |one| one.name.clone()),
            directory_way: way(next),
        }
    }
}

/// `GET /sign-in`.
pub(super) async fn show(visit: Visit, headers: HeaderMap, Query(query): Query<Next>) -> Answer {
    if let Some(home) = home_of_visit(&visit)? {
        return Ok(go_to(&wanted(&query.next, home)));
    }
    Ok(web::page(SignInPage::new(
        &visit,
        &headers,
        Form::new(),
        &query.next,
    )))
}

/// `POST /sign-in`: a right password leads to the second factor, anything else back with the same words.
pub(super) async fn password(visit: Visit, headers: HeaderMap, posted: Posted) -> Answer {
    let (login, next) = (posted.value("login"), posted.value("next"));
    // The password never goes back into a page.
    let mut form = Form::new();
    form.set("login", login);
    if login.trim().is_empty() {
        form.error("login", "signin-login-missing");
    }
    if posted.value("password").is_empty() {
        form.error("password", "signin-password-missing");
    }
    if form.has_errors() {
        return Ok(refused(SignInPage::new(&visit, &headers, form, next), None));
    }
    let wait = match prove::password(&visit, &headers, login, posted.value("password")).await? {
        Proof::Right(account) => {
            let step = Step::Code {
                staff: account.staff.bytes(),
                password: step::password_mark(&account),
                login: account.login,
                next: next.to_owned(),
            };
            return step::set(&visit.house, go_to("/sign-in/code"), step);
        }
        Proof::Wrong => {
            form.error("", "signin-wrong");
            None
        }
        Proof::Wait(seconds) => {
            waits(&mut form, seconds);
            Some(seconds)
        }
    };
    Ok(refused(SignInPage::new(&visit, &headers, form, next), wait))
}

#[derive(Template)]
#[template(path = "signin_code.html")]
struct CodePage {
    page: Page,
    form: Form,
    next: String,
    options: String,
}

impl CodePage {
    fn new(visit: &Visit, headers: &HeaderMap, form: Form, next: String) -> Self {
        let address = Address::of(&visit.house, headers);
        Self {
            page: visit.page("signin-code-title"),
            form,
            next,
            options: address
                .map_or_else(String::new, |address| get_options(&visit.house, &address)),
        }
    }
}

/// `GET /sign-in/code`.
pub(super) async fn show_code(visit: Visit, headers: HeaderMap) -> Answer {
    match step::read(&visit.house, &headers) {
        Some(Step::Code { next, .. }) => Ok(web::page(CodePage::new(
            &visit,
            &headers,
            Form::new(),
            next,
        ))),
        _ => Ok(go_to("/sign-in")),
    }
}

/// `POST /sign-in/code`: a code of the app or a recovery code.
pub(super) async fn code(visit: Visit, headers: HeaderMap, posted: Posted) -> Answer {
    let Some(Step::Code {
        staff,
        login,
        password,
        next,
    }) = step::read(&visit.house, &headers)
    else {
        return Ok(go_to("/sign-in"));
    };
    let staff = StaffId::from_bytes(staff);
    let mut form = Form::new();
    let typed = posted.value("code");
    if typed.trim().is_empty() {
        form.error("code", "signin-code-missing");
        return Ok(refused(CodePage::new(&visit, &headers, form, next), None));
    }
    let known = Known {
        staff,
        login: &login,
        password,
    };
    let wait = match prove::code(&visit, &headers, known, typed).await? {
        Proof::Right(method) => return arrive(&visit, &headers, staff, method, &next).await,
        Proof::Wrong => {
            form.error("code", "signin-code-wrong");
            None
        }
        Proof::Wait(seconds) => {
            waits(&mut form, seconds);
            Some(seconds)
        }
    };
    Ok(refused(CodePage::new(&visit, &headers, form, next), wait))
}
