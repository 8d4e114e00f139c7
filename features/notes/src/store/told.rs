//! What a written note tells of steps and of actions of a plan.

use plan::domain::ActionId;
use web::read_day;

use super::steps::NewStep;
use crate::domain::{COMMON, StepId, Written};

/// The steps that a note agrees on; a line that is not whole is none.
pub(super) fn agreed(written: &Written) -> Vec<NewStep> {
    written
        .lines()
        .into_iter()
        .filter(|line| !line.next.is_empty())
        .filter_map(|line| {
            Some(NewStep {
                line: line.no,
                owner: line.owner()?,
                due: read_day(&line.by).ok()?,
                what: line.next,
            })
        })
        .collect()
}

/// Actions of a plan that a note tells to be done.
pub(super) fn actions_in(written: &Written) -> Vec<ActionId> {
    written.0.get(COMMON).map_or_else(Vec::new, |fields| {
        fields
            .all("done")
            .iter()
            .filter_map(|value| value.strip_prefix("action:")?.parse().ok())
            .collect()
    })
}

pub(super) fn done_in(written: &Written) -> Vec<StepId> {
    written.0.get(COMMON).map_or_else(Vec::new, |fields| {
        fields
            .all("done")
            .iter()
            .filter_map(|id| id.parse().ok())
            .collect()
    })
}
