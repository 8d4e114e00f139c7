//! What just happened, told over the page that the reader was led to. The address carries a code,
//! never words or names.

use axum::extract::Query;
use web::Texts;

/// The pairs of an address: `?done=…`.
pub type Pairs = Query<Vec<(String, String)>>;

/// A line over the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub color: &'static str,
    pub text: String,
}

/// Codes that pages of this room know; anything else in an address says nothing.
const KNOWN: &[(&str, &str, &str)] = &[
    ("kept", "success", "desk-done-kept"),
    ("tried", "success", "desk-done-tried"),
    ("followed", "success", "desk-done-followed"),
    ("quick", "warning", "desk-done-quick"),
    ("gone", "warning", "desk-done-gone"),
    ("advised", "success", "advice-done"),
    ("seen", "success", "unit-done-seen"),
    ("notice", "success", "desk-done-notice"),
];

/// The notice of an address.
pub fn of(pairs: &Pairs, t: &Texts) -> Option<Notice> {
    let code = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .map(|(_, code)| code.as_str())?;
    let (_, color, key) = KNOWN.iter().find(|(known, ..)| *known == code)?;
    Some(Notice {
        color,
        text: t.get(key),
    })
}
