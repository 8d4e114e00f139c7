//! Notification of need (SHL 35 §): another authority, or anybody, worries about somebody.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use intake::domain::{AnswerWay, AuthorityGround, Door, Kind, NewContact, Parties, Wish};
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, TOKEN_FIELD, Visit, page, page_with_status,
    trap,
};

use crate::checking::{Fault, Faults, Field, LONGEST_NAME, Problem};
use crate::contact::{CODE_SEEN, choices, talk_language, wishes};
use crate::receive::{self, Codes, Outcome};
use crate::sent::{self, Sent};
use crate::state_page::municipalities;
use crate::{cookies, words};

/// A ground that is no ground of an authority: somebody close or a neighbour worries.
const NO_GROUND: &str = "close";

#[derive(Template)]
#[template(path = "notify.html")]
struct NotifyPage {
    page: Page,
    form: Form,
    wishes: Vec<Choice>,
    grounds: Vec<Choice>,
    municipalities: Vec<Choice>,
    code_found: bool,
    trap: &'static str,
}

impl NotifyPage {
    fn new(visit: &Visit, form: Form, code_found: bool) -> Self {
        let page = visit.page("public-notify-title");
        let t = &page.t;
        Self {
            wishes: wishes(t),
            grounds: choices(
                t,
                &[
                    (NO_GROUND, "public-notify-ground-close"),
                    (
                        AuthorityGround::Consent.code(),
                        "public-notify-ground-consent",
                    ),
                    (
                        AuthorityGround::Unable.code(),
                        "public-notify-ground-unable",
                    ),
                    (AuthorityGround::Child.code(), "public-notify-ground-child"),
                ],
            ),
            municipalities: municipalities(&visit.house.county.code, page.language),
            code_found,
            trap: trap::TRAP,
            page,
            form,
        }
    }
}

/// The empty form.
pub async fn show(State(house): State<House>, visit: Visit, headers: HeaderMap) -> Answer {
    let mut response = page(NotifyPage::new(&visit, Form::new(), false));
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
    let Some(notice) = Notice::read(&mut form, &house.county.code) else {
        return Ok(corrected(&visit, form, false));
    };
    if notice.hid_code && form.value(CODE_SEEN).is_empty() {
        return Ok(corrected(&visit, form, true));
    }
    if let Some(again) = trap::doubt(&visit, &posted) {
        return Ok(again);
    }
    let child = notice.ground == Some(AuthorityGround::Child);
    let urgency = words::judge(&house, &notice.words, visit.language, notice.wish, child).await?;
    let new = NewContact {
        kind: Kind::Notification,
        door: Door::Authority,
        municipality: notice.municipality,
        language: talk_language(visit.language),
        other_language: None,
        interpreter: false,
        parties: Parties::One,
        title: words::title(&notice.words),
        own_words: notice.words,
        theme: None,
        person_name: notice.name,
        phone: notice.phone,
        answer_way: AnswerWay::None,
        wish: notice.wish,
        authority: notice.authority,
        authority_contact: notice.notifier,
        authority_ground: notice.ground,
        assisted: false,
        urgency,
    };
    let device = cookies::device(&headers);
    let codes = Codes::of_form(&house, device, posted.value(TOKEN_FIELD), &new);
    match receive::once(&house, new, codes).await? {
        Outcome::Received { code, .. } => {
            sent::after(&visit, device.is_some(), &code, Sent::Notification).await
        }
        Outcome::OtherRequest => Err(Failure::internal("a form's code belongs to another form")),
        Outcome::Nobody => {
            receive::say_nobody(&mut form, &house);
            Ok(page_with_status(
                StatusCode::SERVICE_UNAVAILABLE,
                NotifyPage::new(&visit, form, false),
            ))
        }
    }
}

fn corrected(visit: &Visit, form: Form, code_found: bool) -> Response {
    page_with_status(
        StatusCode::UNPROCESSABLE_ENTITY,
        NotifyPage::new(visit, form, code_found),
    )
}

/// A notification that follows the rules, with identity codes hidden.
struct Notice {
    words: String,
    wish: Option<Wish>,
    ground: Option<AuthorityGround>,
    name: Option<String>,
    phone: Option<String>,
    municipality: Option<String>,
    authority: Option<String>,
    /// Name and number of the one who notifies.
    notifier: Option<String>,
    hid_code: bool,
}

impl Notice {
    /// Reads the form and marks what is wrong in it.
    fn read(form: &mut Form, county: &str) -> Option<Self> {
        let words = checked(
            form,
            "words",
            "public-notify-words-missing",
            |faults, typed| Some(faults.words(Field::Words, typed.unwrap_or_default())),
        );
        let line = |form: &mut Form, name| {
            checked(form, name, "", |faults, typed| {
                faults.line(Field::Name, typed, LONGEST_NAME)
            })
        };
        let number = |form: &mut Form, name| {
            checked(form, name, "", |faults, typed| {
                faults.phone(Field::Phone, typed)
            })
        };
        let name = line(form, "name");
        let phone = number(form, "phone");
        let municipality = checked(form, "municipality", "", |faults, typed| {
            faults.municipality(Field::Municipality, typed, county)
        });
        let ground = read_ground(form);
        let authority = line(form, "organisation");
        let notifier = line(form, "notifier");
        let notifier_phone = number(form, "notifier-phone");
        require_of_an_authority(form, ground.is_some());
        let wish = form.text("wish").and_then(Wish::from_code);
        let words = words.filter(|_| form.is_valid())?;
        let texts = [
            Some(&words),
            name.as_ref(),
            authority.as_ref(),
            notifier.as_ref(),
        ];
        let hid_code = texts
            .into_iter()
            .flatten()
            .any(|text| words::holds_code(text));
        let hide = |text: String| words::hide_codes(&text);
        let contact = [notifier.map(hide), notifier_phone];
        let contact: Vec<String> = contact.into_iter().flatten().collect();
        Some(Self {
            words: hide(words),
            wish,
            ground,
            name: name.map(hide),
            phone,
            municipality,
            authority: authority.map(hide),
            notifier: Some(contact.join(", ")).filter(|contact| !contact.is_empty()),
            hid_code,
        })
    }
}

/// Checks one field by the common rules and marks its fault at the form's own field.
fn checked<T>(
    form: &mut Form,
    name: &str,
    missing: &str,
    rule: impl Fn(&mut Faults, Option<&str>) -> Option<T>,
) -> Option<T> {
    let mut faults = Faults::default();
    let value = rule(&mut faults, form.text(name));
    for Fault { problem, .. } in &faults.0 {
        match *problem {
            Problem::TooLong { length, longest } => {
                form.error_with(
                    name,
                    "public-error-too-long",
                    vec![("length", length.into()), ("longest", longest.into())],
                );
            }
            Problem::Missing => form.error(name, missing),
            Problem::IdentityCode => form.error(name, "public-contact-phone-code"),
            Problem::NotAPhone => form.error(name, "public-contact-phone-wrong"),
            Problem::Unknown | Problem::PhoneNeeded => form.error(name, "public-contact-choose"),
        }
    }
    value.filter(|_| faults.0.is_empty())
}

/// The ground of the notification: one of the three in the law for an authority, none for others.
fn read_ground(form: &mut Form) -> Option<AuthorityGround> {
    let typed = form.text("ground").unwrap_or_default();
    let ground = AuthorityGround::from_code(typed);
    let strange = ground.is_none() && !["", NO_GROUND].contains(&typed);
    if strange || (ground.is_none() && form.text("organisation").is_some()) {
        form.error("ground", "public-notify-ground-missing");
    }
    ground
}

/// Who notifies at work says where, and can be reached: what an authority tells is acted upon.
fn require_of_an_authority(form: &mut Form, has_ground: bool) {
    if !has_ground && form.text("organisation").is_none() {
        return;
    }
    for (field, key) in [
        ("organisation", "public-notify-organisation-missing"),
        ("notifier", "public-notify-notifier-missing"),
        ("notifier-phone", "public-notify-phone-missing"),
    ] {
        if form.text(field).is_none() {
            form.error(field, key);
        }
    }
}
