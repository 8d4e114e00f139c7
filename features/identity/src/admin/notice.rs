//! What just happened, told over the page that the reader was led to. The address carries a code only.

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

/// Codes that pages of administration know.
const KNOWN: &[(&str, &str, &str)] = &[
    ("kept", "success", "admin-done-kept"),
    ("asked", "success", "admin-done-asked"),
    ("approved", "success", "admin-done-approved"),
    ("refused", "success", "admin-done-refused"),
    ("ended", "success", "admin-done-ended"),
    ("closed", "success", "admin-done-closed"),
    ("moved", "success", "admin-done-moved"),
    ("revoked", "success", "admin-done-revoked"),
    ("founded", "success", "admin-done-founded"),
    ("unit-closed", "success", "admin-done-unit-closed"),
    ("declared", "success", "bars-done"),
    ("withdrawn", "success", "bars-done-withdrawn"),
    ("confirmed", "success", "bars-done-confirmed"),
    ("name", "warning", "admin-account-login-taken"),
    ("lead", "warning", "admin-refused-lead"),
    ("owner", "warning", "token-owner-apart"),
    ("own", "warning", "admin-refused-own"),
    ("same", "warning", "admin-refused-same"),
    ("two", "warning", "admin-refused-two"),
    ("side", "warning", "admin-refused-side"),
    ("decided", "warning", "admin-refused-decided"),
    ("period", "warning", "admin-refused-period"),
    ("clash", "warning", "admin-clash"),
];

/// One value of an address.
pub fn value<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs
        .iter()
        .find(|(known, _)| known == name)
        .map_or("", |(_, value)| value.as_str())
}

/// The notice of an address.
pub fn of(pairs: &Pairs, t: &Texts) -> Option<Notice> {
    let code = value(pairs, "done");
    let (_, color, key) = KNOWN.iter().find(|(known, ..)| *known == code)?;
    Some(Notice {
        color,
        text: t.get(key),
    })
}

/// The code of a refusal for an address, when a button and no form was refused.
pub fn code(refusal: crate::facts::approval::Refusal) -> Result<&'static str, web::Failure> {
    use crate::facts::approval::Refusal;
    Ok(match refusal {
        Refusal::Store(error) => return Err(error.into()),
        Refusal::Unknown => return Err(web::Failure::NotFound),
        Refusal::Own => "own",
        Refusal::SameTwice => "same",
        Refusal::TwoAdministrators => "two",
        Refusal::OtherSide => "side",
        Refusal::Decided => "decided",
        Refusal::Clash(_) => "clash",
        Refusal::NameTaken | Refusal::CodeTaken | Refusal::Differs => "name",
        Refusal::LeadApproves | Refusal::NoLead => "lead",
        Refusal::Owner => "owner",
        Refusal::Period | Refusal::NothingMoved => "period",
    })
}
