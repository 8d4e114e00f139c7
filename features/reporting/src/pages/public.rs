//! An observation by anybody without an account, and what has come of it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use web::receipt::ReceiptCode;
use web::{
    Answer, Form, House, Page, Posted, TOKEN_FIELD, Texts, Visit, page, page_with_status, trap,
};

use super::labels;
use super::named::with_names;
use super::written::{self, Look, Options};
use crate::domain::{ObservationState, Written};
use crate::store::observe::{self, Source, Step};

/// Purpose of the key under which digests of receipts are kept; another than that of contacts.
const KEY: &str = "noste 2026 observation receipt";
/// Purpose of the secret that codes are made of.
const SEED: &str = "noste 2026 observation receipt from a form";

#[derive(Template)]
#[template(path = "public-observation.html")]
struct ObservationPage {
    page: Page,
    form: Form,
    look: Look,
    options: Options,
    steps: Vec<String>,
    trap: &'static str,
}

#[derive(Template)]
#[template(path = "public-observation-sent.html")]
struct SentPage {
    page: Page,
    code: String,
    steps: Vec<String>,
}

#[derive(Template)]
#[template(path = "public-observation-code.html")]
struct CodePage {
    page: Page,
    form: Form,
}

#[derive(Template)]
#[template(path = "public-observation-steps.html")]
struct StepsPage {
    page: Page,
    step: StepView,
}

/// What has come of an observation, in words.
pub struct StepView {
    pub written_on: String,
    pub state: String,
    /// What it means and what comes next.
    pub words: String,
    /// Why it was set aside.
    pub reason: String,
    pub phenomenon: String,
    pub proposals: Vec<ToldView>,
}

/// A proposal as a writer meets it.
pub struct ToldView {
    pub words: String,
    pub recipient: String,
    pub due: String,
    /// Empty while it is waited for.
    pub answer: String,
    pub reason: String,
    /// What has been done: words, state, what came of it.
    pub actions: Vec<(String, String, String)>,
}

impl StepView {
    pub fn new(t: &Texts, step: Step) -> Self {
        let words = match step.state {
            ObservationState::Sent => "public-observation-next-sent",
            ObservationState::Screened => "public-observation-next-screened",
            ObservationState::Grouped => "public-observation-next-grouped",
            ObservationState::SetAside => "public-observation-next-set-aside",
            ObservationState::Answered => "public-observation-next-answered",
        };
        Self {
            written_on: t.full_day(step.written_on),
            state: labels::observation_state(t, step.state),
            words: t.get(words),
            reason: step.reason.unwrap_or_default(),
            phenomenon: step.phenomenon.unwrap_or_default(),
            proposals: step
                .proposals
                .into_iter()
                .map(|told| {
                    let (answer, reason) = match told.answer {
                        Some((kind, reason)) => (labels::response_kind(t, kind), reason),
                        None => (String::new(), String::new()),
                    };
                    ToldView {
                        words: told.words,
                        recipient: told.recipient,
                        due: t.full_day(told.due_on),
                        answer,
                        reason,
                        actions: told
                            .actions
                            .into_iter()
                            .map(|one| (one.words, labels::action_state(t, one.state), one.effect))
                            .collect(),
                    }
                })
                .collect(),
        }
    }
}

fn next(t: &Texts) -> Vec<String> {
    [
        "public-observation-step-1",
        "public-observation-step-2",
        "public-observation-step-3",
    ]
    .map(|key| t.get(key))
    .into()
}

fn observation_page(visit: &Visit, form: Form, look: Look) -> ObservationPage {
    let page = visit.page("public-observation-title");
    ObservationPage {
        options: Options::new(&visit.house, &page.t, &form, false, &look),
        look,
        steps: next(&page.t),
        trap: trap::TRAP,
        form: with_names(&page.t, form, &written::names(&page.t)),
        page,
    }
}

/// The empty form.
pub async fn show(State(house): State<House>, visit: Visit) -> Answer {
    let look = Look::now(&house).await?;
    Ok(page(observation_page(&visit, Form::new(), look)))
}

/// An observation comes in. The code stands on this one answer and nowhere else.
pub async fn send(State(house): State<House>, visit: Visit, posted: Posted) -> Answer {
    let mut form = posted.form();
    let county = house.county.code.clone();
    let mut look = Look::now(&house).await?;
    let read = written::read(&mut form, &county, visit.language, false, &look.themes);
    let again = match &read {
        Some(written) => look.through(&house, &visit.t(), &mut form, written).await?,
        None => true,
    };
    let Some(written) = read.filter(|_| !again && form.is_valid()) else {
        let status = written::status(&form);
        return Ok(page_with_status(
            status,
            observation_page(&visit, form, look),
        ));
    };
    if let Some(again) = trap::doubt(&visit, &posted) {
        return Ok(again);
    }
    let code = put(
        &house,
        posted.value(TOKEN_FIELD),
        written,
        Source::default(),
    )
    .await?;
    let page = visit.page("public-observation-sent-title");
    let steps = next(&page.t);
    Ok(web::page(SentPage {
        code: code.shown(),
        steps,
        page,
    }))
}

/// Puts an observation into the box, once: the code is made of a secret and of the form, so the same form sent again is the
/// same observation and tells the same code.
///
/// # Errors
/// As the store fails.
pub async fn put(
    house: &House,
    token: &str,
    written: Written,
    source: Source,
) -> Result<ReceiptCode, web::Failure> {
    let content = format!("{written:?}");
    let code = ReceiptCode::derived(
        &house.secrets.key(SEED),
        &[token.as_bytes(), content.as_bytes()],
    );
    let digest = code.digest(&house.secrets.key(KEY));
    let (chance, today) = (std::sync::Arc::clone(&house.chance), house.today());
    house
        .store
        .write(move |tx| observe::put(tx, &*chance, &written, digest, source, today))
        .await?;
    Ok(code)
}

/// Asks for the code.
pub async fn ask(visit: Visit) -> Response {
    page(CodePage {
        page: visit.page("public-observation-code-title"),
        form: Form::new(),
    })
}

/// Every step and answer behind a code. A wrong one is looked for all the same, so that every answer takes its time.
pub async fn steps(State(house): State<House>, visit: Visit, posted: Posted) -> Answer {
    let mut form = posted.form();
    let typed = form.text("code").unwrap_or_default().to_owned();
    let parsed = ReceiptCode::parse(&typed);
    let known = parsed.is_some();
    let code = parsed.unwrap_or_else(|| ReceiptCode::new(&*house.chance));
    let digest = code.digest(&house.secrets.key(KEY));
    let found = house
        .store
        .read(move |tx| observe::by_receipt(tx, digest))
        .await?;
    let Some(step) = found.filter(|_| known) else {
        form.error(
            "code",
            if typed.is_empty() {
                "public-observation-code-missing"
            } else {
                "public-observation-code-wrong"
            },
        );
        let template = CodePage {
            page: visit.page("public-observation-code-title"),
            form,
        };
        return Ok(page_with_status(StatusCode::UNPROCESSABLE_ENTITY, template));
    };
    let page = visit.page("public-observation-steps-title");
    let step = StepView::new(&page.t, step);
    Ok(web::page(StepsPage { page, step }))
}
