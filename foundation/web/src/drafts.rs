//! Drafts: what somebody is writing is on disk within five seconds (invariant I3).
//!
//! A form opts in with `data-draft-key` (the macro `c::form` writes it); `drafts.js` posts its fields to `/drafts`.
//! The page restores them with [`load`] and [`Draft::fill`], and the handler that accepts the form calls [`delete`]
//! in the same transaction as its own write.

use axum::{
    Json,
    extract::State,
    response::{IntoResponse, Response},
};
use kernel::time::Timestamp;
use store::{Query, StoreError, WriteTx, params};

use crate::{Answer, Failure, Form, House, Posted, TOKEN_FIELD, Visit};

/// Bytes of a draft; the form's own limits are stricter.
pub(crate) const DRAFT_BYTES: usize = 256 * 1024;
/// Drafts of one person; more than anybody has open.
const MOST_DRAFTS: i64 = 200;
/// Field with the draft's key.
const KEY_FIELD: &str = "_draft";
/// Field that tells that nothing was written or chosen: only the form's own defaults are in the fields.
const EMPTY_FIELD: &str = "_empty";

/// A saved draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Fields in the form's order.
    pub fields: Vec<(String, String)>,
    pub saved_at: Timestamp,
}

impl Draft {
    /// Puts the draft's texts into a form.
    pub fn fill(&self, form: &mut Form) {
        let mut seen = std::collections::BTreeSet::new();
        for (name, value) in &self.fields {
            if seen.insert(name) {
                form.set(name, value);
            } else {
                form.add(name, value);
            }
        }
    }
}

/// The draft of a person for one form. Keys are made by the page: `"contact-new"`, `"contact-<id>-end"`.
///
/// # Errors
/// What the store refuses.
pub fn load(tx: &mut impl Query, owner: [u8; 16], key: &str) -> Result<Option<Draft>, StoreError> {
    let found = store::drafts::find(tx, owner, key)?;
    Ok(found.map(|found| Draft {
        fields: serde_json::from_str(&found.body).unwrap_or_default(),
        saved_at: found.saved_at,
    }))
}

/// Saves the draft of a person for one form; the newest replaces the one before. Without any text there is
/// nothing to come back to: no draft is kept, and the one before goes.
///
/// # Errors
/// What the store refuses.
pub fn save(
    tx: &mut WriteTx<'_>,
    owner: [u8; 16],
    key: &str,
    fields: &[(String, String)],
    at: Timestamp,
) -> Result<(), StoreError> {
    if !has_text(fields) {
        return delete(tx, owner, key);
    }
    let body = serde_json::to_string(fields).unwrap_or_default();
    store::drafts::save(tx, owner, key, &body, at)?;
    // The oldest give way; nobody has this many forms open.
    tx.execute(
        "delete from draft where owner = $1 and form_key in \
         (select form_key from draft where owner = $1 order by saved_at desc limit 1000 offset $2)",
        &params![owner, MOST_DRAFTS],
    )?;
    Ok(())
}

/// Whether anything is written in the fields.
fn has_text(fields: &[(String, String)]) -> bool {
    fields.iter().any(|(_, value)| !value.trim().is_empty())
}

/// Deletes the draft of a form that was accepted or given up.
///
/// # Errors
/// What the store refuses.
pub fn delete(tx: &mut WriteTx<'_>, owner: [u8; 16], key: &str) -> Result<(), StoreError> {
    store::drafts::discard(tx, owner, key).map(drop)
}

/// `POST /drafts`: saves; answers only after the commit, with the words to show.
pub(crate) async fn save_posted(
    State(house): State<House>,
    visit: Visit,
    posted: Posted,
) -> Answer {
    let owner = visit.session.as_ref().ok_or(Failure::SignedOut)?.owner;
    let key = posted.value(KEY_FIELD).to_owned();
    if key.is_empty() || key.len() > 200 {
        return Err(Failure::BadRequest);
    }
    let untouched = !posted.value(EMPTY_FIELD).is_empty();
    let fields: Vec<(String, String)> = posted
        .fields()
        .filter(|(name, _)| !untouched && !name.starts_with('_') && *name != TOKEN_FIELD)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let (now, kept) = (house.now(), has_text(&fields));
    house
        .store
        .write(move |tx| save(tx, owner, &key, &fields, now))
        .await?;
    Ok(saved_answer(&visit, kept.then_some(now)))
}

/// The words to show; none when there was nothing to keep.
fn saved_answer(visit: &Visit, at: Option<Timestamp>) -> Response {
    let t = visit.t();
    let words = at.map_or_else(String::new, |at| {
        t.with("draft-saved", &[("clock", t.clock_seconds(at).into())])
    });
    Json(serde_json::json!({ "saved": words })).into_response()
}

/// `POST /drafts/discard`: deletes the draft and leads back to the form's page, now empty.
pub(crate) async fn discard_posted(
    State(house): State<House>,
    visit: Visit,
    posted: Posted,
) -> Answer {
    let owner = visit.session.as_ref().ok_or(Failure::SignedOut)?.owner;
    let key = posted.value(KEY_FIELD).to_owned();
    house.store.write(move |tx| delete(tx, owner, &key)).await?;
    Ok(crate::go_to(&crate::own::way_back(posted.value("_back"))))
}

/// The page and the name of a draft, for lists of one's own drafts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftName {
    pub href: String,
    pub label: String,
}

/// Names a draft by its key; `None` for the key of another room's form. Nothing is read: a key holds ids and codes.
pub type DraftNaming = fn(&crate::Texts, &str) -> Option<DraftName>;

/// What the rooms say of their drafts: `house.extra::<DraftNames>()`.
#[derive(Debug, Clone, Default)]
pub struct DraftNames(pub Vec<DraftNaming>);

impl DraftNames {
    /// The page and name of a draft, from the first room that knows its key.
    pub fn name(&self, t: &crate::Texts, key: &str) -> Option<DraftName> {
        self.0.iter().find_map(|naming| naming(t, key))
    }
}
