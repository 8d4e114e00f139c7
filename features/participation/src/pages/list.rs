//! The list of gatherings: what waits for its outcome or for word back comes first.

use askama::Template;
use axum::extract::{Query, State};
use identity::session::CurrentUser;
use reporting::store::themes;
use web::{Answer, Choice, House, Page, Visit, page};

use super::{asked, labels, may, read};
use crate::domain::{Kind, State as Stands};
use crate::store::gatherings::{self, Shown};
use crate::store::{EVIDENCE, NO_CLIENT, NO_DATA, bikva, proposals};

struct RowView {
    href: String,
    title: String,
    kind: String,
    place: String,
    themes: String,
    day: String,
    iso: String,
    late: bool,
    people: String,
    /// What is to be done next; empty for nothing.
    next: String,
}

struct RoundView {
    href: String,
    title: String,
    day: String,
    stages: String,
}

struct SaidView {
    href: String,
    words: String,
}

#[derive(Template)]
#[template(path = "participation.html")]
struct ListPage {
    page: Page,
    notice: String,
    shown: &'static str,
    kinds: Vec<Choice>,
    kind: String,
    rows: Vec<RowView>,
    rounds: Vec<RoundView>,
    said: Vec<SaidView>,
    may_write: bool,
    may_further: bool,
    may_pack: bool,
    may_rule: bool,
}

impl ListPage {
    /// The list in another state, of the same kind.
    fn tab(&self, shown: &str) -> String {
        format!("/participation?show={shown}&kind={}", self.kind)
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let (shown, code) = match asked(&pairs, "show") {
        "held" => (Shown::Held, "held"),
        "cancelled" => (Shown::Cancelled, "cancelled"),
        _ => (Shown::Coming, "coming"),
    };
    let kind = Kind::from_code(asked(&pairs, "kind"));
    let (found, rounds, said, themes) = read(&house, &user, move |tx, editor| {
        Ok((
            gatherings::list(tx, editor, shown, kind)?,
            bikva::list(tx, editor)?,
            proposals::open(tx, editor)?,
            themes::on(tx, editor.today())?,
        ))
    })
    .await?;
    let page_ = visit.page("participation-title");
    let (t, today) = (&page_.t, house.today());
    let rows = found
        .into_iter()
        .map(|one| {
            let late = one.state == Stands::Planned && one.planned.held_on < today;
            let untold = one.state == Stands::Held && one.told.is_none();
            RowView {
                href: format!("/participation/{}", one.id),
                kind: labels::kind(t, one.planned.kind),
                place: format!(
                    "{}, {}",
                    one.planned.place,
                    labels::area(t, one.planned.municipality.as_deref())
                ),
                themes: labels::theme_names(t, &themes, &one.planned.themes),
                day: t.full_day(one.planned.held_on),
                iso: one.planned.held_on.to_string(),
                late,
                people: one
                    .outcome
                    .map_or_else(String::new, |outcome| outcome.people.to_string()),
                next: if late {
                    t.get("gathering-next-outcome")
                } else if untold {
                    t.get("gathering-next-told")
                } else {
                    String::new()
                },
                title: one.planned.title,
            }
        })
        .collect();
    let rounds = rounds
        .into_iter()
        .map(|one| RoundView {
            href: format!("/participation/bikva/{}", one.id),
            title: one.title,
            day: t.full_day(one.opened_on),
            stages: t.with(
                "bikva-stages-done",
                &[("count", u32::from(one.stages).into())],
            ),
        })
        .collect();
    let may_further = may(&house, &user, "publication", "edit_draft", EVIDENCE);
    let said = said
        .into_iter()
        .map(|one| SaidView {
            href: if may_further {
                format!("/participation/proposals/{}", one.id)
            } else {
                format!("/participation/{}", one.gathering)
            },
            words: super::ground::short(&one.words),
        })
        .collect();
    Ok(page(ListPage {
        notice: super::done(&visit, &pairs),
        shown: code,
        kinds: labels::choices(t, Kind::ALL, Kind::code, labels::kind),
        kind: kind.map_or("", Kind::code).to_owned(),
        rows,
        rounds,
        said,
        may_write: may(&house, &user, "participation", "create", NO_CLIENT),
        may_further,
        may_pack: may(&house, &user, "observation", "read", bikva::GROUPED),
        may_rule: may(&house, &user, "participation_rule", "edit_draft", NO_DATA),
        page: page_,
    }))
}
