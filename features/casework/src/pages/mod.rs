//! The pages of matters: the list, one matter, and the acts on it.

mod act_form;
mod act_read;
mod acts;
pub mod colleagues;
mod follow;
mod labels;
mod list;
mod may;
mod model;
pub mod new;
mod outbox;
mod past;
mod refusal;
mod sending;
mod show;

use web::{Failure, Feature, Guard, Job, NavItem, NavPlace, Route};

use crate::domain::MatterOfferId;
use crate::glue::{LIVE_TOPIC, casework};
use crate::store::offers;

pub use act_form::draft_name;
pub use labels::{capital, county, ground, matter_name, named, word};
pub use model::clock_words;

/// Everything that workers need for matters: pages, acts, jobs and words.
pub fn feature() -> Feature {
    Feature {
        name: "casework",
        routes: routes(),
        migrations: crate::MIGRATIONS,
        nav: vec![NavItem {
            group: NavPlace::Own,
            order: 40,
            label: "nav-matters",
            href: "/matters",
            main: false,
            right: Some(("matter", "list")),
        }],
        jobs: jobs(),
        messages: web::messages!(),
        events: EVENTS,
        checks: crate::check::ALL,
    }
}

const fn matter(action: &'static str) -> Guard {
    Guard::Right {
        class: "matter",
        action,
    }
}

const fn client_relation(action: &'static str) -> Guard {
    Guard::Right {
        class: "client_relation",
        action,
    }
}

const fn task(action: &'static str) -> Guard {
    Guard::Right {
        class: "task",
        action,
    }
}

const ANSWER: Guard = Guard::Right {
    class: "offer",
    action: "approve",
};

fn routes() -> Vec<Route> {
    let mut routes = vec![
        Route::get("/matters", matter("list"), list::show),
        Route::post("/matters/filters", matter("list"), list::filters),
        Route::get("/matters/{id}", matter("read"), show::show),
        Route::get("/clients/{id}/matters/new", matter("create"), new::show),
        Route::post("/clients/{id}/matters/new", matter("create"), new::send),
        Route::post("/matters/{id}/take", matter("take"), acts::take),
        Route::post(
            "/matters/{id}/workers/{staff}/leave",
            matter("hand_over"),
            acts::worker_leave,
        ),
        Route::post("/matter-offers/{id}/accept", ANSWER, acts::accept),
        Route::post(
            "/matter-offers/{id}/withdraw",
            matter("hand_over"),
            acts::withdraw,
        ),
        Route::get("/matter-offers/{id}/refuse", ANSWER, acts::show_refusal),
        Route::post("/matter-offers/{id}/refuse", ANSWER, acts::refuse),
        Route::get("/matters/{id}/transfer", matter("transfer"), sending::show),
        Route::post("/matters/{id}/transfer", matter("transfer"), sending::send),
        Route::get(
            "/matters/{id}/transfer/print",
            matter("print"),
            sending::ask,
        ),
        Route::post(
            "/matters/{id}/transfer/print",
            matter("print"),
            sending::print,
        ),
        Route::get("/matters/{id}/transfer/sent", matter("print"), outbox::show),
        Route::post("/matters/{id}/transfer/sent", matter("print"), outbox::sent),
        Route::get("/transfers", matter("list"), outbox::list),
        Route::get("/follow-ups/{id}", task("read"), follow::show),
        Route::post("/follow-ups/{id}/done", task("finish"), follow::done),
    ];
    routes.extend(act_form::routes());
    routes
}

fn jobs() -> Vec<Job> {
    vec![Job::new(
        offers::OFFER_DUE_JOB,
        None,
        |house, payload| async move {
            let casework = casework(&house)?;
            let offer: MatterOfferId = payload
                .parse()
                .map_err(|_| Failure::internal("a job names no offer"))?;
            let came_back = house
                .store
                .write(move |tx| offers::come_back(tx, &casework, offer))
                .await?
                .value;
            if came_back {
                house.live.tell(LIVE_TOPIC);
            }
            Ok(())
        },
    )]
}

/// Codes of the log entries that this room writes.
const EVENTS: &[&str] = &[
    "client.own_worker",
    "client.relation_begin",
    "client.relation_end",
    "client.special_support",
    "client.special_support_end",
    "client.substitute",
    "import.run",
    "matter.accept",
    "matter.assessment",
    "matter.client_join",
    "matter.client_leave",
    "matter.close",
    "matter.create",
    "matter.execution",
    "matter.follow_up",
    "matter.follow_up_done",
    "matter.follow_up_read",
    "matter.list",
    "matter.offer",
    "matter.outbox",
    "matter.part",
    "matter.read",
    "matter.refuse",
    crate::glue::REFUSED,
    "matter.release",
    "matter.take",
    "matter.take_over",
    "matter.transfer",
    "matter.transfer_print",
    "matter.transfer_sent",
    "matter.unanswered",
    "matter.withdraw",
    "matter.worker_join",
    "matter.worker_leave",
];

/// Reads an id of an address; what is no id is nothing.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::NotFound)
}

#[cfg(test)]
mod tests;
