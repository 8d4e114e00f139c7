//! What has happened with a contact and what is promised: offers, endings, messages, attempts, notes.

use kernel::time::day;
use web::Texts;

use crate::domain::{AttemptChannel, IntakeSettings};
use crate::pages::detail::{Ended, Line, OfferModel, Seen, TaskModel};
use crate::pages::labels::{self, capital, joined, named, word};
use crate::pages::may::May;
use crate::store::view::{ContactView, Event, Offer};

/// The offer while it waits, and the latest refusal or silence while the contact is still with its sender.
pub fn offer_model(seen: &Seen<'_>, offer: &Offer) -> Option<OfferModel> {
    let Seen { t, now, .. } = *seen;
    let receiver = offer
        .to_person
        .clone()
        .unwrap_or_else(|| named(t.language(), &offer.to_unit).to_owned());
    let mut model = OfferModel {
        id: offer.id.to_string(),
        reason: offer.reason.clone(),
        warm: offer.warm,
        ..OfferModel::default()
    };
    match offer.state.as_str() {
        "open" => {
            model.open = true;
            model.heading = t.with("offer-waiting", &[("receiver", receiver.into())]);
            let meta = t.with(
                "offer-meta",
                &[
                    ("name", offer.from.as_str().into()),
                    ("when", t.when(offer.answer_by, now).into()),
                ],
            );
            let warm = if offer.warm {
                t.get("offer-warm-both")
            } else {
                String::new()
            };
            model.meta = [meta, warm].join(" ").trim().to_owned();
        }
        "refused" => {
            model.heading = t.with("offer-refused", &[("receiver", receiver.into())]);
            model.answer = [&offer.refusal_reason, &offer.alternative]
                .into_iter()
                .flatten()
                .cloned()
                .collect();
        }
        "unanswered" => {
            model.heading = t.with("offer-unanswered", &[("receiver", receiver.into())])
        }
        _ => return None,
    }
    Some(model)
}

pub fn ended(seen: &Seen<'_>, view: &ContactView) -> Option<Ended> {
    let Seen { t, now, .. } = *seen;
    let ending = view.ending.as_ref()?;
    let next = match (&ending.who, ending.by) {
        (Some(who), Some(by)) => t.with(
            "ended-next",
            &[
                ("who", who.as_str().into()),
                ("by", t.near_day(by, day(now)).into()),
            ],
        ),
        _ => String::new(),
    };
    let unseen = ending.kind == "not_reached" && !ending.seen;
    Some(Ended {
        heading: word(t, "ending", &ending.kind),
        what: if view.content {
            ending.what.clone()
        } else {
            String::new()
        },
        own: ending.kind == "not_wanted",
        next,
        meta: joined([
            t.when(ending.at, now).as_str(),
            if unseen {
                t.get("ended-unseen")
            } else {
                String::new()
            }
            .as_str(),
        ]),
    })
}

pub fn messages(seen: &Seen<'_>, view: &ContactView) -> Vec<Line> {
    let Seen { t, now, .. } = *seen;
    view.messages
        .iter()
        .map(|message| Line {
            at: t.when(message.at, now),
            iso: message.at.to_string(),
            head: message
                .from
                .clone()
                .unwrap_or_else(|| t.get("message-from-sender")),
            body: message.body.clone(),
            own: message.from.is_none(),
        })
        .collect()
}

pub fn tasks(seen: &Seen<'_>, view: &ContactView, may: May) -> Vec<TaskModel> {
    let Seen { t, now, worker, .. } = *seen;
    view.tasks
        .iter()
        .map(|task| {
            let late = task.due_at < now;
            let due = if late {
                t.with(
                    "promise-late",
                    &[("length", t.duration(now.duration_since(task.due_at)).into())],
                )
            } else {
                t.with("promise-due", &[("when", t.when(task.due_at, now).into())])
            };
            TaskModel {
                id: task.id.to_string(),
                what: if task.what.trim().is_empty() {
                    t.get("new-call-default")
                } else {
                    task.what.clone()
                },
                due,
                iso: task.due_at.to_string(),
                late,
                owner: task
                    .owner_name
                    .clone()
                    .unwrap_or_else(|| t.get("promise-duty")),
                phone: task
                    .phone
                    .clone()
                    .filter(|_| task.call_back)
                    .unwrap_or_default(),
                call: task.call_back,
                mine: may.finish_calls || task.owner == Some(worker.staff),
            }
        })
        .collect()
}

pub fn attempts(seen: &Seen<'_>, view: &ContactView) -> Vec<Line> {
    let Seen { t, now, .. } = *seen;
    view.attempts
        .iter()
        .map(|attempt| {
            let outcome = t.get(if attempt.reached {
                "attempt-reached"
            } else {
                "attempt-missed"
            });
            let channel = capital(&word(t, "channel", attempt.channel.code()));
            Line {
                at: t.when(attempt.at, now),
                iso: attempt.at.to_string(),
                head: joined([channel.as_str(), outcome.as_str(), attempt.staff.as_str()]),
                body: attempt.body.clone(),
                own: false,
            }
        })
        .collect()
}

pub fn attempts_rule(seen: &Seen<'_>, view: &ContactView) -> String {
    if view.attempts.is_empty()
        || !view.facts.open
        || view.attempts.iter().any(|attempt| attempt.reached)
    {
        return String::new();
    }
    let channels: Vec<_> = view
        .attempts
        .iter()
        .map(|attempt| attempt.channel)
        .collect();
    rule_in_words(seen.t, seen.settings, &channels)
}

/// What the county's not-reached rule still needs, or that it is met.
pub fn rule_in_words(t: &Texts, settings: &IntakeSettings, attempts: &[AttemptChannel]) -> String {
    let mut ways = attempts.to_vec();
    ways.sort_unstable();
    ways.dedup();
    let letter = ways.contains(&AttemptChannel::Letter);
    let mut missing = Vec::new();
    if attempts.len() < settings.not_reached_attempts {
        missing.push(t.with(
            "rule-attempts",
            &[(
                "count",
                (settings.not_reached_attempts - attempts.len()).into(),
            )],
        ));
    }
    if ways.len() < settings.not_reached_channels {
        missing.push(t.with(
            "rule-channels",
            &[("count", (settings.not_reached_channels - ways.len()).into())],
        ));
    }
    if settings.not_reached_letter && !letter {
        missing.push(t.get("rule-letter"));
    }
    if missing.is_empty() {
        t.get("rule-met")
    } else {
        t.with("rule-missing", &[("missing", missing.join(", ").into())])
    }
}

pub fn note(seen: &Seen<'_>, event: &Event) -> Line {
    Line {
        at: seen.t.when(event.at, seen.now),
        iso: event.at.to_string(),
        head: event.staff.clone().unwrap_or_default(),
        body: event.body.clone(),
        own: false,
    }
}

/// A happening in words; notes and attempts have lists of their own.
pub fn happened(seen: &Seen<'_>, event: &Event) -> Option<Line> {
    let Seen { t, now, .. } = *seen;
    if matches!(event.event.as_str(), "note" | "tried" | "reached") {
        return None;
    }
    let who = event.staff.clone().unwrap_or_default();
    let detail = match event.event.as_str() {
        "arrived" | "written_down" => word(t, "door", &event.body),
        "judged" => word(t, "urgency", &event.body),
        "ended" => word(t, "ending", &event.body),
        "parties" => word(t, "parties", &event.body),
        "municipality" => labels::municipality(t, &event.body),
        "accepted" if event.body == "warm" => t.get("offer-warm-was"),
        _ => String::new(),
    };
    let words = matches!(
        event.event.as_str(),
        "offered"
            | "refused"
            | "taken_over"
            | "reopened"
            | "unlinked"
            | "call_promised"
            | "call_asked"
    );
    let known = format!("event-{}", event.event.replace('_', "-"));
    Some(Line {
        at: t.when(event.at, now),
        iso: event.at.to_string(),
        head: joined([
            capital(&t.get(&known)).as_str(),
            detail.as_str(),
            who.as_str(),
        ]),
        body: if words {
            event.body.clone()
        } else {
            String::new()
        },
        own: event.event == "call_asked",
    })
}
