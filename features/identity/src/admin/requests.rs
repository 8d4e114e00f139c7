//! Requests about an employee that wait for a second person: a code for the account, an identity code, the end of a
//! declared relative. The buttons stand on the employee's page beside those of tasks.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use kernel::identity_code::IdentityCode;
use kernel::time::Timestamp;
use web::{Answer, Failure, Form, House, Posted, Texts, Visit, go_to};

use super::account;
use super::person::{acting, open, open_fresh};
use super::{mark, notice, side};
use crate::IdentityKey;
use crate::facts::approval::{Refusal, Side};
use crate::facts::requests::{self, Approved, Kind, Waiting};
use crate::people::StaffId;
use crate::session::CurrentUser;
use crate::strong;

/// The field in which the second person types the identity code.
pub const FIELD: &str = "same_code";

/// A request in the words of the page.
pub struct Asked {
    pub id: i64,
    pub what: String,
    pub words: String,
    pub about: String,
    /// The reader may decide it.
    pub mine: bool,
    /// The approver types the identity code as well.
    pub types: bool,
}

impl Asked {
    pub fn new(
        one: &Waiting,
        name: &str,
        reader: Option<(StaffId, Side)>,
        leads_own_unit: bool,
        t: &Texts,
        now: Timestamp,
    ) -> Self {
        let key = match one.kind {
            Kind::Invitation => "invitation",
            Kind::IdentityCode => "identity",
            Kind::BarWithdrawal => "withdrawal",
        };
        let login = one.login.as_deref().unwrap_or_default();
        Self {
            id: one.id,
            what: t.with(&format!("admin-asked-{key}"), &[("login", login.into())]),
            words: t.get(&format!("admin-asked-{key}-words")),
            about: t.with(
                "admin-asked-about",
                &[("who", name.into()), ("when", t.when(one.at, now).into())],
            ),
            mine: reader.is_some_and(|(reader, side)| {
                requests::may_decide(one, reader, side, leads_own_unit).is_ok()
            }),
            types: one.kind == Kind::IdentityCode,
        }
    }
}

/// What came of a press.
enum Outcome {
    Refused(Refusal),
    Failed(Failure),
}

impl From<Refusal> for Outcome {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Failure> for Outcome {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<store::StoreError> for Outcome {
    fn from(error: store::StoreError) -> Self {
        Self::Failed(error.into())
    }
}

/// The request of an address and whose it is, when the reader may decide about that employee.
async fn about(
    house: &House,
    user: &CurrentUser,
    id: &str,
) -> Result<(i64, StaffId, Option<Kind>), Failure> {
    let number: i64 = id.parse().map_err(|_| Failure::NotFound)?;
    let (reader, now) = (user.clone(), house.now());
    house
        .store
        .read(move |tx| {
            let person = requests::person_of(tx, number)?.ok_or(Failure::NotFound)?;
            acting(tx, &reader, "approve", person, now)?;
            let kind = requests::find(tx, number, now)?.map(|one| one.kind);
            Ok::<_, Failure>((number, person, kind))
        })
        .await
}

/// `POST /admin/requests/{id}/approve`: the answer to an approved code is the only page that ever holds it, and the
/// approver hands it over.
pub async fn approve(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    headers: HeaderMap,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let (number, person, kind) = about(&house, &user, &id).await?;
    if kind == Some(Kind::Invitation) {
        strong::require(&house, &user)?;
    }
    let typed = IdentityCode::from_input(posted.value(FIELD))
        .ok()
        .map(|code| IdentityKey::of(&house.secrets).hash(&code));
    let (by, inside, now, side) = (user.clone(), house.clone(), house.now(), side(&user));
    let done = house
        .store
        .write(move |tx| {
            let acting = acting(tx, &by, "approve", person, now)?;
            let chance = inside.chance.as_ref();
            Ok::<_, Outcome>(requests::approve(tx, chance, &acting, side, number, typed)?)
        })
        .await;
    match done.map(|receipt| receipt.value) {
        Ok(Approved::Code { invited, login }) => {
            let fresh = account::fresh(&house, &headers, invited, login);
            open_fresh(&house, &visit, &user, person, fresh).await
        }
        Ok(Approved::Done) => Ok(go_to(&format!("/admin/people/{person}?done=approved"))),
        Err(Outcome::Failed(failure)) => Err(failure),
        Err(Outcome::Refused(refusal)) if kind == Some(Kind::IdentityCode) => {
            let mut form = Form::new();
            mark(&mut form, FIELD, refusal, &visit.t())?;
            open(&house, &visit, &user, person, form, None).await
        }
        Err(Outcome::Refused(refusal)) => {
            let code = notice::code(refusal)?;
            Ok(go_to(&format!("/admin/people/{person}?done={code}")))
        }
    }
}

/// `POST /admin/requests/{id}/refuse`
pub async fn refuse(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    _: Posted,
) -> Answer {
    let (number, person, _) = about(&house, &user, &id).await?;
    let now = house.now();
    let done = house
        .store
        .write(move |tx| {
            let acting = acting(tx, &user, "approve", person, now)?;
            Ok::<_, Outcome>(requests::refuse(tx, &acting, number)?)
        })
        .await;
    let code = match done {
        Ok(_) => "refused",
        Err(Outcome::Failed(failure)) => return Err(failure),
        Err(Outcome::Refused(refusal)) => notice::code(refusal)?,
    };
    Ok(go_to(&format!("/admin/people/{person}?done={code}")))
}
