//! Which program asks, and for whom.
//!
//! A token acts for a worker: its rights are that worker's of the moment, narrowed by the token's scopes and by the
//! rows of the rights table for the role `api_token`; it has none of its own (rows AP-03 and N-200 onward). What is
//! known of a token is kept for [`FRESH`] and asked again after that; whether it is still in force is asked in the very
//! snapshot that answers, so that ending a token ends it at once, in every process.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use ::clients::Reader;
use access::log::{Actor, LogEntry};
use access::rights::{self, Question, RightsTable, Subject};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use identity::people::Staff;
use identity::tokens::{self, TokenId, TokenUser};
use kernel::time::{Date, SignedDuration, Timestamp, millis};
use store::{Ask, Hand, Logged, Query, Receipt, Row, ShowTx, StoreError, WriteTx, params};
use web::{Admission, BearerSource, BoxFuture, Failure, House, Needs, address_of};

use crate::refusal::Refusal;

/// How long what is known of a token, and of its worker's tasks, is used without asking again.
const FRESH: SignedDuration = SignedDuration::from_secs(5);
/// Use is written down at most so often.
const NOTED: SignedDuration = SignedDuration::from_mins(1);
/// Tokens known at once.
const KEPT: usize = 1_000;

/// What conditions a token meets once it has come through the door.
const GIVEN: [&str; 6] = [
    "acts_for_user",
    "user_rights_only",
    "no_own_rights",
    "named_owner",
    "scope_list",
    "ip_and_expiry",
];

struct Known {
    user: Arc<TokenUser>,
    read_at: Timestamp,
    noted_at: Option<Timestamp>,
}

/// The house's knowledge of tokens, put into its extras as [`web::Bearers`].
#[derive(Default)]
pub struct Tokens(Mutex<HashMap<[u8; 32], Known>>);

impl Tokens {
    /// For the house's extras.
    pub fn bearers() -> web::Bearers {
        web::Bearers(Arc::new(Self::default()))
    }

    fn known(&self, key: &[u8; 32], now: Timestamp) -> Option<Arc<TokenUser>> {
        let known = self.lock();
        let known = known.get(key)?;
        let age = now.duration_since(known.read_at);
        let fresh = age <= FRESH && age >= SignedDuration::ZERO;
        fresh.then(|| Arc::clone(&known.user))
    }

    fn remember(&self, key: [u8; 32], user: &Arc<TokenUser>, now: Timestamp) {
        let mut known = self.lock();
        if known.len() >= KEPT {
            known.retain(|_, one| one.read_at >= now - FRESH);
        }
        if known.len() < KEPT || known.contains_key(&key) {
            let noted_at = known.get(&key).and_then(|one| one.noted_at);
            let one = Known {
                user: Arc::clone(user),
                read_at: now,
                noted_at,
            };
            known.insert(key, one);
        }
    }

    /// Whether this use is to be written down; says so once a minute.
    fn to_note(&self, key: &[u8; 32], now: Timestamp) -> bool {
        let mut known = self.lock();
        let Some(one) = known.get_mut(key) else {
            return false;
        };
        let due = one
            .noted_at
            .is_none_or(|noted| now.duration_since(noted) > NOTED || noted > now);
        if due {
            one.noted_at = Some(now);
        }
        due
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Known>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn find(
        &self,
        house: &House,
        key: [u8; 32],
        bearer: &str,
    ) -> Result<Option<Arc<TokenUser>>, Failure> {
        let now = house.now();
        if let Some(user) = self.known(&key, now) {
            return Ok(Some(user));
        }
        let bearer = bearer.to_owned();
        let found = house
            .store
            .read(move |tx| tokens::authenticate(tx, &bearer, now))
            .await?
            .map(Arc::new);
        match &found {
            Some(user) => self.remember(key, user, now),
            None => {
                self.lock().remove(&key);
            }
        }
        Ok(found)
    }
}

/// The token of the header `Authorization: Bearer ...` (RFC 6750 2.1); other ways of presenting one are not taken.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let (only, second) = (values.next()?, values.next());
    let (scheme, token) = only.to_str().ok()?.split_once(' ')?;
    (second.is_none() && scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim())
}

impl BearerSource for Tokens {
    fn admit<'a>(
        &'a self,
        house: &'a House,
        parts: &'a mut Parts,
        needs: Needs,
    ) -> BoxFuture<'a, Result<Admission, Failure>> {
        Box::pin(async move {
            let Some(bearer) = bearer(&parts.headers) else {
                return Ok(Admission::Unknown);
            };
            let key = *blake3::hash(bearer.as_bytes()).as_bytes();
            let Some(user) = self.find(house, key, bearer).await? else {
                return Ok(Admission::Unknown);
            };
            let now = house.now();
            if user.expires_at <= now {
                return Ok(Admission::Unknown);
            }
            if !user.admits(address_of(house, parts)) {
                refused(house, user.id, "address").await?;
                return Ok(Admission::Unknown);
            }
            let right = match right(&user, needs, house.today()) {
                Ok(right) => right,
                Err(why) => {
                    refused(house, user.id, why).await?;
                    return Ok(Admission::Narrow);
                }
            };
            if self.to_note(&key, now) {
                let id = user.id;
                house
                    .store
                    .write(move |tx| tokens::note_use(tx, id, now))
                    .await?;
            }
            parts.extensions.insert(Caller { user, right });
            Ok(Admission::Open { key })
        })
    }
}

/// The row by which a token may do this at all, when its person could too; else why not.
fn right(user: &TokenUser, needs: Needs, on: Date) -> Result<&'static str, &'static str> {
    if !user.has_scope(needs.scope) {
        return Err("scope");
    }
    if user.acts_for.is_none() {
        return Err("nobody");
    }
    let table = RightsTable::built_in();
    if !table.may_ever(&user.subject, needs.class, needs.action, on) {
        return Err("person");
    }
    token_row(needs.class, needs.action, on)
        .map(|row| row.id.as_str())
        .ok_or("role")
}

/// The row of the role `api_token` for an action on a class.
fn token_row(class: &str, action: &str, on: Date) -> Option<&'static rights::Row> {
    let question = Question {
        subject: &Subject::outside("api_token"),
        class,
        action,
        service_task: "working_age",
        relations: &["token_grant"],
        given: &GIVEN,
        bars: &[],
        on,
    };
    RightsTable::built_in().decide(&question).row()
}

/// A token that came where it may not is a sign of a mistake or worse: it stands in the log under the token.
async fn refused(house: &House, token: TokenId, why: &str) -> Result<(), Failure> {
    house
        .store
        .log(LogEntry {
            at: house.now(),
            actor: Actor::Token(token.bytes()),
            event: REFUSED,
            right: Cow::Borrowed("default"),
            purpose: "P21",
            subjects: Vec::new(),
            detail: why.to_owned(),
            digest: None,
        })
        .await?;
    Ok(())
}

/// Log event of a token that came where it may not.
pub const REFUSED: &str = "token.refused";

/// The program behind a request and the worker for whom it acts. Only the door of [`web::Guard::Token`] makes these.
#[derive(Clone)]
pub struct Caller {
    user: Arc<TokenUser>,
    right: &'static str,
}

impl Caller {
    /// The token's id, to which cursors and keys are bound.
    pub fn token(&self) -> TokenId {
        self.user.id
    }

    /// The row of the rights table by which a token may do this at all.
    pub fn right(&self) -> &'static str {
        self.right
    }

    /// The rights that count.
    pub fn subject(&self) -> &Subject {
        &self.user.subject
    }

    /// The worker for whom it acts.
    ///
    /// # Errors
    /// A fault of ours: the door lets in no token without one.
    pub fn worker(&self) -> Result<&Staff, Failure> {
        let worker = self.user.acts_for.as_ref();
        worker.ok_or_else(|| Failure::internal("a token without a worker came through the door"))
    }

    /// The worker as the rules know a reader. A program never proves itself anew, so what asks for a strong session
    /// (protected details, exports, merges) stays shut.
    ///
    /// # Errors
    /// As [`Caller::worker`].
    pub fn reader(&self) -> Result<Reader, Failure> {
        let worker = self.worker()?;
        Ok(Reader {
            staff: worker.id,
            unit: worker.unit,
            subject: self.user.subject.clone(),
            strong: false,
        })
    }

    /// Reads client data in one snapshot. The answer comes with the proof that the reading is in the log.
    ///
    /// # Errors
    /// What the closure says; [`Refusal::Ended`] for a token that was ended meanwhile.
    pub async fn show<T: Send + 'static>(
        &self,
        house: &House,
        closure: impl FnOnce(&mut ShowTx<'_, '_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<(T, Logged), Refusal> {
        self.show_asked(house, Vec::new(), |tx, _| closure(tx))
            .await
    }

    /// As [`Caller::show`], with the rows of statements that are asked together with the token's own: what a token
    /// that is in force no more asked is thrown away unseen.
    ///
    /// # Errors
    /// As [`Caller::show`].
    pub async fn show_asked<T: Send + 'static>(
        &self,
        house: &House,
        asked: Vec<Ask>,
        closure: impl FnOnce(&mut ShowTx<'_, '_>, Vec<Vec<Row>>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<(T, Logged), Refusal> {
        let (id, hand, now) = (self.user.id, self.hand(), house.now());
        let receipt = house
            .store
            .show(move |tx| {
                let mut asked = asked;
                asked.push(ask_in_force(id, now));
                let mut rows = tx.query_all(&asked).map_err(Refusal::from)?;
                let in_force = rows.pop().unwrap_or_default();
                if in_force.is_empty() {
                    return Err(Refusal::Ended);
                }
                tx.by_hand(hand);
                closure(tx, rows)
            })
            .await?;
        logged(receipt)
    }

    /// Changes something. The answer comes with the proof that the change is in the log.
    ///
    /// # Errors
    /// As [`Caller::show`].
    pub async fn write<T: Send + 'static>(
        &self,
        house: &House,
        closure: impl FnOnce(&mut WriteTx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<(T, Logged), Refusal> {
        let (id, hand, now) = (self.user.id, self.hand(), house.now());
        let receipt = house
            .store
            .write(move |tx| {
                in_force(tx, id, now)?;
                tx.by_hand(hand);
                closure(tx)
            })
            .await?;
        logged(receipt)
    }

    fn hand(&self) -> Hand {
        Hand {
            token: self.user.id.bytes(),
            right: self.right,
        }
    }
}

fn logged<T>(receipt: Receipt<T>) -> Result<(T, Logged), Refusal> {
    let logged = receipt
        .logged
        .ok_or_else(|| Failure::internal("client data without a log entry"))?;
    Ok((receipt.value, logged))
}

/// Whether the token is in force in this very snapshot, and neither its owner nor its worker has left.
fn in_force(query: &mut impl Query, token: TokenId, now: Timestamp) -> Result<(), Refusal> {
    let ask = ask_in_force(token, now);
    let found = query
        .query_optional(&ask.sql, &ask.params)
        .map_err(|error: StoreError| Refusal::from(error))?;
    found.map(|_| ()).ok_or(Refusal::Ended)
}

fn ask_in_force(token: TokenId, now: Timestamp) -> Ask {
    Ask::new(
        "select 1 from api_token t join staff o on o.id = t.owner_id join staff w on w.id = t.acts_for where t.id = $1 and t.approved_at is not null and t.revoked_at is null and t.expires_at > $2 and (o.left_at is null or o.left_at > $2) and (w.left_at is null or w.left_at > $2)",
        params![token.bytes(), millis(now)],
    )
}

impl FromRequestParts<House> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &House) -> Result<Self, Failure> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Failure::internal("a route for programs without its guard"))
    }
}
