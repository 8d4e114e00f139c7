//! The recipient's own page, opened by the link she was sent: what is proposed, and her answer.
//!
//! The link is the secret: its page is kept nowhere, searched by nobody, and stands in no log.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;
use text::screening::Weight;
use web::{Answer, Choice, Failure, Form, House, Page, Posted, Visit, page_with_status};

use super::reading::Reader;
use super::{Made, labels};
use crate::domain::{NewResponse, ProposalState, ReportError, ResponseKind};
use crate::store::proposals::{self, Answerer, Link, Proposal};

/// Purpose of the key under which digests of links are kept.
pub(super) const KEY: &str = "noste 2026 proposal link";

#[derive(Template)]
#[template(path = "public-answer.html")]
struct AnswerPage {
    page: Page,
    form: Form,
    proposal: Proposal,
    kinds: Vec<Choice>,
    /// The secret of the address.
    link: String,
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

async fn of_link(house: &House, digest: [u8; 32]) -> Result<Proposal, Failure> {
    let found: Result<Proposal, ReportError> = house
        .store
        .read(move |tx| proposals::by_link(tx, digest))
        .await;
    Ok(found?)
}

fn answer_page(
    visit: &Visit,
    status: StatusCode,
    form: Form,
    proposal: Proposal,
    link: String,
) -> Response {
    let page = visit.page("public-answer-title");
    unsearched(page_with_status(
        status,
        AnswerPage {
            kinds: labels::response_kinds(&page.t),
            waits: proposal.state.leads_to(ProposalState::Received),
            link,
            proposal,
            form,
            page,
        },
    ))
}

pub(super) async fn show(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
) -> Answer {
    let proposal = of_link(&house, digest(&house, &link)?).await?;
    Ok(answer_page(
        &visit,
        StatusCode::OK,
        Form::new(),
        proposal,
        link,
    ))
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

/// Marks fields in which somebody is surely told. An answer is read by everybody at once, and by nobody before that.
pub(super) fn names_somebody(house: &House, form: &mut Form, response: &NewResponse) -> bool {
    let reader = Reader::of(house);
    for (field, text) in [
        ("reason", &response.reason),
        ("decided_by_role", &response.decided_by_role),
        ("minutes", &response.minutes),
    ] {
        let found = reader.find(text);
        if found.iter().any(|one| one.weight == Weight::Certain) {
            form.error(field, "public-reporting-person-found");
        }
    }
    form.has_errors()
}

/// The recipient says that she has it in hand. Opening the page says nothing: programs that look at letters open links too.
pub(super) async fn received(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
) -> Answer {
    let digest = digest(&house, &link)?;
    let proposal = of_link(&house, digest).await?;
    let id = proposal.id;
    let done = house
        .store
        .write(move |tx| proposals::receive(tx, &Answerer::Link(digest), id))
        .await;
    let mut form = Form::new();
    let status = match done {
        Ok(_) => StatusCode::OK,
        Err(error) => super::refused(&mut form, error)?,
    };
    let proposal = of_link(&house, digest).await?;
    Ok(answer_page(&visit, status, form, proposal, link))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    Path(link): Path<String>,
    posted: Posted,
) -> Answer {
    let digest = digest(&house, &link)?;
    let proposal = of_link(&house, digest).await?;
    let mut form = posted.form();
    let response = read(&mut form).filter(|one| !names_somebody(&house, &mut form, one));
    let Some(response) = response else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(answer_page(&visit, status, form, proposal, link));
    };
    let (id, today, made) = (proposal.id, house.today(), Made::of(&house));
    let answered = house
        .store
        .write(move |tx| {
            proposals::answer(tx, made.by(), &Answerer::Link(digest), id, response, today)
        })
        .await;
    match answered {
        Ok(_) => Ok(unsearched(web::page(ThanksPage {
            page: visit.page("public-answer-sent-title"),
        }))),
        Err(error) => {
            let status = super::refused(&mut form, error)?;
            Ok(answer_page(&visit, status, form, proposal, link))
        }
    }
}
