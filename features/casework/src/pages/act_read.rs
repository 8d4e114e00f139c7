//! What each act's form asks, and the act it becomes.

use clients::{ClientId, Reader};
use identity::people::StaffId;
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use kernel::time::Timestamp;
use store::WriteTx;
use web::{Failure, Form, House};

use crate::domain::{CloseReason, ExecutionStep, Heard, MatterError, MatterId, NoOwnWorker};
use crate::glue::casework;
use crate::pages::act_form::Act;
use crate::pages::colleagues::{choose, colleagues_of};
use crate::pages::new::{at, past_day};
use crate::store::clocks::{self, Execution};
use crate::store::ending::{self, Closing, Voice};
use crate::store::follow_up::{self, NewFollowUp};
use crate::store::offers::{self, NewOffer, Receiver};
use crate::store::view::Shown;
use crate::store::workers::{self, OwnWorker, Substitute};
use crate::store::{Casework, holding, joint, relation};

/// Longest text.
const LONG: usize = 8_000;
/// Longest reason or short text.
const SHORT: usize = 1_000;

/// An act that has been read from its form.
#[derive(Debug, Clone)]
pub enum Wanted {
    TakeOver(String),
    Offer(NewOffer),
    Worker(StaffId, String),
    OwnWorker(ClientId, OwnWorker),
    NoOwnWorker(ClientId, NoOwnWorker, String),
    Substitute(Substitute),
    Client(ClientId),
    ClientLeave(ClientId, String),
    Part(ClientId, String),
    Execution(Execution),
    Close(Closing),
}

impl Wanted {
    /// Does it, in the caller's transaction.
    ///
    /// # Errors
    /// The act's refusal.
    pub fn run(
        self,
        tx: &mut WriteTx<'_>,
        casework: &Casework,
        reader: &Reader,
        matter: MatterId,
    ) -> Result<(), MatterError> {
        match self {
            Self::TakeOver(reason) => holding::take_over(tx, casework, reader, matter, &reason),
            Self::Offer(new) => offers::make(tx, casework, reader, matter, &new).map(drop),
            Self::Worker(staff, task) => workers::join(tx, casework, reader, matter, staff, &task),
            Self::OwnWorker(client, naming) => {
                workers::name_own_worker(tx, casework, reader, matter, client, &naming)
            }
            Self::NoOwnWorker(client, reason, words) => {
                workers::waive_own_worker(tx, casework, reader, matter, client, reason, &words)
            }
            Self::Substitute(substitute) => {
                workers::name_substitute(tx, casework, reader, matter, &substitute)
            }
            Self::Client(client) => joint::join(tx, casework, reader, matter, client),
            Self::ClientLeave(client, reason) => {
                joint::leave(tx, casework, reader, matter, client, &reason)
            }
            Self::Part(client, part) => {
                joint::write_part(tx, casework, reader, matter, client, &part)
            }
            Self::Execution(done) => clocks::execution(tx, casework, reader, matter, &done),
            Self::Close(closing) => ending::close(tx, casework, reader, matter, &closing),
        }
    }
}

/// What the form holds before anybody has typed.
pub fn preset(house: &House, act: Act, shown: &Shown, form: &mut Form) {
    let only = match shown.view.clients.as_slice() {
        [only] => Some(only),
        _ => None,
    };
    if let Some(card) = only {
        form.set("client", card.id.to_string());
    }
    let today = house.today();
    let written = format!("{}.{}.{}", today.day(), today.month(), today.year());
    match act {
        Act::OwnWorker => {
            form.set("how", "named");
            form.set("from", written);
        }
        Act::Substitute => form.set("from", written),
        Act::Execution => form.set("on", written),
        Act::Part => {
            if let Some(part) = only.and_then(|card| card.part.as_deref()) {
                form.set("body", part);
            }
        }
        _ => {}
    }
}

/// Reads the form; what is wrong is marked in it.
///
/// # Errors
/// When the store fails.
pub async fn read(
    house: &House,
    user: &CurrentUser,
    matter: MatterId,
    act: Act,
    form: &mut Form,
) -> Result<Option<Wanted>, Failure> {
    let here = (house, user, matter);
    Ok(match act {
        Act::TakeOver => {
            let reason = form.require("body", "matter-reason-missing", SHORT);
            Some(Wanted::TakeOver(reason))
        }
        Act::Offer => offer(here, form).await?,
        Act::Worker => {
            let staff = staff(here, form, Who::Worker).await?;
            let task = form.optional("task", 200).unwrap_or_default();
            staff.map(|staff| Wanted::Worker(staff, task))
        }
        Act::OwnWorker => own_worker(here, form).await?,
        Act::Substitute => substitute(here, form).await?,
        Act::Client => join(house, user, form).await?,
        Act::ClientLeave => {
            let reason = form.require("body", "matter-reason-missing", SHORT);
            client(form).map(|client| Wanted::ClientLeave(client, reason))
        }
        Act::Part => {
            let part = form.require("body", "matter-part-missing", LONG);
            client(form).map(|client| Wanted::Part(client, part))
        }
        Act::Execution => execution(form, house.now()),
        Act::Close => close(here, form).await?,
    })
}

/// Where people are chosen: of the house, by somebody, in a matter.
type Here<'a> = (&'a House, &'a CurrentUser, MatterId);

enum Who {
    Worker,
    OwnWorker,
    Substitute,
}

async fn staff(here: Here<'_>, form: &mut Form, who: Who) -> Result<Option<StaffId>, Failure> {
    let (house, user, matter) = here;
    let people = colleagues_of(house, user, matter).await?;
    let t = house.texts(kernel::language::Language::Fi);
    let groups = match who {
        Who::Worker => people.workers(&t),
        Who::OwnWorker => {
            let client = form.value("client").parse().ok();
            people.for_one(client).own_workers(&t)
        }
        Who::Substitute => people.substitutes(&t),
    };
    let chosen = choose(form, "staff", &groups, "matter-staff-missing");
    Ok(chosen.and_then(|value| value.parse().ok()))
}

async fn offer(here: Here<'_>, form: &mut Form) -> Result<Option<Wanted>, Failure> {
    let (house, user, matter) = here;
    let people = colleagues_of(house, user, matter).await?;
    let t = house.texts(kernel::language::Language::Fi);
    let groups = people.receivers(&t, user.staff.id);
    let chosen = choose(form, "receiver", &groups, "matter-receiver-missing");
    let receiver = chosen
        .as_deref()
        .and_then(|value| value.split_once(':'))
        .and_then(|(kind, id)| match kind {
            "person" => id.parse().ok().map(Receiver::Person),
            _ => id.parse().ok().map(Receiver::Unit),
        });
    let reason = form.require("body", "matter-reason-missing", SHORT);
    let warm = form.has("warm", "yes");
    Ok(receiver.map(|receiver| {
        Wanted::Offer(NewOffer {
            receiver,
            reason,
            warm,
        })
    }))
}

fn client(form: &mut Form) -> Option<ClientId> {
    let client = form.value("client").parse().ok();
    if client.is_none() {
        form.error("client", "matter-client-missing");
    }
    client
}

async fn own_worker(here: Here<'_>, form: &mut Form) -> Result<Option<Wanted>, Failure> {
    let client = client(form);
    if form.value("how") == "none" {
        let reason = NoOwnWorker::from_code(form.value("reason"));
        if reason.is_none() {
            form.error("reason", "matter-no-own-worker-missing");
        }
        let words = form.require("body", "matter-reason-missing", SHORT);
        return Ok(client
            .zip(reason)
            .map(|(client, reason)| Wanted::NoOwnWorker(client, reason, words)));
    }
    if form.value("how") != "named" {
        form.error("how", "matter-own-worker-how-missing");
    }
    let staff = staff(here, form, Who::OwnWorker).await?;
    let from = form.day("from");
    if form.text("from").is_none() {
        form.error("from", "matter-day-missing");
    }
    let to = form.day("to");
    if let (Some(from), Some(to)) = (from, to)
        && to < from
    {
        form.error("to", "matter-day-order");
    }
    let pair = match form.value("pair").to_owned() {
        none if none.is_empty() => None,
        _ => pair(here, form).await?,
    };
    let message = form.optional("message", LONG).unwrap_or_default();
    Ok((|| {
        Some(Wanted::OwnWorker(
            client?,
            OwnWorker {
                staff: staff?,
                from: from?,
                to,
                pair,
                message,
            },
        ))
    })())
}

/// The social worker in public office who answers beside the own worker.
async fn pair(
    (house, user, matter): Here<'_>,
    form: &mut Form,
) -> Result<Option<StaffId>, Failure> {
    let client = form.value("client").parse().ok();
    let people = colleagues_of(house, user, matter).await?.for_one(client);
    let groups = people.social_workers(&house.texts(kernel::language::Language::Fi));
    let chosen = choose(form, "pair", &groups, "matter-refused-pair-unfit");
    Ok(chosen.and_then(|value| value.parse().ok()))
}

async fn substitute(here: Here<'_>, form: &mut Form) -> Result<Option<Wanted>, Failure> {
    let (house, ..) = here;
    let staff = staff(here, form, Who::Substitute).await?;
    let (from, to) = (form.day("from"), form.day("to"));
    for field in ["from", "to"] {
        if form.text(field).is_none() {
            form.error(field, "matter-day-missing");
        }
    }
    if let (Some(from), Some(to)) = (from, to) {
        if to < from {
            form.error("to", "matter-day-order");
        } else if to < house.today() {
            form.error("to", "matter-day-past");
        } else if to > workers::longest_substitute(from) {
            form.error("to", "matter-substitute-long");
        }
    }
    Ok((|| {
        Some(Wanted::Substitute(Substitute {
            staff: staff?,
            from: from?,
            to: to?,
        }))
    })())
}

/// The client who joins is found by the exact identity code, within the rules of searching. A client for whom the reader
/// could not open a matter, and one who is not there, get the same answer.
async fn join(
    house: &House,
    user: &CurrentUser,
    form: &mut Form,
) -> Result<Option<Wanted>, Failure> {
    let typed = form.require("identity_code", "matter-join-missing", 20);
    if typed.is_empty() {
        return Ok(None);
    }
    let found = match IdentityCode::from_input(&typed) {
        Ok(code) => find(house, user, code).await?,
        Err(_) => None,
    };
    if found.is_none() {
        form.error("identity_code", "matter-join-unknown");
    }
    Ok(found.map(Wanted::Client))
}

async fn find(
    house: &House,
    user: &CurrentUser,
    code: IdentityCode,
) -> Result<Option<ClientId>, Failure> {
    let casework = casework(house)?;
    let reader = Reader::from(user);
    let found = house
        .store
        .write(move |tx| relation::find_to_join(tx, &casework, &reader, code))
        .await?;
    Ok(found.value)
}

/// How the time limit of carrying out a decision ended.
fn execution(form: &mut Form, now: Timestamp) -> Option<Wanted> {
    let step = ExecutionStep::from_code(form.value("reason"));
    if step.is_none() {
        form.error("reason", "matter-execution-missing");
    }
    let on = past_day(form, "on", now);
    let words = if step == Some(ExecutionStep::NotNeeded) {
        form.require("body", "matter-execution-words-missing", SHORT)
    } else {
        form.optional("body", SHORT).unwrap_or_default()
    };
    let late_reason = form.optional("late_reason", SHORT);
    Some(Wanted::Execution(Execution {
        step: step?,
        at: at(on?, now),
        words,
        late_reason,
    }))
}

/// How the matter closes. What the client says is asked of each client, unless the reason leaves nobody to ask.
async fn close(here: Here<'_>, form: &mut Form) -> Result<Option<Wanted>, Failure> {
    let reason = CloseReason::from_code(form.value("reason"));
    if reason.is_none() {
        form.error("reason", "matter-close-reason-missing");
    }
    let words = if reason.is_some_and(CloseReason::needs_words) {
        form.require("body", "matter-close-words-missing", SHORT)
    } else {
        form.optional("body", SHORT).unwrap_or_default()
    };
    let voices = voices(form, reason.is_some_and(CloseReason::asks_client));
    let follow_up = followed(here, form).await?;
    let no_ground = if form.has("end_relation", "yes") {
        Some(form.require("no_ground", "matter-no-ground-missing", SHORT))
    } else {
        None
    };
    let late_reason = form.optional("late_reason", SHORT);
    Ok(reason.map(|reason| {
        Wanted::Close(Closing {
            reason,
            words,
            late_reason,
            no_ground,
            follow_up,
            voices,
        })
    }))
}

/// What each client said: the fields `heard-<client>` and `heard-words-<client>` of those whom the form names.
fn voices(form: &mut Form, asked: bool) -> Vec<Voice> {
    let clients: Vec<ClientId> = form
        .values("voice")
        .iter()
        .filter_map(|client| client.parse().ok())
        .collect();
    let mut voices = Vec::new();
    for client in clients {
        let field = format!("heard-{client}");
        match Heard::from_code(form.value(&field)) {
            Some(answer) => {
                let words = form.optional(&format!("heard-words-{client}"), LONG);
                voices.push(Voice {
                    client,
                    answer,
                    words: words.unwrap_or_default(),
                });
            }
            None if asked => form.error(&field, "matter-close-heard-missing"),
            None => {}
        }
    }
    voices
}

/// After-follow-up: nothing, or a day, a person and what is asked.
async fn followed(here: Here<'_>, form: &mut Form) -> Result<Option<NewFollowUp>, Failure> {
    let (house, user, matter) = here;
    let any = ["follow_on", "follow_who", "follow_what"]
        .iter()
        .any(|field| form.text(field).is_some());
    if !any {
        return Ok(None);
    }
    let on = form.day("follow_on");
    if form.text("follow_on").is_none() {
        form.error("follow_on", "matter-follow-day-missing");
    }
    if let Some(on) = on {
        if on <= house.today() {
            form.error("follow_on", "matter-day-past");
        } else if on > follow_up::latest(house.today()) {
            form.error("follow_on", "matter-follow-far");
        }
    }
    let people = colleagues_of(house, user, matter).await?;
    let groups = people.workers(&house.texts(kernel::language::Language::Fi));
    let staff: Option<StaffId> = choose(form, "follow_who", &groups, "matter-follow-who-missing")
        .and_then(|value| value.parse().ok());
    let what = form.require("follow_what", "matter-follow-what-missing", SHORT);
    Ok(staff
        .zip(on)
        .map(|(staff, on)| NewFollowUp { staff, on, what }))
}
