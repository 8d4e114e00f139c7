//! The recipient's own page, opened by the link she was sent: what is proposed and what it rests on, and her answer.
//!
//! The link is the secret: its page is kept nowhere, searched by nobody, and stands in no log.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use kernel::time::Date;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Texts, Visit, page_with_status};

use super::handed::{self, HandedView};
use super::named::{Names, with_names};
use super::once::{Asking, Once};
use super::{Made, labels};
use crate::domain::{NewResponse, ProposalState, ReportError, ResponseKind};
use crate::store::links::{self, Ended, Invited, Opened};
use crate::store::proposals::{self, Answerer, Link};

/// Purpose of the key under which digests of links are kept.
pub(super) const KEY: &str = "noste 2026 proposal link";

#[derive(Template)]
#[template(path = "public-answer.html")]
struct AnswerPage {
    page: Page,
    form: Form,
    shown: HandedView,
    kinds: Vec<Choice>,
    once: Once,
    /// The secret of the address.
    link: String,
    /// The last day of the link.
    until: String,
    /// Nobody has said yet that it came.
    waits: bool,
}

impl AnswerPage {
    /// An address of this page's forms.
    fn at(&self, rest: &str) -> String {
        self.page.local(&format!("/vastaus/{}{rest}", self.link))
    }
}

#[derive(Template)]
#[template(path = "public-answer-sent.html")]
struct ThanksPage {
    page: Page,
}

/// A link that opens nothing any more says so, and what to do.
#[derive(Template)]
#[template(path = "public-answer-ended.html")]
struct EndedPage {
    page: Page,
    words: String,
    answered: bool,
    /// What was written and is not sent.
    typed: String,
}

/// Beside the headers of every page: no search engine keeps it, and no copy stays in the browser.
fn unsearched(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        HeaderName::from_static("x-robots-tag"),
        HeaderValue::from_static("noindex, nofollow, noarchive"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn digest(house: &House, link: &str) -> Result<[u8; 32], Failure> {
    let link = Link::parse(link).ok_or(Failure::NotFound)?;
    Ok(link.digest(&house.secrets.key(KEY)))
}

/// What a link opens: the proposal, or the page that says how the link ended. `typed` is what was being sent.
async fn opened(
    house: &House,
    visit: &Visit,
    digest: [u8; 32],
    typed: &str,
) -> Result<Result<Invited, Response>, Failure> {
    let today = house.today();
    let found: Result<Opened, ReportError> = house
        .store
        .read(move |tx| links::open(tx, digest, today))
        .await;
    Ok(match found? {
        Opened::Open(invited) => Ok(*invited),
        Opened::Ended(how, day) => Err(ended_page(visit, how, day, typed)),
    })
}

fn ended_page(visit: &Visit, how: Ended, day: Date, typed: &str) -> Response {
    let (title, words) = match how {
        Ended::Answered => ("public-answer-answered-title", "public-answer-answered"),
        Ended::Withdrawn => ("public-answer-ended-title", "public-answer-withdrawn"),
        Ended::Replaced => ("public-answer-ended-title", "public-answer-replaced"),
        Ended::Expired => ("public-answer-ended-title", "public-answer-expired"),
    };
    let page = visit.page(title);
    let template = EndedPage {
        words: page.t.with(words, &[("day", page.t.full_day(day).into())]),
        answered: how == Ended::Answered,
        typed: typed.to_owned(),
        page,
    };
    unsearched(page_with_status(StatusCode::GONE, template))
}

/// The fields of an answer and their labels.
fn names(t: &Texts) -> Names {
    vec![
        ("kind", t.get("public-answer-kind")),
        ("reason", t.get("public-answer-reason")),
        ("decided_by_role", t.get("public-answer-role")),
        ("minutes", t.get("public-answer-minutes")),
        ("nobody", t.get("public-reporting-nobody")),
    ]
}

struct Shown {
    status: StatusCode,
    form: Form,
    once: Once,
}

async fn answer_page(
    house: &House,
    visit: &Visit,
    link: String,
    invited: Invited,
    shown: Shown,
) -> Answer {
    let page = visit.page("public-answer-title");
    let t = &page.t;
    let Invited {
        proposal,
        handed,
        until,
    } = invited;
    let template = AnswerPage {
        shown: handed::view(house, t, &proposal, handed).await?,
        kinds: labels::response_kinds(t),
        once: shown.once,
        waits: proposal.state.leads_to(ProposalState::Received),
        until: t.full_day(until),
        link,
        form: with_names(t, shown.form, &names(t)),
        page,
    };
    Ok(unsearched(page_with_status(shown.status, template)))
}

/// The page as the link stands now: the proposal with a form, or how the link ended. `typed` is what was being sent.
async fn page_now(
    house: &House,
    visit: &Visit,
    link: String,
    (status, form): (StatusCode, Form),
    typed: &str,
) -> Answer {
    match opened(house, visit, digest(house, &link)?, typed).await? {
        Ok(invited) => {
            let once = Once::default();
            let shown = Shown { status, form, once };
            answer_page(house, visit, link, invited, shown).await
        }
        Err(ended) => Ok(ended),
    }
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
) -> Answer {
    let empty = (StatusCode::OK, Form::new());
    page_now(&house, &visit, link, empty, "").await
}

/// Reads an answer; `None` when something is wrong, and then it is marked.
pub(super) fn read(form: &mut Form) -> Option<NewResponse> {
    let kind = ResponseKind::from_code(form.value("kind"));
    if kind.is_none() {
        form.error("kind", "public-answer-kind-needed");
    }
    let reason = form.require(
        "reason",
        "public-answer-reason-needed",
        crate::domain::LONGEST_PROPOSAL,
    );
    let longest = crate::domain::LONGEST_NAME;
    let decided_by_role =
        form.require_line("decided_by_role", "public-answer-role-needed", longest);
    let minutes = form.optional_line("minutes", longest).unwrap_or_default();
    let response = NewResponse {
        kind: kind?,
        reason,
        decided_by_role,
        minutes,
    };
    form.is_valid().then_some(response)
}

/// Looks an answer through: it is read by everybody at once, and by nobody before that.
///
/// # Errors
/// As [`Once::through`].
pub(super) async fn looked_through(
    house: &House,
    t: &Texts,
    form: &mut Form,
    response: &NewResponse,
) -> Result<Once, Failure> {
    let fields = vec![
        Asking::new("reason", t.get("public-answer-reason"), &response.reason),
        Asking::new(
            "decided_by_role",
            t.get("public-answer-role"),
            &response.decided_by_role,
        ),
        Asking::new("minutes", t.get("public-answer-minutes"), &response.minutes),
    ];
    Once::through(house, t, form, fields).await
}

/// The recipient says that she has it in hand. Opening the page says nothing: programs that look at letters open links too.
pub(super) async fn received(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
) -> Answer {
    let digest = digest(&house, &link)?;
    let invited = match opened(&house, &visit, digest, "").await? {
        Ok(invited) => invited,
        Err(ended) => return Ok(ended),
    };
    let (id, today) = (invited.proposal.id, house.today());
    let done = house
        .store
        .write(move |tx| proposals::receive(tx, &Answerer::Link(digest), id, today))
        .await;
    let mut form = Form::new();
    let status = match done {
        Ok(_) => StatusCode::OK,
        // It was answered, withdrawn or replaced meanwhile; the page below says so.
        Err(ReportError::NotFound) => StatusCode::CONFLICT,
        Err(error) => super::refused(&mut form, error)?,
    };
    page_now(&house, &visit, link, (status, form), "").await
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
    posted: Posted,
) -> Answer {
    let digest = digest(&house, &link)?;
    let mut form = posted.form();
    let typed = form.value("reason").to_owned();
    let invited = match opened(&house, &visit, digest, &typed).await? {
        Ok(invited) => invited,
        Err(ended) => return Ok(ended),
    };
    let (response, once) = match read(&mut form) {
        Some(response) => {
            let once = looked_through(&house, &visit.t(), &mut form, &response).await?;
            (Some(response), once)
        }
        None => (None, Once::default()),
    };
    let clean = form.is_valid() && !once.asks();
    let Some(response) = response.filter(|_| clean) else {
        let status = super::written::status(&form);
        let shown = Shown { status, form, once };
        return answer_page(&house, &visit, link, invited, shown).await;
    };
    let (id, today, made) = (invited.proposal.id, house.today(), Made::of(&house));
    let answered = house
        .store
        .write(move |tx| {
            proposals::answer(tx, made.by(), &Answerer::Link(digest), id, response, today)
        })
        .await;
    let status = match answered {
        Ok(_) => {
            return Ok(unsearched(web::page(ThanksPage {
                page: visit.page("public-answer-sent-title"),
            })));
        }
        // Another was faster, or the link was withdrawn: what was typed is shown with what has become of it.
        Err(ReportError::NotFound) => StatusCode::CONFLICT,
        Err(error) => super::refused(&mut form, error)?,
    };
    page_now(&house, &visit, link, (status, form), &typed).await
}
