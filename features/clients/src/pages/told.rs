//! What is told to the worker at once, on her desk, on the unit's page and on the reviewer's: shown by other rooms,
//! marked as seen here.

use axum::extract::{Path, State};
use identity::session::CurrentUser;
use kernel::time::Timestamp;
use web::{Answer, Failure, House, Posted, Texts, go_to};

use crate::domain::{Reader, RowId};
use crate::store::told::{self, Notice};

/// The pages that show notices: their codes in the form, and where "seen" leads back to.
const PAGES: [(&str, &str); 3] = [
    ("desk", "/desk"),
    ("unit", "/unit"),
    ("reviews", "/oversight/exceptional"),
];

/// A notice in words, for the template `client-told.html`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldRow {
    pub action: String,
    /// Code of the page that shows it.
    pub back: &'static str,
    pub title: String,
    pub when: String,
    /// Why, as the worker chose it; empty when nothing was opened.
    pub reason: String,
    /// Why, in the worker's words.
    pub words: String,
    /// Where the reader reviews it; empty when she does not.
    pub review: &'static str,
}

/// What the reader has not seen, for the page of a code (`desk`, `unit`, `reviews`). The log entry is committed before
/// this answers.
///
/// # Errors
/// When the store cannot answer.
pub async fn unseen(
    house: &House,
    user: &CurrentUser,
    t: &Texts,
    back: &'static str,
) -> Result<Vec<ToldRow>, Failure> {
    let (reader, now) = (Reader::from(user), house.now());
    let unseen = house
        .store
        .show(move |tx| told::read(tx, &reader, now))
        .await?
        .value;
    // What is reviewed on the page itself is not told there as well.
    let reviewed_here = |one: &&Notice| back == "reviews" && is_to_review(one);
    Ok(unseen
        .iter()
        .filter(|one| !reviewed_here(one))
        .map(|one| row(t, one, back, now))
        .collect())
}

fn row(t: &Texts, notice: &Notice, back: &'static str, now: Timestamp) -> ToldRow {
    let (reason, words) = notice
        .reason
        .as_ref()
        .map_or_else(Default::default, |(code, words)| {
            let code = t.get(&format!("exceptional-code-{}", code.code()));
            (code, words.clone())
        });
    ToldRow {
        action: format!("/notices/{}/seen", notice.id),
        back,
        title: title(t, notice),
        when: t.when(notice.at, now),
        reason,
        words,
        review: if is_to_review(notice) {
            "/oversight/exceptional"
        } else {
            ""
        },
    }
}

/// Whether the reader reviews what the notice tells of.
fn is_to_review(notice: &Notice) -> bool {
    notice.kind == "exceptional" && notice.to_unit
}

fn title(t: &Texts, notice: &Notice) -> String {
    let who = notice.who.clone().unwrap_or_else(|| t.get("told-somebody"));
    let whom = notice
        .whom
        .clone()
        .unwrap_or_else(|| t.get("told-colleague"));
    let day = notice.last.map_or_else(String::new, |day| t.full_day(day));
    let mut key = format!("told-{}", notice.kind.replace('_', "-"));
    if !t.has(&key) {
        key = "told-other".to_owned();
    }
    match &notice.client {
        Some(client) => t.with(
            &format!("{key}-of"),
            &[
                ("who", who.into()),
                ("whom", whom.into()),
                ("client", client.into()),
                ("day", day.into()),
            ],
        ),
        None => t.with(
            &key,
            &[
                ("who", who.into()),
                ("whom", whom.into()),
                ("day", day.into()),
            ],
        ),
    }
}

/// `POST /notices/{id}/seen`. Pressed twice, it has been seen as was told.
pub(super) async fn seen(
    State(house): State<House>,
    user: CurrentUser,
    Path(id): Path<String>,
    posted: Posted,
) -> Answer {
    let id: RowId = id.parse().map_err(|_| Failure::NotFound)?;
    let (reader, now) = (Reader::from(&user), house.now());
    house
        .store
        .write(move |tx| told::mark_seen(tx, &reader, id, now))
        .await?;
    let back = posted.value("back");
    let place = PAGES.iter().find(|(code, _)| *code == back);
    let (_, path) = place.unwrap_or(&PAGES[0]);
    Ok(go_to(&format!("{path}?done=notice")))
}
