//! What the script of passkeys posts: signing in, adding; and without script naming and removing.

use axum::http::HeaderMap;
use web::{Answer, Failure, Form, House, Posted, Visit, go_to};

use super::account::{AccountPage, may_add_keys, refuse_narrowed};
use super::arrive::arrive;
use super::enter::SignInPage;
use super::prove::log_failed;
use super::refused;
use crate::accounts::keys::{self, Address, PasskeyId, Whose};
use crate::facts;
use crate::people::StaffId;
use crate::session::{CurrentUser, Method};
use crate::strong;

/// Longest name of a passkey.
const LONGEST_NAME: usize = 60;

/// Whose key has signed what was posted; in service, with an active account.
pub(super) async fn whose(
    house: &House,
    headers: &HeaderMap,
    posted: &Posted,
) -> Result<Whose, Failure> {
    let (Some(address), Some(answer)) = (Address::of(house, headers), keys::Answer::of(posted))
    else {
        return Ok(Whose::Nobody("malformed"));
    };
    let (secrets, now) = (house.secrets.clone(), house.now());
    let told = house
        .store
        .write(move |tx| {
            let whose = answer.whose(tx, &secrets, &address, now)?;
            if let Whose::Staff(staff) = whose
                && facts::subject(tx, staff, now)?.is_none()
            {
                return Ok::<_, store::StoreError>(Whose::Nobody("left"));
            }
            Ok(whose)
        })
        .await?
        .value;
    if let Whose::Nobody(reason) = told {
        log_failed(house, "", reason).await?;
    }
    Ok(told)
}

/// The message for a key that was not believed.
pub(super) const fn fault(whose: Whose) -> &'static str {
    match whose {
        Whose::Copied => "signin-passkey-copied",
        Whose::Staff(_) | Whose::Nobody(_) => "signin-passkey-wrong",
    }
}

/// `POST /sign-in/passkey`: a key that verified its person is both factors.
pub(super) async fn sign_in(visit: Visit, headers: HeaderMap, posted: Posted) -> Answer {
    let next = posted.value("next");
    match whose(&visit.house, &headers, &posted).await? {
        Whose::Staff(staff) => arrive(&visit, &headers, staff, Method::Passkey, next).await,
        other => {
            let mut form = Form::new();
            form.error("", fault(other));
            Ok(refused(SignInPage::new(&visit, &headers, form, next), None))
        }
    }
}

fn name_of(posted: &Posted, form: &mut Form) -> String {
    let typed = posted.value("name");
    form.set("name", typed);
    form.require("name", "account-passkey-name-missing", LONGEST_NAME)
}

/// `POST /account/passkeys`.
pub(super) async fn add(
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
    let mut form = Form::new();
    let name = name_of(&posted, &mut form);
    let made = Address::of(house, &headers)
        .zip(keys::Answer::of(&posted))
        .and_then(|(address, answer)| {
            let (key, challenge) = answer.new_key(house, &address, staff)?;
            Some((address, key, challenge))
        });
    let Some((address, key, challenge)) = made else {
        form.error("", "account-passkey-refused");
        return refuse(&visit, &headers, &user, form).await;
    };
    if form.is_valid() {
        let (clock, chance) = (house.clock.clone(), house.chance.clone());
        let kept = house
            .store
            .write(move |tx| {
                let now = clock.now();
                let full = keys::list(tx, staff)?.len() >= keys::MOST;
                let account = crate::accounts::store::by_staff(tx, staff)?;
                if full || account.is_none() || !keys::answer_once(tx, challenge, now)? {
                    return Ok::<_, store::StoreError>(false);
                }
                let (clock, chance) = (clock.as_ref(), chance.as_ref());
                keys::add(tx, clock, chance, staff, &address.host, &name, &key)?;
                Ok(true)
            })
            .await;
        match kept {
            Ok(receipt) if receipt.value => return Ok(go_to("/account#passkeys")),
            Ok(_) | Err(store::StoreError::Unique { .. }) => {
                form.error("", "account-passkey-refused");
            }
            Err(other) => return Err(other.into()),
        }
    }
    refuse(&visit, &headers, &user, form).await
}

async fn refuse(visit: &Visit, headers: &HeaderMap, user: &CurrentUser, form: Form) -> Answer {
    let page = AccountPage::load(visit, headers, user, form).await?;
    Ok(refused(page, None))
}

fn id_of(posted: &Posted) -> Result<PasskeyId, Failure> {
    posted.value("id").parse().map_err(|_| Failure::NotFound)
}

/// `POST /account/passkeys/rename`.
pub(super) async fn rename(
    visit: Visit,
    headers: HeaderMap,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let id = id_of(&posted)?;
    let mut form = Form::new();
    let name = name_of(&posted, &mut form);
    if form.has_errors() {
        return refuse(&visit, &headers, &user, form).await;
    }
    let staff: StaffId = user.staff.id;
    visit
        .house
        .store
        .write(move |tx| keys::rename(tx, staff, id, &name))
        .await?;
    Ok(go_to("/account#passkeys"))
}

/// `POST /account/passkeys/remove`.
pub(super) async fn remove(visit: Visit, user: CurrentUser, posted: Posted) -> Answer {
    let (id, staff, now) = (id_of(&posted)?, user.staff.id, visit.house.now());
    visit
        .house
        .store
        .write(move |tx| keys::remove(tx, staff, id, now))
        .await?;
    Ok(go_to("/account#passkeys"))
}
