//! The worker's pages of contacts: the queue with its detail pane, and the acts on a contact.

mod acts;
mod detail;
mod end;
mod facts;
mod files;
mod forms;
mod labels;
mod matter;
mod may;
mod new;
mod offer;
mod past;
mod people;
mod place;
mod queue;
mod refusal;
mod show;
mod suggest;
mod typed;

use std::time::Duration;

use casework::domain::MatterId;
use casework::store::outbox;
use web::{Failure, Feature, Guard, Job, NavItem, NavPlace, Route};

use crate::domain::OfferId;
use crate::glue::{LIVE_TOPIC, desk};
use crate::neighbours;
use crate::store::{offers, safety_net};

/// Everything that a worker needs for contacts: pages, acts, jobs and words.
pub fn feature() -> Feature {
    Feature {
        name: "intake",
        routes: routes(),
        migrations: crate::MIGRATIONS,
        nav: vec![NavItem {
            group: NavPlace::Own,
            order: 20,
            label: "nav-contacts",
            href: "/contacts",
            main: true,
            right: Some(("contact", "list")),
        }],
        jobs: jobs(),
        messages: web::messages!(),
        events: EVENTS,
        checks: crate::check::ALL,
    }
}

const fn contact(action: &'static str) -> Guard {
    Guard::Right {
        class: "contact",
        action,
    }
}

/// From a contact to a matter.
const MATTER: Guard = Guard::Right {
    class: "matter",
    action: "create",
};

fn routes() -> Vec<Route> {
    vec![
        Route::get("/contacts", contact("list"), show::queue),
        Route::get("/contacts/list", contact("list"), show::fragment),
        Route::post("/contacts/filters", contact("list"), show::filters),
        Route::get("/contacts/new", contact("create"), new::show),
        Route::post("/contacts/new", contact("create"), new::send),
        Route::get("/contacts/{id}", contact("read"), show::contact),
        Route::post("/contacts/{id}/take", contact("take"), acts::take),
        Route::post("/contacts/{id}/seen", contact("approve"), acts::seen),
        Route::get(
            "/contacts/{id}/take-over",
            contact("take_over"),
            forms::show_take_over,
        ),
        Route::post(
            "/contacts/{id}/take-over",
            contact("take_over"),
            forms::take_over,
        ),
        Route::get(
            "/contacts/{id}/reopen",
            contact("reopen"),
            forms::show_reopen,
        ),
        Route::post("/contacts/{id}/reopen", contact("reopen"), forms::reopen),
        Route::get(
            "/contacts/{id}/note",
            contact("edit_draft"),
            forms::show_note,
        ),
        Route::post("/contacts/{id}/note", contact("edit_draft"), forms::note),
        Route::get(
            "/contacts/{id}/attempt",
            contact("edit_draft"),
            forms::show_attempt,
        ),
        Route::post(
            "/contacts/{id}/attempt",
            contact("edit_draft"),
            forms::attempt,
        ),
        Route::get(
            "/contacts/{id}/call",
            contact("edit_draft"),
            forms::show_call,
        ),
        Route::post("/contacts/{id}/call", contact("edit_draft"), forms::call),
        Route::get(
            "/contacts/{id}/urgency",
            contact("edit_draft"),
            forms::show_urgency,
        ),
        Route::post(
            "/contacts/{id}/urgency",
            contact("edit_draft"),
            forms::urgency,
        ),
        Route::get(
            "/contacts/{id}/message",
            Guard::Right {
                class: "message",
                action: "create",
            },
            forms::show_message,
        ),
        Route::post(
            "/contacts/{id}/message",
            Guard::Right {
                class: "message",
                action: "create",
            },
            forms::message,
        ),
        Route::get("/contacts/{id}/offer", contact("hand_over"), offer::show),
        Route::post("/contacts/{id}/offer", contact("hand_over"), offer::send),
        Route::get("/contacts/{id}/matter", MATTER, matter::show),
        Route::post("/contacts/{id}/matter", MATTER, matter::send),
        Route::get("/contacts/{id}/unlink", contact("void"), forms::show_unlink),
        Route::post("/contacts/{id}/unlink", contact("void"), forms::unlink),
        Route::get("/contacts/{id}/end", contact("finish"), end::show),
        Route::post("/contacts/{id}/end", contact("finish"), end::send),
        Route::post(
            "/offers/{id}/withdraw",
            contact("hand_over"),
            acts::withdraw,
        ),
        Route::post(
            "/offers/{id}/accept",
            Guard::Right {
                class: "offer",
                action: "approve",
            },
            acts::accept,
        ),
        Route::get(
            "/offers/{id}/refuse",
            Guard::Right {
                class: "offer",
                action: "approve",
            },
            offer::show_refusal,
        ),
        Route::post(
            "/offers/{id}/refuse",
            Guard::Right {
                class: "offer",
                action: "approve",
            },
            offer::refuse,
        ),
        Route::post(
            "/tasks/{id}/finish",
            Guard::Right {
                class: "task",
                action: "finish",
            },
            acts::finish_task,
        ),
        Route::get(
            "/attachments/{id}",
            Guard::Right {
                class: "attachment",
                action: "read",
            },
            files::open,
        ),
    ]
}

fn jobs() -> Vec<Job> {
    vec![
        Job::new(
            safety_net::SAFETY_NET_JOB,
            Some(Duration::from_secs(60)),
            |house, _| async move {
                let desk = desk(&house)?;
                let risen = house
                    .store
                    .write(move |tx| safety_net::raise(tx, &desk))
                    .await?
                    .value;
                if risen > 0 {
                    house.live.tell(LIVE_TOPIC);
                }
                Ok(())
            },
        ),
        Job::new(outbox::DELIVER_JOB, None, |house, payload| async move {
            let matter: MatterId = payload
                .parse()
                .map_err(|_| Failure::internal("a job names no matter"))?;
            neighbours::deliver(&house, matter).await
        }),
        Job::new(offers::OFFER_DUE_JOB, None, |house, payload| async move {
            let desk = desk(&house)?;
            let offer: OfferId = payload
                .parse()
                .map_err(|_| Failure::internal("a job names no offer"))?;
            let came_back = house
                .store
                .write(move |tx| offers::come_back(tx, &desk, offer))
                .await?
                .value;
            if came_back {
                house.live.tell(LIVE_TOPIC);
            }
            Ok(())
        }),
    ]
}

/// Codes of the log entries that this room writes.
const EVENTS: &[&str] = &[
    "advice.create",
    "advice.list",
    "attachment.create",
    "attachment.read",
    "contact.attempt",
    "contact.create",
    "contact.end",
    "contact.judge",
    "contact.link",
    "contact.list",
    "contact.municipality",
    "contact.note",
    "contact.parties",
    "contact.raised",
    "contact.read",
    crate::glue::REFUSED,
    "contact.release",
    "contact.reopen",
    "contact.state",
    "contact.take",
    "contact.take_over",
    "contact.unlink",
    "ending.seen",
    "message.create",
    "offer.accept",
    "offer.create",
    "offer.refuse",
    "offer.unanswered",
    "offer.withdraw",
    "task.create",
    "task.finish",
];

/// Reads an id of an address; what is no id is nothing.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

#[cfg(test)]
mod tests;
