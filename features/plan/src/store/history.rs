//! The versions of a plan and the difference of two.

use casework::store::Casework;
use clients::Reader;
use documents::difference::{self, Changed};
use documents::{Body, DocumentId, Version, VersionHead};
use store::{Query, Show};

use crate::domain::PlanError;
use crate::domain::body;
use crate::store::read::{self, View};
use crate::store::review::{self, Review};
use crate::store::texts;

/// The versions, with two compared.
#[derive(Debug, Clone)]
pub struct History {
    pub view: View,
    pub heads: Vec<VersionHead>,
    pub reviews: Vec<Review>,
    pub compared: Option<Compared>,
}

/// Two versions and what differs.
#[derive(Debug, Clone)]
pub struct Compared {
    pub from: i64,
    pub to: i64,
    pub changes: Vec<Changed>,
    /// Both texts, for the names of goals and sections.
    pub before: Body,
    pub after: Body,
}

/// Reads the versions; without a choice the newest is compared with the one before.
///
/// # Errors
/// [`PlanError::NotFound`] without a right.
pub fn history(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    chosen: Option<(i64, i64)>,
) -> Result<History, PlanError> {
    let view = read::read(tx, casework, reader, plan)?;
    let heads = documents::store::versions(tx, plan)?;
    let newest = heads.first().map_or(0, |head| head.no);
    let (from, to) = chosen.unwrap_or((newest - 1, newest));
    let mut reviews = review::of_plan(tx, plan)?;
    for one in &mut reviews {
        one.goals
            .retain(|goal| view.goals.iter().any(|seen| seen.id == goal.goal));
    }
    let compared = match (one(tx, reader, &view, from)?, one(tx, reader, &view, to)?) {
        (Some(before), Some(after)) => Some(Compared {
            from,
            to,
            changes: difference::parts(&before.body, &after.body),
            before: before.body,
            after: after.body,
        }),
        _ => None,
    };
    Ok(History {
        view,
        heads,
        reviews,
        compared,
    })
}

/// One version as the reader sees it.
///
/// # Errors
/// [`PlanError::NotFound`] without a right or when there is no such version.
pub fn version(
    tx: &mut impl Show,
    casework: &Casework,
    reader: &Reader,
    plan: DocumentId,
    no: i64,
) -> Result<(View, Version), PlanError> {
    let view = read::read(tx, casework, reader, plan)?;
    let version = one(tx, reader, &view, no)?.ok_or(PlanError::NotFound)?;
    Ok((view, version))
}

/// A version without the parts of those whom the reader does not see, and without sections that are not hers to read.
pub(crate) fn one(
    tx: &mut impl Query,
    reader: &Reader,
    view: &View,
    no: i64,
) -> Result<Option<Version>, PlanError> {
    let Some(mut version) = documents::store::version(tx, view.opened.id(), no)? else {
        return Ok(None);
    };
    version.body = body::shown(&version.body, &view.seen.numbers());
    body::with_names(&mut version.body, &|no| {
        let person = view.people.iter().find(|one| one.no == no)?;
        Some(person.name.clone())
    });
    for section in texts::sections_ever(tx, view.opened.id())? {
        if !texts::shows(&view.opened, reader, &section) {
            version.body.0.remove(&section.code(&view.opened));
        }
    }
    Ok(Some(version))
}
