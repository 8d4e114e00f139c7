//! `/sign-in/first`: an invitation becomes a password, an app for codes, and recovery codes. Nothing is stored before
//! the app's first code is right, so who stops on the way begins again with the same invitation.

use access::log::Actor;
use askama::Template;
use axum::http::HeaderMap;
use store::{StoreError, WriteTx, params};
use web::{Answer, Failure, Form, House, Page, Posted, Visit, go_to};

use super::arrive::{begin, home_to_be, sessions};
use super::prove::log_failed;
use super::recovery::RecoveryPage;
use super::refused;
use super::step::{self, Step};
use crate::accounts::{self, codes, device, entry, invite, password, totp};
use crate::facts;
use crate::notices;
use crate::people::StaffId;
use crate::session::{self, Method};

#[derive(Template)]
#[template(path = "signin_first.html")]
struct FirstPage {
    page: Page,
    form: Form,
    shortest: usize,
}

fn first_page(visit: &Visit, form: Form) -> FirstPage {
    FirstPage {
        page: visit.page("signin-first-title"),
        form,
        shortest: password::SHORTEST,
    }
}

/// `GET /sign-in/first`.
pub(super) async fn show(visit: Visit) -> Answer {
    Ok(web::page(first_page(&visit, Form::new())))
}

/// Checks a new password and its repetition; the passwords never go back into a page.
pub(super) fn check_new(form: &mut Form, posted: &Posted, login: &str) -> bool {
    if let Some(fault) = password::fault(posted.value("password"), login) {
        let shortest = password::SHORTEST;
        form.error_with("password", fault, vec![("shortest", shortest.into())]);
    } else if posted.value("password") != posted.value("again") {
        form.error("again", "account-password-again-differs");
    }
    form.is_valid()
}

/// `POST /sign-in/first`: the code of the invitation and a new password.
pub(super) async fn invitation(visit: Visit, posted: Posted) -> Answer {
    let house = &visit.house;
    let typed = posted.value("invitation").to_owned();
    let mut form = Form::new();
    form.set("invitation", typed.as_str());
    let (hash, now) = (codes::invitation_hash(&typed), house.now());
    let found = house
        .store
        .read(move |tx| {
            let Some(staff) = invite::find(tx, hash, now)? else {
                return Ok::<_, StoreError>(None);
            };
            let in_service = facts::subject(tx, staff, now)?.is_some();
            Ok(accounts::store::by_staff(tx, staff)?.filter(|_| in_service))
        })
        .await?;
    let Some(account) = found else {
        if typed.trim().is_empty() {
            form.error("invitation", "signin-invitation-missing");
        } else {
            log_failed(house, "", "invitation").await?;
            form.error("invitation", "signin-invitation-wrong");
        }
        return Ok(refused(first_page(&visit, form), None));
    };
    if !check_new(&mut form, &posted, &account.login) {
        return Ok(refused(first_page(&visit, form), None));
    }
    let chance = house.chance.as_ref();
    let password = sessions(house)?
        .hasher
        .hash(chance, posted.value("password"))
        .await?;
    let step = Step::First {
        invitation: hash,
        staff: account.staff.bytes(),
        login: account.login,
        password,
        secret: totp::secret(chance),
    };
    step::set(house, go_to("/sign-in/first/code"), step)
}

/// A page that shows the secret of an app, as a picture and in letters, and asks for its first code.
#[derive(Template)]
#[template(path = "signin_app.html")]
pub(super) struct AppPage {
    page: Page,
    form: Form,
    action: &'static str,
    login: String,
    qr: Option<totp::Qr>,
    secret: String,
    /// First sign-in and not a change.
    first: bool,
}

impl AppPage {
    pub(super) fn new(visit: &Visit, form: Form, login: &str, secret: &[u8], first: bool) -> Self {
        let county = visit.house.county.name(visit.language);
        let issuer = if county.is_empty() { "Noste" } else { county };
        Self {
            page: visit.page("signin-app-title"),
            form,
            action: if first {
                "/sign-in/first/code"
            } else {
                "/account/app"
            },
            login: login.to_owned(),
            qr: totp::qr(&totp::uri(secret, login, issuer)),
            secret: totp::written(secret),
            first,
        }
    }
}

/// `GET /sign-in/first/code`.
pub(super) async fn show_app(visit: Visit, headers: HeaderMap) -> Answer {
    match step::read(&visit.house, &headers) {
        Some(Step::First { login, secret, .. }) => {
            let page = AppPage::new(&visit, Form::new(), &login, &secret, true);
            Ok(web::page(page))
        }
        _ => Ok(go_to("/sign-in/first")),
    }
}

/// `POST /sign-in/first/code`: the first code of the app opens the account and signs in.
pub(super) async fn app(visit: Visit, headers: HeaderMap, posted: Posted) -> Answer {
    let house = &visit.house;
    let Some(Step::First {
        invitation,
        staff,
        login,
        password,
        secret,
    }) = step::read(house, &headers)
    else {
        return Ok(go_to("/sign-in/first"));
    };
    let staff = StaffId::from_bytes(staff);
    let Some(used) = totp::accepted(&secret, posted.value("code"), 0, house.now()) else {
        let mut form = Form::new();
        form.error("code", "signin-app-code-wrong");
        let page = AppPage::new(&visit, form, &login, &secret, true);
        return Ok(refused(page, None));
    };
    let recovery = codes::recovery(house.chance.as_ref());
    let opening = Opening {
        staff,
        invitation,
        password,
        sealed: accounts::seal_totp(house, staff, &secret),
        step: used,
        recovery: recovery_hashes(house, staff, &recovery),
    };
    let now = house.now();
    let opened = house.store.write(move |tx| opening.open(tx, now)).await?;
    if !opened.value {
        let mut form = Form::new();
        form.error("invitation", "signin-invitation-wrong");
        return Ok(refused(first_page(&visit, form), None));
    }
    sessions(house)?.forget_staff(staff);
    let home = home_to_be(house, staff, None).await?;
    let page = RecoveryPage::new(&visit, recovery, home);
    begin(&visit, &headers, staff, Method::Invitation, web::page(page)).await
}

/// The digests under which recovery codes are kept.
pub(super) fn recovery_hashes(house: &House, staff: StaffId, codes: &[String]) -> Vec<[u8; 32]> {
    codes
        .iter()
        .map(|code| codes::recovery_hash(&house.secrets, staff.bytes(), code))
        .collect()
}

/// Everything with which an account is opened, for the first time or anew.
struct Opening {
    staff: StaffId,
    invitation: [u8; 32],
    password: String,
    sealed: Vec<u8>,
    step: i64,
    recovery: Vec<[u8; 32]>,
}

impl Opening {
    /// False when the invitation has been used or has ended meanwhile. Whatever opened the account before, opens
    /// nothing after: an invitation is also how a stolen account is taken back.
    fn open(self, tx: &mut WriteTx<'_>, now: kernel::time::Timestamp) -> Result<bool, Failure> {
        if !invite::consume(tx, self.invitation, now)? {
            return Ok(false);
        }
        let staff = self.staff;
        accounts::store::set_password(tx, staff, &self.password, now)?;
        accounts::store::set_totp(tx, staff, self.sealed, self.step, now)?;
        accounts::store::replace_recovery(tx, staff, &self.recovery)?;
        tx.execute(
            "delete from passkey where staff_id = $1",
            &params![staff.bytes()],
        )?;
        tx.execute(
            "update account set state = 'active' where staff_id = $1",
            &params![staff.bytes()],
        )?;
        device::forget_all(tx, staff)?;
        session::end_rows(tx, staff, None, now)?;
        tx.log(entry(
            now,
            Actor::Staff(staff.bytes()),
            "account.opened",
            String::new(),
        ))?;
        notices::settle(tx, notices::Kind::CodeMade, staff, now)?;
        notices::tell_all(tx, notices::Kind::AccountOpened, staff, None, now)?;
        Ok(true)
    }
}
