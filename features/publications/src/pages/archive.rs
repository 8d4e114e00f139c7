//! The public archive: every proposal that was sent, and what was answered or was not. No account, no client, no reporter.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use reporting::domain::{Owed, owed};
use reporting::store::gather::{self, Among, Told};
use text::screening::{Screener, Weight};
use web::{Answer, House, Page, Texts, Visit};

use super::public::kept_page;
use crate::domain::PublishError;
use crate::domain::content::owed_code;
use crate::paper_of::word;
use crate::ready::screener;

/// Proposals of a page.
const MOST: usize = 50;
/// Further pages than this hold nothing that a person reads.
const LAST: usize = 1000;

struct AnswerView {
    kind: String,
    color: &'static str,
    reason: String,
    about: String,
}

struct ProposalView {
    id: String,
    words: String,
    recipient: String,
    sent: String,
    due: String,
    iso: String,
    color: &'static str,
    /// What is said while there is no answer.
    owed: String,
    answers: Vec<AnswerView>,
}

struct TabView {
    href: String,
    label: String,
    current: bool,
}

#[derive(Template)]
#[template(path = "public-proposals.html")]
struct ArchivePage {
    page: Page,
    count: String,
    tabs: Vec<TabView>,
    rows: Vec<ProposalView>,
    before: String,
    after: String,
}

const SHOWN: [(Among, &str, &str); 4] = [
    (Among::All, "", "public-proposals-all"),
    (Among::Overdue, "late", "public-proposals-late"),
    (Among::Waiting, "waiting", "public-proposals-waiting"),
    (Among::Answered, "answered", "public-proposals-answered"),
];

/// Takes out what tells beyond doubt who somebody is: an answer comes from outside, and nobody has read it before everybody.
fn without_persons(screener: &Screener, text: &str) -> String {
    let mut found = screener.find(text);
    found.retain(|one| one.weight == Weight::Certain);
    let mut out = String::new();
    let mut at = 0;
    for one in found {
        out.push_str(&text[at..one.range.start]);
        out.push_str("[…]");
        at = one.range.end;
    }
    out.push_str(&text[at..]);
    out
}

const fn color(owed: Owed) -> &'static str {
    match owed {
        Owed::Nothing | Owed::Waiting => "",
        Owed::Late => "warning",
        Owed::Silent => "danger",
    }
}

const fn answer_color(kind: reporting::domain::ResponseKind) -> &'static str {
    use reporting::domain::ResponseKind::{Accepted, Forwarded, Partly, Rejected};
    match kind {
        Accepted => "success",
        Partly | Forwarded => "warning",
        Rejected => "neutral",
    }
}

fn view(t: &Texts, screener: &Screener, told: &Told, today: kernel::time::Date) -> ProposalView {
    let one = &told.proposal;
    let stands = owed(one.state, one.due_on, today);
    ProposalView {
        id: format!("e-{}", one.id),
        words: without_persons(screener, &one.words),
        recipient: without_persons(screener, &one.recipient),
        sent: one.sent_on.map(|day| t.full_day(day)).unwrap_or_default(),
        due: t.full_day(one.due_on),
        iso: one.due_on.to_string(),
        color: color(stands),
        owed: if told.answers.is_empty() {
            word(t, "public-publication-owed", owed_code(stands))
        } else {
            String::new()
        },
        answers: told
            .answers
            .iter()
            .map(|answer| AnswerView {
                kind: word(t, "public-answer-kind", answer.written.kind.code()),
                color: answer_color(answer.written.kind),
                reason: without_persons(screener, &answer.written.reason),
                about: [
                    t.full_day(answer.received_on),
                    without_persons(screener, &answer.written.decided_by_role),
                    without_persons(screener, &answer.written.minutes),
                ]
                .into_iter()
                .filter(|part| !part.is_empty())
                .collect::<Vec<_>>()
                .join(", "),
            })
            .collect(),
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let value = |wanted: &str| {
        pairs
            .iter()
            .find(|(name, _)| name == wanted)
            .map_or("", |(_, value)| value.as_str())
    };
    let (among, code, _) = SHOWN
        .into_iter()
        .find(|(_, code, _)| *code == value("show"))
        .unwrap_or(SHOWN[0]);
    let at = value("page").parse::<usize>().unwrap_or(1).clamp(1, LAST);
    let today = house.today();
    let (told, count) = house
        .store
        .read(move |tx| {
            let skip = (at - 1) * MOST;
            Ok::<_, PublishError>(gather::archive(tx, among, today, (skip, MOST))?)
        })
        .await?;
    let page = visit.page("public-proposals-title");
    let (t, screener) = (page.t.clone(), screener(&house)?);
    // Looking through fifty texts takes its time: not on a thread that serves others.
    let rows = tokio::task::spawn_blocking(move || {
        told.iter()
            .map(|one| view(&t, &screener, one, today))
            .collect::<Vec<_>>()
    })
    .await
    .map_err(web::Failure::internal)?;
    let base = page.local("/ehdotukset");
    let link = |to: usize| format!("{base}?show={code}&page={to}");
    let more = (at * MOST) as u64;
    let template = ArchivePage {
        count: page
            .t
            .with("public-proposals-count", &[("count", count.into())]),
        tabs: SHOWN
            .into_iter()
            .map(|(of, own, label)| TabView {
                href: if own.is_empty() {
                    base.clone()
                } else {
                    format!("{base}?show={own}")
                },
                label: page.t.get(label),
                current: of == among,
            })
            .collect(),
        rows,
        before: if at > 1 { link(at - 1) } else { String::new() },
        after: if more < count {
            link(at + 1)
        } else {
            String::new()
        },
        page,
    };
    kept_page(&headers, &template)
}
