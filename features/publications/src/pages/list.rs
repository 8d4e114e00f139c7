//! The list of publications.

use askama::Template;
use axum::extract::{Query, State};
use identity::session::CurrentUser;
use web::{Answer, House, Page, Visit, page};

use super::read;
use crate::compose::period;
use crate::domain::VersionState;
use crate::paper_of;
use crate::store::{EVIDENCE, read as rows};

struct RowView {
    href: String,
    title: String,
    kind: String,
    period: String,
    state: String,
    color: &'static str,
    released: String,
}

#[derive(Template)]
#[template(path = "publications.html")]
struct ListPage {
    page: Page,
    notice: String,
    rows: Vec<RowView>,
    may_begin: bool,
}

/// The colour of a state.
pub const fn color(state: VersionState) -> &'static str {
    match state {
        VersionState::Draft | VersionState::Corrected => "neutral",
        VersionState::DisclosureChecked | VersionState::Reviewed => "info",
        VersionState::Released => "success",
        VersionState::Withdrawn => "danger",
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let notice = super::done(&visit, &pairs);
    let lines = read(&house, &user, |tx, editor| rows::list(tx, editor)).await?;
    let page_ = visit.page("publications-title");
    let t = &page_.t;
    let rows = lines
        .into_iter()
        .map(|line| RowView {
            href: format!("/publications/{}", line.at.0),
            title: line.title,
            kind: paper_of::kind(t, line.kind),
            period: period(t, line.span),
            state: if line.returned && line.state == VersionState::Draft {
                t.get("publication-returned")
            } else {
                paper_of::word(t, "public-publication-state", line.state.code())
            },
            color: if line.returned {
                "warning"
            } else {
                color(line.state)
            },
            released: line
                .released_on
                .map(|day| t.full_day(day))
                .unwrap_or_default(),
        })
        .collect();
    let may_begin = super::editor(&house, &user)
        .right("publication", "create", EVIDENCE)
        .is_ok();
    Ok(page(ListPage {
        notice,
        rows,
        may_begin,
        page: page_,
    }))
}
