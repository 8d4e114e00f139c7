//! Forms that are sent after their session has ended, or before their sender has proved again who she is: they are
//! kept sealed for the person whose page they were on, and shown to nobody else.

use axum::response::{IntoResponse, Redirect, Response};
use serde::{Deserialize, Serialize};

use crate::{Failure, House, Posted, TOKEN_FIELD, Visit, pages::HeldPage, token};

/// What a person had typed, and where it was being sent.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub path: String,
    pub fields: Vec<(String, String)>,
    /// Names of attachments: files cannot be put back into a form by a page.
    pub files: Vec<String>,
}

impl std::fmt::Debug for Typed {
    // Field contents are client data and must not reach a log line.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({} fields)", self.fields.len())
    }
}

impl Typed {
    pub(crate) fn of(path: &str, posted: &Posted) -> Self {
        Self {
            path: path.to_owned(),
            fields: posted
                .fields()
                .filter(|(name, _)| *name != TOKEN_FIELD)
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            files: posted
                .files()
                .iter()
                .map(|file| file.file_name.clone())
                .collect(),
        }
    }
}

/// Why a form was not taken at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    SignedOut,
    /// It was on another person's page than who is signed in now.
    Others,
}

/// Keeps a form for the person on whose page it was and says so; `None` when the token names nobody.
pub(crate) async fn hold(
    house: &House,
    visit: &Visit,
    posted: &Posted,
    why: Why,
) -> Result<Option<Response>, Failure> {
    Ok(keep(house, visit, posted)
        .await?
        .map(|place| HeldPage::response(visit, &place, why, !posted.files().is_empty())))
}

/// Keeps a form until its sender has proved again who she is, and leads to the page that asks.
pub(crate) async fn confirm(
    house: &House,
    visit: &Visit,
    posted: &Posted,
) -> Result<Response, Failure> {
    let place = keep(house, visit, posted).await?.ok_or(Failure::Confirm)?;
    Ok(Redirect::to(&lead(CONFIRM, &place)).into_response())
}

async fn keep(house: &House, visit: &Visit, posted: &Posted) -> Result<Option<String>, Failure> {
    let Some(mark) = token::mark(&house.secrets, house.now(), posted.value(TOKEN_FIELD)) else {
        return Ok(None);
    };
    let typed = Typed::of(&visit.path, posted);
    house.sessions.hold(house, mark, typed).await
}

/// The page that asks who one is.
pub(crate) const SIGN_IN: &str = "/sign-in";
/// The page that asks again who one is.
pub(crate) const CONFIRM: &str = "/sign-in/confirm";

/// The address of a page that afterwards leads to `next`, a path of ours.
pub(crate) fn lead(page: &str, next: &str) -> String {
    let query: String = form_urlencoded::Serializer::new(String::new())
        .append_pair("next", next)
        .finish();
    format!("{page}?{query}")
}
