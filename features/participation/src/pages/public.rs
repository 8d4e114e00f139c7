//! Open gatherings that are still to come, for anybody.

use askama::Template;
use axum::extract::State;
use kernel::language::Language;
use reporting::store::themes;
use web::{Answer, House, Page, Visit, page};

use super::labels;
use crate::domain::PartError;
use crate::store::gatherings;

struct RowView {
    title: String,
    /// The language of the title, when it is another than the page's.
    lang: String,
    kind: String,
    when: String,
    iso: String,
    place: String,
    themes: String,
}

#[derive(Template)]
#[template(path = "public-gatherings.html")]
struct ListPage {
    page: Page,
    rows: Vec<RowView>,
}

pub(super) async fn show(State(house): State<House>, visit: Visit) -> Answer {
    let today = house.today();
    let (found, themes) = house
        .store
        .read(move |tx| {
            Ok::<_, PartError>((gatherings::open_to_all(tx, today)?, themes::on(tx, today)?))
        })
        .await?;
    let page_ = visit.page("public-gatherings-title");
    let t = &page_.t;
    let own = match page_.language {
        Language::Fi | Language::Easy => Language::Fi,
        other => other,
    };
    let rows = found
        .into_iter()
        .map(|one| {
            let planned = one.planned;
            let day = format!("{} {}", t.long_day(planned.held_on), planned.held_on.year());
            RowView {
                lang: if planned.language == own {
                    String::new()
                } else {
                    planned.language.tag().to_owned()
                },
                kind: labels::kind(t, planned.kind),
                when: if planned.hours.is_empty() {
                    day
                } else {
                    let hours = planned.hours.as_str();
                    t.with(
                        "public-gatherings-when",
                        &[("day", day.into()), ("hours", hours.into())],
                    )
                },
                iso: planned.held_on.to_string(),
                place: format!(
                    "{}, {}",
                    planned.place,
                    labels::area(t, planned.municipality.as_deref())
                ),
                themes: labels::theme_names(t, &themes, &planned.themes),
                title: planned.title,
            }
        })
        .collect();
    Ok(page(ListPage { rows, page: page_ }))
}
