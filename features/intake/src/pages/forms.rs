//! The small forms of a contact: what each asks, and the act it becomes.

use axum::extract::{Path, Query, State};
use identity::session::CurrentUser;
use web::{Answer, Form, House, Posted, Visit};

use crate::domain::urgency::{Urgency, judge_by_professional};
use crate::domain::{AttemptChannel, IntakeError};
use crate::pages::typed::{Act, send, show};
use crate::store::{holding, record, tasks, unlink};

/// Longest note.
const LONG: usize = 8_000;
/// Longest reason or short text.
const SHORT: usize = 1_000;

type Pairs = Query<Vec<(String, String)>>;

macro_rules! shown {
    ($($name:ident = $act:ident;)+) => { $(
        pub(super) async fn $name(State(house): State<House>, visit: Visit, user: CurrentUser, Path(contact): Path<String>) -> Answer {
            show(house, visit, user, &contact, Act::$act, &[]).await
        }
    )+ };
}

shown! {
    show_note = Note;
    show_message = Message;
    show_call = Call;
    show_urgency = Urgency;
    show_take_over = TakeOver;
    show_reopen = Reopen;
    show_unlink = Unlink;
}

/// The form of an attempt; `?channel=call` comes from "Ei vastannut" beside a promised call.
pub(super) async fn show_attempt(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    Query(pairs): Pairs,
) -> Answer {
    let channel = pairs
        .iter()
        .find(|(name, _)| name == "channel")
        .and_then(|(_, code)| AttemptChannel::from_code(code));
    let preset = channel.map(|channel| [("channel", channel.code()), ("reached", "no")]);
    let preset = preset.as_ref().map_or(&[][..], |fields| fields.as_slice());
    show(house, visit, user, &contact, Act::Attempt, preset).await
}

pub(super) async fn note(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let body = form.require("body", "act-note-missing", LONG);
    send(
        house,
        visit,
        user,
        &contact,
        Act::Note,
        form,
        move |tx, desk, worker, contact| record::add_note(tx, desk, worker, contact, &body),
    )
    .await
}

pub(super) async fn attempt(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let channel = AttemptChannel::from_code(form.value("channel"));
    if channel.is_none() {
        form.error("channel", "act-attempt-channel-missing");
    }
    let reached = match form.value("reached") {
        "yes" => true,
        "no" => false,
        _ => {
            form.error("reached", "act-attempt-reached-missing");
            false
        }
    };
    let body = form.optional("body", LONG).unwrap_or_default();
    send(
        house,
        visit,
        user,
        &contact,
        Act::Attempt,
        form,
        move |tx, desk, worker, contact| {
            let channel = channel.ok_or(IntakeError::NotFound)?;
            record::add_attempt(tx, desk, worker, contact, channel, reached, &body)
        },
    )
    .await
}

pub(super) async fn message(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let body = form.require("body", "act-message-missing", LONG);
    send(
        house,
        visit,
        user,
        &contact,
        Act::Message,
        form,
        move |tx, desk, worker, contact| record::add_message(tx, desk, worker, contact, &body),
    )
    .await
}

pub(super) async fn call(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let what = form.require("body", "act-call-missing", SHORT);
    send(
        house,
        visit,
        user,
        &contact,
        Act::Call,
        form,
        move |tx, desk, worker, contact| {
            tasks::promise_call(tx, desk, worker, contact, &what).map(|_| ())
        },
    )
    .await
}

pub(super) async fn urgency(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let chosen = read_urgency(&mut form);
    let reason = form.optional("reason", SHORT).unwrap_or_default();
    let judgement = judge_by_professional(
        chosen.unwrap_or(Urgency::Now),
        form.has("housing_risk", "yes"),
        form.has("child", "yes"),
        &reason,
    );
    send(
        house,
        visit,
        user,
        &contact,
        Act::Urgency,
        form,
        move |tx, desk, worker, contact| holding::judge(tx, desk, worker, contact, &judgement),
    )
    .await
}

/// The urgency chosen in a form; a missing one is marked.
pub fn read_urgency(form: &mut Form) -> Option<Urgency> {
    let chosen = Urgency::from_code(form.value("urgency"));
    if chosen.is_none() {
        form.error("urgency", "urgency-missing");
    }
    chosen
}

pub(super) async fn take_over(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let reason = form.require("body", "act-reason-missing", SHORT);
    send(
        house,
        visit,
        user,
        &contact,
        Act::TakeOver,
        form,
        move |tx, desk, worker, contact| holding::take_over(tx, desk, worker, contact, &reason),
    )
    .await
}

pub(super) async fn reopen(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let reason = form.require("body", "act-reason-missing", SHORT);
    send(
        house,
        visit,
        user,
        &contact,
        Act::Reopen,
        form,
        move |tx, desk, worker, contact| {
            holding::reopen_by_worker(tx, desk, worker, contact, &reason)
        },
    )
    .await
}

pub(super) async fn unlink(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Path(contact): Path<String>,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let reason = form.require("body", "act-reason-missing", SHORT);
    send(
        house,
        visit,
        user,
        &contact,
        Act::Unlink,
        form,
        move |tx, desk, worker, contact| unlink::unlink(tx, desk, worker, contact, &reason),
    )
    .await
}
