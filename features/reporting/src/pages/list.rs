//! The list of phenomena: whose answer is late first.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Query, State};
use identity::people;
use identity::session::CurrentUser;
use web::{Answer, House, Page, Visit, page};

use super::{labels, read};
use crate::domain::Owed;
use crate::store::{pages, proposals};

struct RowView {
    href: String,
    title: String,
    state: String,
    owner: String,
    review: String,
    review_late: bool,
    /// What is owed, in words; empty for nothing.
    owed: String,
    owed_color: &'static str,
}

#[derive(Template)]
#[template(path = "phenomena.html")]
struct ListPage {
    page: Page,
    rows: Vec<RowView>,
    closed: bool,
    may_open: bool,
    may_group: bool,
}

const fn color(owed: Owed) -> &'static str {
    match owed {
        Owed::Nothing | Owed::Waiting => "",
        Owed::Late => "warning",
        Owed::Silent => "danger",
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let closed = pairs
        .iter()
        .any(|(name, value)| name == "show" && value == "closed");
    let (lines, owed, staff) = read(&house, &user, move |tx, editor| {
        let lines = pages::list(tx, editor, closed)?;
        let owed = proposals::owed_answers(tx, editor)?;
        Ok((lines, owed, people::list_all(tx)?))
    })
    .await?;
    let names: BTreeMap<_, _> = staff.into_iter().map(|one| (one.id, one.name)).collect();
    // The first of each phenomenon has waited longest.
    let mut waits: BTreeMap<_, (_, usize)> = BTreeMap::new();
    for (proposal, stands) in owed {
        waits
            .entry(proposal.phenomenon)
            .and_modify(|(_, count)| *count += 1)
            .or_insert(((proposal.due_on, stands), 1));
    }
    let page_ = visit.page("phenomena-title");
    let (t, today) = (&page_.t, house.today());
    let mut rows: Vec<_> = lines
        .into_iter()
        .map(|line| {
            let wait = waits.get(&line.id);
            let late =
                wait.is_some_and(|((_, stands), _)| matches!(stands, Owed::Late | Owed::Silent));
            let row = RowView {
                href: format!("/phenomena/{}", line.id),
                title: line.title,
                state: labels::phenomenon_state(t, line.state),
                owner: names.get(&line.owner).cloned().unwrap_or_default(),
                review: t.full_day(line.review_on),
                review_late: !closed && line.review_on < today,
                owed: wait.map_or_else(String::new, |((due, _), count)| {
                    let day = t.full_day(*due);
                    t.with(
                        if late {
                            "phenomena-owed-late"
                        } else {
                            "phenomena-owed"
                        },
                        &[("count", (*count).into()), ("day", day.into())],
                    )
                }),
                owed_color: wait.map_or("", |((_, stands), _)| color(*stands)),
            };
            (!late, wait.map(|((due, _), _)| *due), row)
        })
        .collect();
    // Stable: those of the same day stay in the order of their next look.
    rows.sort_by_key(|(on_time, due, _)| (*on_time, if *on_time { None } else { *due }));
    let may = |class, action, given: &[&str]| {
        super::editor(&house, &user)
            .right(class, action, given)
            .is_ok()
    };
    Ok(page(ListPage {
        rows: rows.into_iter().map(|(_, _, row)| row).collect(),
        closed,
        may_open: may("publication", "create", &["evidence_required"]),
        may_group: may(
            "observation",
            "edit_draft",
            &["redact_only", "no_client_link"],
        ),
        page: page_,
    }))
}
