//! What has happened to a matter, in the words of its page: offers, initiation, sources, events, the end.

use kernel::time::{Timestamp, day};
use web::Texts;

use crate::domain::Stage;
use crate::pages::labels::{capital, county, ground, named, word};
use crate::pages::model::{Fact, Line, OfferModel};
use crate::store::view::{Event, MatterView, OfferView, Shown, Source};

pub(super) fn offer(
    t: &Texts,
    view: &MatterView,
    one: &OfferView,
    now: Timestamp,
) -> Option<OfferModel> {
    view.facts.life.holder()?;
    if one.state == "accepted" || one.state == "withdrawn" {
        return None;
    }
    let to = one
        .to_person
        .clone()
        .unwrap_or_else(|| named(t.language(), &one.to_unit).to_owned());
    let heading = t.with(
        &format!("matter-offer-{}", one.state),
        &[("to", to.into()), ("from", one.from.as_str().into())],
    );
    let meta = if one.state == "open" {
        t.with(
            "matter-offer-answer-by",
            &[("when", t.when(one.answer_by, now).into())],
        )
    } else {
        String::new()
    };
    Some(OfferModel {
        id: one.id.to_string(),
        heading,
        reason: one.reason.clone(),
        meta,
        open: one.state == "open",
        answer: [&one.refusal_reason, &one.alternative]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    })
}

pub(super) fn entry(t: &Texts, shown: &Shown) -> Vec<Fact> {
    let Some(entry) = &shown.view.entry else {
        return Vec::new();
    };
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    let initiator = capital(&word(t, "initiator", entry.initiator.code()));
    let who = entry
        .initiator_name
        .as_ref()
        .map_or(initiator.clone(), |name| format!("{initiator}: {name}"));
    let mut facts = vec![
        fact("matter-entry-who", who),
        fact(
            "matter-entry-how",
            format!(
                "{}, {}",
                capital(&word(t, "initiation", entry.kind.code())),
                word(t, "way", entry.way.code())
            ),
        ),
        fact("matter-entry-when", t.full_day(day(shown.pending_at))),
    ];
    if day(entry.contact_at) != day(shown.pending_at) {
        facts.push(fact(
            "matter-entry-contact",
            t.full_day(day(entry.contact_at)),
        ));
    }
    if let Some(why) = &entry.seven_days {
        facts.push(fact(
            "matter-entry-seven",
            capital(&word(t, "seven-days", why)),
        ));
    }
    if let Some(name) = &entry.made_by {
        facts.push(fact("matter-entry-by", name.clone()));
    }
    facts
}

pub(super) fn source(t: &Texts, one: &Source) -> Vec<Fact> {
    let fact = |key: &str, value: String| Fact {
        name: t.get(key),
        value,
    };
    let mut facts = vec![
        fact("matter-source-what", one.what.clone()),
        fact("matter-source-whom", one.from_whom.clone()),
        fact("matter-source-when", t.full_day(one.got_on)),
        fact("matter-source-ground", capital(&ground(t, &one.ground))),
        fact("matter-source-purpose", one.purpose.clone()),
    ];
    if let Some(asked) = &one.asked_by {
        facts.push(fact("matter-source-asked", asked.clone()));
    }
    facts
}

/// Codes that a happening's body may hold have words; everything else is somebody's own words.
pub(super) fn event(t: &Texts, view: &MatterView, one: &Event, now: Timestamp) -> Option<Line> {
    let key = format!("matter-event-{}", one.event);
    if !t.has(&key) {
        return None;
    }
    let name = one
        .client
        .and_then(|client| view.clients.iter().find(|card| card.id == client))
        .map(|card| card.name.clone());
    let coded = match one.event.as_str() {
        "opened" | "queued" => Some("way"),
        "closed" => Some("close-reason"),
        "own_worker_waived" => Some("no-own-worker"),
        "sent" => Some("sent"),
        _ => None,
    };
    let body = match coded {
        Some(family) => capital(&word(t, family, &one.body)),
        None if one.event == "transferred" => county(t, &one.body),
        None => one.body.clone(),
    };
    let who = one
        .staff
        .clone()
        .unwrap_or_else(|| t.get("matter-by-system"));
    let head = t.with(&key, &[("who", who.into())]);
    Some(Line {
        head: name.map_or(head.clone(), |name| format!("{head} ({name})")),
        body,
        at: t.when(one.at, now),
        iso: one.at.to_string(),
    })
}

pub(super) fn ended(t: &Texts, view: &MatterView, now: Timestamp) -> String {
    let Some(at) = view.ended_at else {
        return String::new();
    };
    let reason = view.end_reason.as_deref().unwrap_or_default();
    let reason = if view.stage == Stage::Closed {
        word(t, "close-reason", reason)
    } else {
        ground(t, reason)
    };
    t.with(
        &format!("matter-ended-{}", view.stage.code()),
        &[("when", t.when(at, now).into()), ("reason", reason.into())],
    )
}
