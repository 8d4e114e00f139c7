//! The pages of this room: failures, a form to be sent again, the accessibility statement.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::Response,
};

use crate::{
    Failure, Page, Posted, Visit,
    hold::{SIGN_IN, Why, lead},
    page_with_status,
};

/// A failure in the reader's language, with a way onward.
#[derive(Template)]
#[template(path = "failure.html")]
pub(crate) struct FailurePage {
    page: Page,
    heading: String,
    words: String,
    /// Where to go from here.
    onward: String,
    onward_words: String,
}

impl FailurePage {
    pub(crate) fn response(visit: &Visit, failure: &Failure) -> Response {
        let t = visit.t();
        let (heading, words) = match failure {
            Failure::NotFound | Failure::Forbidden => {
                ("public-failure-not-found", "public-failure-not-found-words")
            }
            Failure::SignedOut => (
                "public-failure-signed-out",
                "public-failure-signed-out-words",
            ),
            Failure::Confirm => ("public-failure-confirm", "public-failure-confirm-words"),
            Failure::BadRequest | Failure::WrongMethod | Failure::Packed => {
                ("public-failure-bad", "public-failure-bad-words")
            }
            Failure::ForeignForm => ("public-failure-foreign", "public-failure-foreign-words"),
            Failure::TooLarge => ("public-failure-large", "public-failure-large-words"),
            Failure::TooMany { .. } => ("public-failure-many", "public-failure-many-words"),
            Failure::Busy => ("public-failure-busy", "public-failure-busy-words"),
            Failure::Unavailable | Failure::Late => (
                "public-failure-unavailable",
                "public-failure-unavailable-words",
            ),
            Failure::Internal => ("public-failure-internal", "public-failure-internal-words"),
        };
        let words = match failure {
            Failure::TooMany { seconds } => {
                t.with(words, &[("minutes", seconds.div_ceil(60).into())])
            }
            _ => t.get(words),
        };
        let page = visit.page(heading);
        // A reader of public pages goes back to the front of the same language, a worker to the start page.
        let onward = if page.languages.is_empty() {
            "/".to_owned()
        } else {
            page.local("/")
        };
        let onward_words = t.get("public-failure-onward");
        let answer = Self {
            heading: page.title.clone(),
            page,
            words,
            onward,
            onward_words,
        };
        page_with_status(failure.status(), answer)
    }
}

/// A form of ours that came too late: everything typed is in it, ready to be sent again.
#[derive(Template)]
#[template(path = "resend.html")]
pub(crate) struct ResendPage {
    page: Page,
    signed_out: bool,
    /// What to do, in words.
    words: String,
    fields: Vec<(String, String)>,
    /// Files cannot be put back into a form by a page.
    files: Vec<String>,
    /// It may be sent again to where it was going.
    again: bool,
    /// The public page that takes it as well; empty for none.
    public: String,
}

impl ResendPage {
    pub(crate) fn response(visit: &Visit, posted: &Posted, signed_out: bool) -> Response {
        let (title, words) = if signed_out {
            ("public-resend-signed-out", "public-resend-signed-out-words")
        } else {
            ("public-resend", "public-resend-words")
        };
        Self::with(visit, posted, (title, words), signed_out, |_| {})
    }

    /// A form that could not be taken now: it may be sent again in a moment. Whether an unanswered one was taken is not known.
    pub(crate) fn later(visit: &Visit, posted: &Posted, failure: &Failure) -> Response {
        let said = ("public-resend-later", "public-resend-later-words");
        let mut response = Self::with(visit, posted, said, false, |_| {});
        *response.status_mut() = failure.status();
        if let Some(seconds) = failure.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }

    /// A form of which nothing is kept: its text is on this page alone. `public` takes it from anybody; on another person's
    /// page it is not sent in the name of whoever is signed in.
    pub(crate) fn unkept(
        visit: &Visit,
        posted: &Posted,
        public: &str,
        signed_out: bool,
        others: bool,
    ) -> Response {
        let said = match (signed_out, others) {
            (true, _) => ("public-resend-signed-out", "public-resend-unkept"),
            (false, true) => ("public-held-others", "public-resend-unkept-others"),
            (false, false) => ("public-resend", "public-resend-words"),
        };
        let code = visit.language.code();
        Self::with(visit, posted, said, signed_out, |page| {
            page.again = !others;
            page.public = public.replace("{lang}", code);
        })
    }

    fn with(
        visit: &Visit,
        posted: &Posted,
        (title, words): (&'static str, &'static str),
        signed_out: bool,
        change: impl FnOnce(&mut Self),
    ) -> Response {
        let page = visit.page(title);
        let fields = posted
            .fields()
            .filter(|(name, _)| *name != crate::TOKEN_FIELD)
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let files = posted
            .files()
            .iter()
            .map(|file| file.file_name.clone())
            .collect();
        let status = if signed_out {
            StatusCode::UNAUTHORIZED
        } else {
            StatusCode::FORBIDDEN
        };
        let mut answer = Self {
            words: page.t.get(words),
            page,
            signed_out,
            fields,
            files,
            again: true,
            public: String::new(),
        };
        change(&mut answer);
        page_with_status(status, answer)
    }
}

/// A form that is kept for its writer: nothing of what was typed is on this page.
#[derive(Template)]
#[template(path = "held.html")]
pub(crate) struct HeldPage {
    page: Page,
    others: bool,
    /// Where to sign in.
    onward: String,
    files: bool,
}

impl HeldPage {
    pub(crate) fn response(visit: &Visit, place: &str, why: Why, files: bool) -> Response {
        let others = why == Why::Others;
        let page = visit.page(if others {
            "public-held-others"
        } else {
            "public-resend-signed-out"
        });
        let onward = if visit.house.demo {
            "/".to_owned()
        } else {
            lead(SIGN_IN, place)
        };
        let status = if others {
            StatusCode::FORBIDDEN
        } else {
            StatusCode::UNAUTHORIZED
        };
        let answer = Self {
            page,
            others,
            onward,
            files,
        };
        page_with_status(status, answer)
    }
}

/// The accessibility statement (act 306/2019).
#[derive(Template)]
#[template(path = "accessibility.html")]
pub(crate) struct AccessibilityPage {
    pub(crate) page: Page,
    pub(crate) email: String,
}

/// What the county offers to everybody, where no feature has a front page of its own.
#[derive(Template)]
#[template(path = "front.html")]
pub(crate) struct FrontPage {
    pub(crate) page: Page,
}
