//! The numbers of the navigation: what is late on the desk, and how many contacts are open in the queue.

use std::sync::Arc;

use axum::http::request::Parts;
use clients::Reader;
use identity::session::CurrentUser;
use intake::domain::IntakeError;
use intake::glue;
use intake::store::{Worker, queue, worklist};
use kernel::language::Language;
use web::{BoxFuture, CountSource, House, NavCount};

use crate::board::board;
use crate::desk::works;

/// Counts a worker's late work and the queue.
#[derive(Debug, Clone, Copy, Default)]
pub struct WorkCounts;

impl CountSource for WorkCounts {
    fn count<'a>(&'a self, house: &'a House, parts: &'a Parts) -> BoxFuture<'a, Vec<NavCount>> {
        Box::pin(async move {
            let (Some(user), Ok(desk)) = (
                parts.extensions.get::<Arc<CurrentUser>>(),
                glue::desk(house),
            ) else {
                return Vec::new();
            };
            let worker = Worker::from(&**user);
            let (sources, t, now) = (house.extra(), house.texts(Language::Fi), house.now());
            let read = house
                .store
                // Numbers alone: nothing is shown of anybody, and nothing is logged.
                .show(move |tx| {
                    let list = found(worklist::count(tx, &desk, &worker))?;
                    let open = found(queue::open_count(tx, &desk, &worker))?;
                    // Whoever has no list of work has no rows of the other rooms either.
                    let works = match list {
                        Some(_) => works(tx, &sources, &Reader::from(&worker), &t, now)?,
                        None => Vec::new(),
                    };
                    Ok::<_, IntakeError>((list, open, works))
                })
                .await;
            // A number that cannot be counted now is no reason to show no page.
            let Ok((list, open, works)) = read.map(|receipt| receipt.value) else {
                return Vec::new();
            };
            let late = list.map(|list| {
                let board = board(&list, &works, &house.texts(Language::Fi), house.now());
                NavCount {
                    href: "/desk",
                    count: i64::try_from(board.late).unwrap_or(i64::MAX),
                    words: "desk-count-late",
                    late: true,
                }
            });
            let open = open.map(|count| NavCount {
                href: "/contacts",
                count,
                words: "desk-count-open",
                late: false,
            });
            late.into_iter().chain(open).collect()
        })
    }
}

/// What somebody has no right to is not counted.
fn found<T>(read: Result<T, IntakeError>) -> Result<Option<T>, IntakeError> {
    match read {
        Ok(value) => Ok(Some(value)),
        Err(IntakeError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}
