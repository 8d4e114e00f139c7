//! The public form: at most six fields, no sign-in, no name needed.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use intake::domain::{Door, TalkLanguage, Wish};
use kernel::language::Language;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, TOKEN_FIELD, Texts, Visit, page,
    page_with_status, trap,
};

use crate::checking::{Fault, Field, Problem, Told, check};
use crate::receive::{self, Codes, Outcome};
use crate::sent::{self, Sent};
use crate::{cookies, words};

/// Name of the field that tells that the notice about an identity code has been seen.
pub const CODE_SEEN: &str = "codes";

#[derive(Template)]
#[template(path = "contact.html")]
struct ContactPage {
    page: Page,
    form: Form,
    wishes: Vec<Choice>,
    ways: Vec<Choice>,
    languages: Vec<Choice>,
    steps: Vec<String>,
    /// The text holds an identity code: notice and two choices.
    code_found: bool,
    trap: &'static str,
}

impl ContactPage {
    fn new(visit: &Visit, form: Form, code_found: bool) -> Self {
        let page = visit.page("public-contact-title");
        let t = &page.t;
        Self {
            wishes: wishes(t),
            ways: choices(
                t,
                &[
                    ("call", "public-contact-way-call"),
                    ("text", "public-contact-way-text"),
                    ("code", "public-contact-way-code"),
                ],
            ),
            languages: languages(t),
            steps: [
                "public-contact-step-1",
                "public-contact-step-2",
                "public-contact-step-3",
            ]
            .map(|key| t.get(key))
            .into(),
            code_found,
            trap: trap::TRAP,
            page,
            form,
        }
    }
}

/// Options whose labels are messages.
pub fn choices(t: &Texts, options: &[(&str, &str)]) -> Vec<Choice> {
    options
        .iter()
        .map(|(value, key)| Choice::new(*value, t.get(key)))
        .collect()
}

/// How soon help is needed.
pub fn wishes(t: &Texts) -> Vec<Choice> {
    choices(
        t,
        &[
            (Wish::Today.code(), "public-contact-wish-today"),
            (Wish::Week.code(), "public-contact-wish-week"),
            (Wish::NoHurry.code(), "public-contact-wish-no-hurry"),
        ],
    )
}

/// Languages of the talk.
pub fn languages(t: &Texts) -> Vec<Choice> {
    choices(
        t,
        &[
            (TalkLanguage::Fi.code(), "public-contact-language-fi"),
            (TalkLanguage::Sv.code(), "public-contact-language-sv"),
            (TalkLanguage::En.code(), "public-contact-language-en"),
            (TalkLanguage::Sign.code(), "public-contact-language-sign"),
            (TalkLanguage::Other.code(), "public-contact-language-other"),
        ],
    )
}

/// The language that a reader of a page most likely talks.
pub const fn talk_language(language: Language) -> TalkLanguage {
    match language {
        Language::Fi | Language::Easy => TalkLanguage::Fi,
        Language::Sv => TalkLanguage::Sv,
        Language::En => TalkLanguage::En,
    }
}

/// The empty form.
pub async fn show(State(house): State<House>, visit: Visit, headers: HeaderMap) -> Answer {
    let mut form = Form::new();
    form.set("way", "call");
    form.set("language", talk_language(visit.language).code());
    let mut response = page(ContactPage::new(&visit, form, false));
    cookies::ensure_device(&house, &headers, &mut response)?;
    Ok(response)
}

/// The form comes in.
pub async fn send(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
    posted: Posted,
) -> Answer {
    let mut form = posted.form();
    let checked = match check(&told(&form), &house.county.code) {
        Ok(checked) => checked,
        Err(faults) => {
            mark(&mut form, &faults);
            return Ok(corrected(&visit, form, false));
        }
    };
    if checked.hid_code && form.value(CODE_SEEN).is_empty() {
        return Ok(corrected(&visit, form, true));
    }
    if let Some(again) = trap::doubt(&visit, &posted) {
        return Ok(again);
    }
    let urgency = words::judge(&house, &checked.words, visit.language, checked.wish, false).await?;
    let new = receive::new_contact(checked, Door::Web, urgency);
    let device = cookies::device(&headers);
    let codes = Codes::of_form(&house, device, posted.value(TOKEN_FIELD), &new);
    match receive::once(&house, new, codes).await? {
        Outcome::Received { code, .. } => {
            sent::after(&visit, device.is_some(), &code, Sent::Contact).await
        }
        Outcome::OtherRequest => Err(Failure::internal("a form's code belongs to another form")),
        Outcome::Nobody => {
            receive::say_nobody(&mut form, &house);
            Ok(page_with_status(
                StatusCode::SERVICE_UNAVAILABLE,
                ContactPage::new(&visit, form, false),
            ))
        }
    }
}

/// The form with everything typed, to be corrected or confirmed.
fn corrected(visit: &Visit, form: Form, code_found: bool) -> Response {
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        ContactPage::new(visit, form, code_found),
    )
}

fn told(form: &Form) -> Told {
    let field = |name| form.text(name).map(str::to_owned);
    Told {
        words: form.value("words").to_owned(),
        wish: field("wish"),
        way: field("way"),
        phone: field("phone"),
        name: field("name"),
        language: field("language"),
        ..Told::default()
    }
}

/// Marks what is wrong at the fields of the form.
pub fn mark(form: &mut Form, faults: &[Fault]) {
    for fault in faults {
        let field = fault.field.form_name();
        match fault.problem {
            Problem::TooLong { length, longest } => {
                form.error_with(
                    field,
                    "public-error-too-long",
                    vec![("length", length.into()), ("longest", longest.into())],
                );
            }
            problem => form.error(field, message(fault.field, problem)),
        }
    }
}

const fn message(field: Field, problem: Problem) -> &'static str {
    match (field, problem) {
        (Field::Words, _) => "public-contact-words-missing",
        (Field::Way, _) => "public-contact-way-missing",
        (_, Problem::PhoneNeeded) => "public-contact-phone-needed",
        (_, Problem::IdentityCode) => "public-contact-phone-code",
        (_, Problem::NotAPhone) => "public-contact-phone-wrong",
        _ => "public-contact-choose",
    }
}
