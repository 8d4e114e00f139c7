//! Weak signals at the editor's bench: words that several writers have said of late and few had said before, with the observations
//! they come from. For the editor alone: a word goes nowhere from here but into her reading.

use askama::Template;
use axum::extract::State;
use identity::session::CurrentUser;
use kernel::time::{Date, SignedDuration};
use text::rising::Rising;
use web::{Answer, Failure, House, Page, Texts, Visit, page};

use super::bench::{Tab, tabs};
use super::read;
use super::reading::Reader;
use crate::store::bench::{self, Heard};

pub(super) const PATH: &str = "/observations/rising";
/// What is of late: a quarter of a year.
const RECENT_DAYS: i64 = 91;
/// What it is compared with: the year before that.
const BEFORE_DAYS: i64 = 365;
/// As much of an observation as tells which it is.
const SHOWN: usize = 120;

struct SourceView {
    href: String,
    day: String,
    words: String,
}

struct RowView {
    word: String,
    recent: String,
    writers: String,
    before: String,
    sure: bool,
    from: Vec<SourceView>,
}

#[derive(Template)]
#[template(path = "rising.html")]
struct RisingPage {
    page: Page,
    tabs: Vec<Tab>,
    rows: Vec<RowView>,
    /// How many observations were compared.
    compared: String,
}

fn days_before(today: Date, days: i64) -> Date {
    today.saturating_sub(SignedDuration::from_hours(24 * days))
}

pub(super) async fn show(State(house): State<House>, visit: Visit, user: CurrentUser) -> Answer {
    let recent = days_before(house.today(), RECENT_DAYS);
    let first = days_before(recent, BEFORE_DAYS);
    let heard = read(&house, &user, move |tx, editor| {
        bench::heard(tx, editor, first)
    })
    .await?;
    let reader = Reader::of(&house);
    // Thousands of texts take a moment: not on the thread that answers.
    let (heard, found) = tokio::task::spawn_blocking(move || {
        let found = reader.rising(&heard, recent);
        (heard, found)
    })
    .await
    .map_err(Failure::internal)?;
    let page_ = visit.page("rising-title");
    let t = &page_.t;
    let new = heard.iter().filter(|one| one.written_on >= recent).count();
    Ok(page(RisingPage {
        tabs: tabs(t, None),
        compared: t.with(
            "rising-compared",
            &[
                ("recent", new.into()),
                ("from", t.full_day(recent).into()),
                ("before", (heard.len() - new).into()),
                ("first", t.full_day(first).into()),
            ],
        ),
        rows: found.into_iter().map(|one| row(t, &heard, one)).collect(),
        page: page_,
    }))
}

fn row(t: &Texts, heard: &[Heard], one: Rising) -> RowView {
    let of = |count: usize, all: usize| {
        t.with("rising-of", &[("count", count.into()), ("all", all.into())])
    };
    RowView {
        recent: of(one.recent, one.recent_of),
        before: of(one.before, one.before_of),
        writers: t.with("rising-writers", &[("count", one.writers.into())]),
        sure: one.sure,
        from: one
            .observations
            .iter()
            .filter_map(|at| heard.get(*at))
            .map(|one| SourceView {
                href: format!("/observations/{}", one.id),
                day: t.full_day(one.written_on),
                words: super::work::short(&one.body, SHOWN),
            })
            .collect(),
        word: one.word,
    }
}
