//! Sessions: who is behind a request.
//!
//! The token is only in the user's cookie; the store has its digest. What a session knows is kept in
//! memory for a few seconds, so that a page costs no statement for it, and is read again after that:
//! an ended session or employment stops working at once on this server's own sign-out and within
//! [`FRESH`] otherwise.

mod life;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use access::log::{Actor, LogEntry};
use access::rights::{RightsTable, Subject};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::time::{SignedDuration, Timestamp, day, from_millis, millis};
use store::{Query, StoreError, WriteTx, params};
use web::{BoxFuture, Failure, House, Session, SessionSource, cookie};

use crate::accounts::Hasher;
use crate::accounts::held;
use crate::accounts::slow::Slow;
use crate::facts;
use crate::people::{self, Staff, Unit};

pub(crate) use life::{Open, list_open, prove};
pub use life::{Start, begin, begin_as, end, end_rows};

/// Name of the session cookie.
pub const COOKIE: &str = "noste_session";
/// A session ends when it has not been used for so long.
pub const IDLE: SignedDuration = SignedDuration::from_hours(8);
/// A session ends so long after it began, however much it is used: a token that has leaked, or a screen left open, is
/// not good for ever. Longer than any working shift with its overtime.
pub const LIFE: SignedDuration = SignedDuration::from_hours(12);
/// Requests that open pages make by themselves; nobody need be at the screen, so they are no use of the session.
const UNATTENDED: [&str; 2] = ["/live", "/contacts/list"];
/// Use is written down at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);
/// How long a session is believed without reading it again.
pub const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// Sessions kept in memory at most; the oldest reading goes first.
const KEPT: usize = 10_000;

/// The signed-in worker. Take it as an argument of a handler: nobody gets in without a session.
#[derive(Debug, Clone)]
pub struct CurrentUser {
    pub staff: Staff,
    pub unit: Unit,
    pub subject: Subject,
    /// Digest of the session's token.
    pub session: [u8; 32],
    /// How the session began.
    pub method: Method,
    /// When the person last proved who she is with two factors or a passkey; see [`crate::strong`].
    pub strong_at: Option<Timestamp>,
    /// The county's directory has left only some of the person's tasks for this session.
    pub narrowed: bool,
    /// The session's choices (filters of lists), a JSON object by feature.
    pub choices: String,
}

impl CurrentUser {
    /// The choices that a feature has kept in the session.
    pub fn choice<T: serde::de::DeserializeOwned + Default>(&self, feature: &str) -> T {
        serde_json::from_str::<serde_json::Value>(&self.choices)
            .ok()
            .and_then(|mut all| all.get_mut(feature).map(serde_json::Value::take))
            .and_then(|value| serde_json::from_value(value).ok())
            .unwrap_or_default()
    }
}

impl FromRequestParts<House> for CurrentUser {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Arc<Self>>()
            .map(|user| Self::clone(user))
            .ok_or(Failure::SignedOut)
    }
}

struct Known {
    user: Arc<CurrentUser>,
    read_at: Timestamp,
    /// The last use that has been written down.
    seen_at: Timestamp,
}

/// How a session began.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// As an artificial person of the demo.
    Demo,
    /// Password and a time-based code.
    Code,
    /// Password and a recovery code.
    Recovery,
    Passkey,
    /// With an invitation.
    Invitation,
    /// By the county's own directory.
    Directory,
}

impl Method {
    const ALL: [Self; 6] = [
        Self::Demo,
        Self::Code,
        Self::Recovery,
        Self::Passkey,
        Self::Invitation,
        Self::Directory,
    ];

    /// The code in the store; messages `account-method-…` name it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Code => "code",
            Self::Recovery => "recovery",
            Self::Passkey => "passkey",
            Self::Invitation => "invitation",
            Self::Directory => "directory",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.code() == code)
    }
}

/// The house's sessions, and what slows down those who guess. One for each house.
#[derive(Default)]
pub struct Sessions {
    known: Mutex<HashMap<[u8; 32], Known>>,
    pub(crate) slow: Slow,
    pub(crate) hasher: Hasher,
}

impl Sessions {
    /// Sessions with a hasher of one's own: tests take one that costs little.
    pub fn with_hasher(hasher: Hasher) -> Self {
        Self {
            hasher,
            ..Self::default()
        }
    }

    /// Makes and compares the hashes of passwords.
    pub const fn hasher(&self) -> &Hasher {
        &self.hasher
    }

    /// What is known, when it is fresh and there is no use to write down.
    fn known(&self, key: &[u8; 32], now: Timestamp, used: bool) -> Option<Arc<CurrentUser>> {
        let known = self.lock();
        let known = known.get(key)?;
        let age = now.duration_since(known.read_at);
        let fresh = age <= FRESH && age >= SignedDuration::ZERO;
        let noted = !used || now.duration_since(known.seen_at) <= NOTED;
        (fresh && noted).then(|| Arc::clone(&known.user))
    }

    fn remember(&self, user: &Arc<CurrentUser>, now: Timestamp, seen_at: Timestamp) {
        let mut known = self.lock();
        if known.len() >= KEPT {
            let limit = now - FRESH;
            known.retain(|_, one| one.read_at >= limit);
        }
        if known.len() < KEPT {
            known.insert(
                user.session,
                Known {
                    user: Arc::clone(user),
                    read_at: now,
                    seen_at,
                },
            );
        }
    }

    /// Forgets what is known of a session, so that the next request reads it again.
    pub fn forget(&self, key: &[u8; 32]) {
        self.lock().remove(key);
    }

    /// Forgets every session of an employee whose rights, employment or sessions have changed.
    pub fn forget_staff(&self, staff: people::StaffId) {
        self.lock().retain(|_, known| known.user.staff.id != staff);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The digest of a token that looks like one.
fn key_of(token: &str) -> Option<[u8; 32]> {
    let plain = token.len() == 64 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    plain.then(|| *blake3::hash(token.as_bytes()).as_bytes())
}

impl SessionSource for Sessions {
    fn load<'a>(
        &'a self,
        house: &'a House,
        parts: &'a mut Parts,
    ) -> BoxFuture<'a, Result<Option<Session>, Failure>> {
        Box::pin(async move {
            let Some(key) = cookie(&parts.headers, COOKIE).and_then(key_of) else {
                return Ok(None);
            };
            let now = house.now();
            let used = !UNATTENDED.contains(&parts.uri.path());
            let user = match self.known(&key, now, used) {
                Some(user) => user,
                None => {
                    let Some((user, seen_at)) = read(house, key, now, used).await? else {
                        return Ok(None);
                    };
                    self.remember(&user, now, seen_at);
                    user
                }
            };
            parts.extensions.insert(Arc::clone(&user));
            Ok(Some(Session {
                key,
                owner: user.staff.id.bytes(),
                name: user.staff.name.clone(),
                title_key: format!("title-{}", user.staff.title),
            }))
        })
    }

    fn hold<'a>(
        &'a self,
        house: &'a House,
        mark: web::token::Mark,
        typed: web::Typed,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        Box::pin(async move { held::keep(house, mark, typed).await.map(Some) })
    }

    fn may(&self, house: &House, session: &Session, class: &str, action: &str) -> bool {
        let today = house.today();
        let subject = self
            .lock()
            .get(&session.key)
            .map(|known| Arc::clone(&known.user));
        subject.is_some_and(|user| {
            RightsTable::built_in().may_ever(&user.subject, class, action, today)
        })
    }
}

/// The session as the store has it, and its last use; `used` writes down that this is one.
async fn read(
    house: &House,
    key: [u8; 32],
    now: Timestamp,
    used: bool,
) -> Result<Option<(Arc<CurrentUser>, Timestamp)>, Failure> {
    let found = house
        .store
        .read(move |tx| {
            let row = tx.query_optional(
                "select staff_id, seen_at, choices, began_at, method, strong_at, only_tasks from session where token_hash = $1 and ended_at is null",
                &params![key],
            )?;
            let Some(row) = row else { return Ok::<_, StoreError>(None) };
            let id = people::StaffId::from_bytes(row.get(0)?);
            let staff = people::lookup_staff(tx, id)?;
            // Rights are decided by the facts of this moment, whatever the lists still say.
            let subject = facts::subject(tx, id, now)?;
            let units = people::list_units(tx)?;
            Ok(staff.zip(subject).and_then(|(staff, subject)| {
                let unit = units.into_iter().find(|unit| unit.id == staff.unit)?;
                Some((staff, subject, unit, row))
            }))
        })
        .await?;
    let Some((staff, subject, unit, row)) = found else {
        return Ok(None);
    };
    let mut seen = from_millis(row.get(1)?);
    let began = from_millis(row.get(3)?);
    let left = staff.ended_on.is_some_and(|last| last < day(now));
    if left || now.duration_since(seen) > IDLE || now.duration_since(began) > LIFE {
        return Ok(None);
    }
    if used && now.duration_since(seen) > NOTED {
        house
            .store
            .write(move |tx| {
                tx.execute(
                    "update session set seen_at = $2 where token_hash = $1",
                    &params![key, millis(now)],
                )
            })
            .await?;
        seen = now;
    }
    let mut subject = subject;
    let only_tasks = row.get::<Option<String>>(6)?;
    if let Some(only) = &only_tasks {
        narrow(&mut subject, |task| only.split(' ').any(|one| one == task));
    }
    let user = CurrentUser {
        subject,
        staff,
        unit,
        session: key,
        method: Method::from_code(&row.get::<String>(4)?).ok_or_else(people::unreadable)?,
        strong_at: row.get::<Option<i64>>(5)?.map(from_millis),
        narrowed: only_tasks.is_some(),
        choices: row.get(2)?,
    };
    Ok(Some((Arc::new(user), seen)))
}

/// Leaves only the tasks that the county's directory names. It narrows and never widens: what every employee has
/// stays.
pub(crate) fn narrow(subject: &mut Subject, named: impl Fn(&str) -> bool) {
    subject.tasks.retain(|task| task == "staff" || named(task));
}

/// Coming and going open no client's data, so no row of the rights table stands behind them.
fn entry(at: Timestamp, staff: people::StaffId, event: &'static str) -> LogEntry {
    LogEntry {
        at,
        actor: Actor::Staff(staff.bytes()),
        event,
        right: Cow::Borrowed("public"),
        purpose: "P08",
        subjects: Vec::new(),
        detail: String::new(),
        digest: None,
    }
}

/// Keeps a feature's choices in the session.
///
/// # Errors
/// When the engine fails.
pub async fn keep_choice<T: serde::Serialize>(
    house: &House,
    sessions: &Sessions,
    user: &CurrentUser,
    feature: &'static str,
    choice: &T,
) -> Result<(), Failure> {
    let value = serde_json::to_value(choice).map_err(Failure::internal)?;
    let key = user.session;
    house
        .store
        .write(move |tx| put_choice(tx, key, feature, value))
        .await?;
    sessions.forget(&key);
    Ok(())
}

fn put_choice(
    tx: &mut WriteTx<'_>,
    key: [u8; 32],
    feature: &str,
    value: serde_json::Value,
) -> Result<(), StoreError> {
    let row = tx.query_optional(
        "select choices from session where token_hash = $1",
        &params![key],
    )?;
    let Some(row) = row else { return Ok(()) };
    let mut all: serde_json::Map<String, serde_json::Value> =
        serde_json::from_str(&row.get::<String>(0)?).unwrap_or_default();
    all.insert(feature.to_owned(), value);
    let text = serde_json::Value::Object(all).to_string();
    tx.execute(
        "update session set choices = $2 where token_hash = $1",
        &params![key, text],
    )?;
    Ok(())
}
