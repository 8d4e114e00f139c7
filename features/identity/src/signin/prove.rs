//! Whether a password, a code or a key is right: counted, slowed down and logged in one place.

use axum::http::HeaderMap;
use kernel::time::Timestamp;
use store::{Query, StoreError};
use web::{Failure, House, Visit};

use super::arrive::sessions;
use super::step::password_mark;
use crate::accounts::slow::{Attempt, Taken};
use crate::accounts::store::{Account, State, by_login, by_staff, use_recovery, use_step};
use crate::accounts::{codes, device, failed, open_totp, totp};
use crate::facts;
use crate::people::StaffId;
use crate::session::Method;

/// Stands for an account that does not exist.
const NOBODY: StaffId = StaffId::from_bytes([0; 16]);

/// What came of an attempt.
#[derive(Debug)]
pub(crate) enum Proof<T> {
    Right(T),
    Wrong,
    /// Too many wrong ones; try again after so many seconds.
    Wait(u64),
}

/// Attempts of one kind from one browser.
struct Tries<'a> {
    visit: &'a Visit,
    headers: &'a HeaderMap,
    kind: &'static str,
}

impl Tries<'_> {
    /// Counts an attempt at an account that may not exist.
    async fn take(
        &self,
        name: &[u8],
        staff: Option<StaffId>,
    ) -> Result<Result<Taken, u64>, Failure> {
        let house = &self.visit.house;
        let now = house.now();
        let known = match device::token(self.headers) {
            // Asked also for an account that does not exist, so that the time tells nothing.
            Some(token) => {
                let staff = staff.unwrap_or(NOBODY);
                house
                    .store
                    .read(move |tx| device::is_known(tx, token, staff, now))
                    .await?
                    .then_some(token)
            }
            None => None,
        };
        let attempt = Attempt {
            kind: self.kind,
            account: name,
            client: self.visit.client,
            device: known,
        };
        Ok(sessions(house)?.slow.take(&attempt, now))
    }
}

/// The account of a login name and password. A name that nobody has, an account that is closed and a wrong password
/// take the same work and give the same answer.
pub(crate) async fn password(
    visit: &Visit,
    headers: &HeaderMap,
    login: &str,
    password: &str,
) -> Result<Proof<Account>, Failure> {
    let house = &visit.house;
    let now = house.now();
    let name = login.trim().to_lowercase();
    let wanted = name.clone();
    let account = house
        .store
        .read(move |tx| usable(tx, now, |tx| by_login(tx, &wanted)))
        .await?;
    check_password(visit, headers, &name, account, password).await
}

/// The same for somebody signed in, who tells only the password.
pub(crate) async fn own_password(
    visit: &Visit,
    headers: &HeaderMap,
    staff: StaffId,
    password: &str,
) -> Result<Proof<Account>, Failure> {
    let house = &visit.house;
    let now = house.now();
    let account = house
        .store
        .read(move |tx| usable(tx, now, |tx| by_staff(tx, staff)))
        .await?;
    let name = account
        .as_ref()
        .map_or_else(String::new, |account| account.login.clone());
    check_password(visit, headers, &name, account, password).await
}

async fn check_password(
    visit: &Visit,
    headers: &HeaderMap,
    name: &str,
    account: Option<Account>,
    password: &str,
) -> Result<Proof<Account>, Failure> {
    let house = &visit.house;
    let tries = Tries {
        visit,
        headers,
        kind: "password",
    };
    let staff = account.as_ref().map(|account| account.staff);
    let taken = match tries.take(name.as_bytes(), staff).await? {
        Ok(taken) => taken,
        Err(seconds) => return Ok(Proof::Wait(seconds)),
    };
    let hash = account
        .as_ref()
        .and_then(|account| account.password.clone());
    let sessions = sessions(house)?;
    let right = sessions.hasher.matches(password, hash).await?;
    match account.filter(|_| right) {
        Some(account) => {
            sessions.slow.give_back(&taken);
            Ok(Proof::Right(account))
        }
        None => {
            log_failed(house, name, "password").await?;
            Ok(Proof::Wrong)
        }
    }
}

/// An account that may be signed in to: active, of somebody in service.
fn usable<Q: Query>(
    query: &mut Q,
    now: Timestamp,
    find: impl FnOnce(&mut Q) -> Result<Option<Account>, StoreError>,
) -> Result<Option<Account>, StoreError> {
    let account = find(query)?.filter(|account| account.state == State::Active);
    let staff = account.as_ref().map_or(NOBODY, |account| account.staff);
    let in_service = facts::subject(query, staff, now)?.is_some();
    Ok(account.filter(|_| in_service))
}

/// Somebody whose password was right a moment ago.
pub(crate) struct Known<'a> {
    pub staff: StaffId,
    pub login: &'a str,
    /// Which password that was, [`password_mark`].
    pub password: [u8; 32],
}

/// The second factor of somebody whose password was right: a code of the app, or a recovery code. Each works once, and
/// none when the password has been changed meanwhile.
pub(crate) async fn code(
    visit: &Visit,
    headers: &HeaderMap,
    known: Known<'_>,
    typed: &str,
) -> Result<Proof<Method>, Failure> {
    let house = &visit.house;
    let (staff, login, password) = (known.staff, known.login, known.password);
    let tries = Tries {
        visit,
        headers,
        kind: "code",
    };
    let taken = match tries.take(login.as_bytes(), Some(staff)).await? {
        Ok(taken) => taken,
        Err(seconds) => return Ok(Proof::Wait(seconds)),
    };
    let now = house.now();
    let secrets = house.secrets.clone();
    let typed = typed.to_owned();
    let used = house
        .store
        .write(move |tx| {
            let account = usable(tx, now, |tx| by_staff(tx, staff))?;
            let Some(account) = account.filter(|one| password_mark(one) == password) else {
                return Ok::<_, StoreError>(None);
            };
            if codes::looks_like_recovery(&typed) {
                let hash = codes::recovery_hash(&secrets, staff.bytes(), &typed);
                return Ok(use_recovery(tx, staff, hash, now)?.then_some(Method::Recovery));
            }
            let step = open_totp(&secrets, &account)
                .and_then(|secret| totp::accepted(&secret, &typed, account.totp_last, now));
            match step {
                Some(step) => Ok(use_step(tx, staff, step)?.then_some(Method::Code)),
                None => Ok(None),
            }
        })
        .await?
        .value;
    match used {
        Some(method) => {
            sessions(house)?.slow.give_back(&taken);
            Ok(Proof::Right(method))
        }
        None => {
            log_failed(house, login, "code").await?;
            Ok(Proof::Wrong)
        }
    }
}

/// Writes a failed attempt down.
pub(crate) async fn log_failed(
    house: &House,
    login: &str,
    reason: &'static str,
) -> Result<(), Failure> {
    let entry = failed(&house.secrets, house.now(), login, reason);
    house.store.log(entry).await?;
    Ok(())
}
