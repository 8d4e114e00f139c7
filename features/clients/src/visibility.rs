//! The same rule inside a query: which relations put a client on a list (a list never holds a row that
//! its detail page refuses).

use access::rights::{RightsTable, Row, Subject};
use kernel::time::Date;

use crate::gate;

/// Kinds of relation over which rows of the table grant the action on the class in working-age services,
/// whatever else holds: for `kind in (...)` over `held_relation`. Rows that ask for a condition that the
/// relation itself does not meet are left out, and so are relations that hold for everybody.
pub fn kinds(subject: &Subject, class: &str, action: &str, on: Date) -> Vec<&'static str> {
    kinds_of(subject, class, action, "working_age", on)
}

/// The same for another service task.
pub fn kinds_of(
    subject: &Subject,
    class: &str,
    action: &str,
    service_task: &str,
    on: Date,
) -> Vec<&'static str> {
    let mut kinds: Vec<&'static str> = RightsTable::built_in()
        .granting(subject, class, action, service_task, on)
        .filter_map(|row| {
            let kind = crate::relations::kind(&row.relation)?;
            met(row, kind, subject, class).then_some(kind)
        })
        .collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// Whether the relation alone meets the row's conditions.
fn met(row: &Row, kind: &'static str, subject: &Subject, class: &str) -> bool {
    let tokens = gate::tokens_of(kind, class);
    row.conditions.iter().all(|condition| {
        !condition.kind.decides()
            || matches!(condition.token.as_str(), "necessary" | "not_never")
            || (condition.token == "hp_only_if_42" && subject.qualifies("prof"))
            || tokens.contains(&condition.token.as_str())
    })
}
