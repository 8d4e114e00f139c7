//! What a plan asks of workers: actions that fall due, reviews to make, and for the lead the reviews whose day has passed.

use casework::alerts::Alert;
use casework::work::Work;
use clients::{ClientId, Reader};
use documents::DocumentId;
use identity::people::UnitId;
use kernel::time::Timestamp;
use store::{ShowTx, StoreError};
use web::Texts;

use crate::pages::path;
use crate::store::lists::{self, Due};

/// Rows of the desk: the actions that the reader owns, and the reviews of her own clients' plans.
///
/// # Errors
/// When the engine fails.
pub fn works(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Work>, StoreError> {
    let due = lists::due(tx, reader, now)?;
    let members = lists::members(tx, &plans(&due))?;
    Ok(due
        .into_iter()
        .filter_map(|one| {
            let facts = one.facts.as_ref()?;
            let (_, seen) = facts.right(reader, "plan", "read").ok()?;
            let of = members.get(&one.plan)?;
            let shown: Vec<&(ClientId, String)> = of
                .iter()
                .filter(|(client, _)| seen.content.contains(client))
                .filter(|(client, _)| one.client.is_none_or(|whose| whose == *client))
                .collect();
            if shown.is_empty() {
                return None;
            }
            let review = one.what.is_none();
            Some(Work {
                due: Some(one.on),
                clients: shown.iter().map(|(client, _)| *client).collect(),
                who: names(&shown),
                what: one.what.unwrap_or_else(|| t.get("plan-work-review")),
                law: t.get(if review {
                    "plan-work-review-law"
                } else {
                    "plan-work-action-law"
                }),
                href: if review {
                    format!("{}/review", path(one.plan))
                } else {
                    path(one.plan)
                },
                button: t.get(if review {
                    "plan-work-review-do"
                } else {
                    "plan-work-action-do"
                }),
                waiting: false,
            })
        })
        .collect())
}

/// Rows of the safety net: plans of the unit whose day of review has passed, and those where an agreed service has
/// ended with nothing agreed of what follows. The lead sees whose it is and since when, not
/// what it says.
///
/// # Errors
/// When the engine fails.
pub fn alerts(
    tx: &mut ShowTx<'_, '_>,
    reader: &Reader,
    unit: UnitId,
    t: &Texts,
    now: Timestamp,
) -> Result<Vec<Alert>, StoreError> {
    let reviews = lists::passed(tx, reader, unit, now)?;
    let ended = lists::services_ended(tx, reader, unit, now)?;
    let mut all = plans(&reviews);
    all.extend(plans(&ended));
    let members = lists::members(tx, &all)?;
    let reviews = reviews.into_iter().map(|one| (one, "review_passed"));
    let ended = ended.into_iter().map(|one| (one, "service_ended"));
    Ok(reviews
        .chain(ended)
        .filter_map(|(one, kind)| {
            let facts = one.facts.as_ref()?;
            let (_, seen) = facts.right(reader, "matter", "list").ok()?;
            let shown: Vec<&(ClientId, String)> = members
                .get(&one.plan)?
                .iter()
                .filter(|(client, _)| seen.titles.contains(client))
                .collect();
            if shown.is_empty() {
                return None;
            }
            let reads = facts.right(reader, "plan", "read").is_ok();
            Some(Alert {
                kind,
                clients: shown.iter().map(|(client, _)| *client).collect(),
                who: names(&shown),
                since: Some(one.on),
                what: t.get(if kind == "review_passed" {
                    "plan-alert-review"
                } else {
                    "plan-alert-service-ended"
                }),
                href: if reads {
                    path(one.plan)
                } else {
                    format!("/matters/{}", one.matter)
                },
            })
        })
        .collect())
}

fn plans(due: &[Due]) -> Vec<DocumentId> {
    due.iter().map(|one| one.plan).collect()
}

fn names(shown: &[&(ClientId, String)]) -> String {
    let names: Vec<&str> = shown.iter().map(|(_, name)| name.as_str()).collect();
    names.join(", ")
}
