//! What a worker has been told about clients, above the list of one's own.

use axum::extract::{Path, State};
use identity::session::CurrentUser;
use kernel::time::Timestamp;
use web::{Answer, House, Posted, Texts, go_to};

use crate::domain::RowId;
use crate::pages::common::id;
use crate::pages::head;
use crate::store::notices::Line;
use crate::store::watch;

/// A notice in words.
pub struct Notice {
    pub id: String,
    pub words: String,
    pub when: String,
    /// The client whom it is about; both empty when the reader may not see her.
    pub name: String,
    pub href: String,
}

pub fn notice(t: &Texts, line: &Line, now: Timestamp) -> Notice {
    let who = line.staff.clone().unwrap_or_default();
    let day = line.last.map_or_else(String::new, |day| t.full_day(day));
    let words = match line.kind.as_str() {
        "non_disclosure_ending" => t.with("notice-order-ending", &[("day", day.into())]),
        "non_disclosure_ended" => t.with("notice-order-ended", &[("day", day.into())]),
        "exceptional" => t.with("notice-exceptional", &[("who", who.into())]),
        "search_pause" => t.with("notice-search-pause", &[("who", who.into())]),
        "search_limit" => t.with("notice-search-limit", &[("who", who.into())]),
        _ => t.get("notice-other"),
    };
    let (name, href) = line
        .client
        .as_ref()
        .map(|(id, name)| (name.clone(), head::path(*id)))
        .unwrap_or_default();
    Notice {
        id: line.id.to_string(),
        words,
        when: t.when(line.at, now),
        name,
        href,
    }
}

/// Marks a notice as read. One that is not the reader's, or was read, changes nothing.
pub(super) async fn seen(
    State(house): State<House>,
    user: CurrentUser,
    Path(notice): Path<String>,
    _: Posted,
) -> Answer {
    let notice: RowId = id(&notice)?;
    let (staff, now) = (user.staff.id, house.now());
    house
        .store
        .write(move |tx| watch::mark_seen(tx, staff, notice, now))
        .await?;
    Ok(go_to("/clients"))
}
