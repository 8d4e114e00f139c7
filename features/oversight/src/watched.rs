//! The list of the watched, kept by the data protection officer: searches for these people come up for a look. Who
//! they are is kept as a digest only, so the list tells neither names nor who is a client.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use clients::Reader;
use clients::domain::RowId;
use clients::store::watched::{self, Watched};
use identity::session::CurrentUser;
use kernel::identity_code::IdentityCode;
use kernel::time::{SignedDuration, day};
use web::{Answer, Form, House, Page, Posted, Texts, Visit, go_to, page_with_status};

use crate::store::{self as own, OversightError};

/// Longest reason, in characters.
const LONGEST: usize = 300;
/// Longest time of watching; a longer one is thought over again.
const LONGEST_DAYS: i64 = 366;

/// One line of the list.
pub struct WatchedRow {
    pub action: String,
    pub reason: String,
    pub until: String,
    pub who: String,
    pub when: String,
}

#[derive(Template)]
#[template(path = "watched.html")]
pub struct WatchedPage {
    pub page: Page,
    pub form: Form,
    pub done: String,
    pub rows: Vec<WatchedRow>,
}

/// `GET /oversight/watched`.
pub async fn list(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let done = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, what)| {
            ["added", "ended"]
                .into_iter()
                .find(|known| known == what)
                .map(|known| visit.t().get(&format!("watched-done-{known}")))
        });
    open(&house, &visit, &user, None, done.unwrap_or_default()).await
}

async fn open(
    house: &House,
    visit: &Visit,
    user: &CurrentUser,
    typed: Option<Form>,
    done: String,
) -> Answer {
    let (reader, now) = (Reader::from(user), house.now());
    // No client's data: a digest, and the officer's own words.
    let rows = house
        .store
        .read(move |tx| {
            own::right(&reader, "watch_list", "read", &[], &[], day(now))?;
            Ok::<_, OversightError>(watched::watched(tx, now)?)
        })
        .await?;
    let page = visit.page("watched-title");
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let rows = rows.iter().map(|one| row(&page.t, one)).collect();
    let form = typed.unwrap_or_default();
    Ok(page_with_status(
        status,
        WatchedPage {
            page,
            form,
            done,
            rows,
        },
    ))
}

fn row(t: &Texts, one: &Watched) -> WatchedRow {
    WatchedRow {
        action: format!("/oversight/watched/{}/end", one.id),
        reason: one.reason.clone(),
        until: t.full_day(one.ends_on),
        who: one.added_by.clone(),
        when: t.full_day(day(one.added_at)),
    }
}

/// `POST /oversight/watched`: begins watching the searches of a person, by the exact identity code.
pub async fn add(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let today = house.today();
    let typed = form.require("code", "watched-code-missing", 20);
    let code = typed.parse::<IdentityCode>().ok();
    if code.is_none() && !typed.is_empty() {
        form.error("code", "watched-code-wrong");
    }
    let reason = form.require("reason", "watched-reason-missing", LONGEST);
    let ends_on = form.day("ends_on");
    let last = today.saturating_add(SignedDuration::from_hours(24 * LONGEST_DAYS));
    match ends_on {
        Some(ends) if ends < today || ends > last => form.error("ends_on", "watched-until-wrong"),
        None if form.message(&visit.t(), "ends_on").is_empty() => {
            form.error("ends_on", "watched-until-wrong");
        }
        _ => {}
    }
    let (Some(code), Some(ends_on), true) = (code, ends_on, form.is_valid()) else {
        return open(&house, &visit, &user, Some(form), String::new()).await;
    };
    let (reader, desk, now) = (Reader::from(&user), crate::desk(&house)?, house.now());
    house
        .store
        .write(move |tx| {
            let right = own::right(&reader, "watch_list", "create", &[], &[], day(now))?;
            let id = watched::add(tx, &desk, reader.staff, &code, &reason, ends_on)?;
            let detail = format!("watched {id}");
            tx.log(own::entry(
                &reader,
                right,
                now,
                "watched.add",
                Vec::new(),
                detail,
            ))?;
            Ok::<_, OversightError>(())
        })
        .await?;
    Ok(go_to("/oversight/watched?done=added"))
}

/// `POST /oversight/watched/{id}/end`. Pressed twice, it has ended as was asked.
pub async fn end(State(house): State<House>, user: CurrentUser, Path(id): Path<String>) -> Answer {
    let id: RowId = crate::id(&id)?;
    let (reader, now) = (Reader::from(&user), house.now());
    house
        .store
        .write(move |tx| {
            let right = own::right(&reader, "watch_list", "finish", &[], &[], day(now))?;
            if watched::end(tx, reader.staff, id, now)? {
                let detail = format!("watched {id}");
                tx.log(own::entry(
                    &reader,
                    right,
                    now,
                    "watched.end",
                    Vec::new(),
                    detail,
                ))?;
            }
            Ok::<_, OversightError>(())
        })
        .await?;
    Ok(go_to("/oversight/watched?done=ended"))
}
