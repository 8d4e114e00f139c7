//! Service tasks (palvelutehtävä): whose records an object belongs to, and which of them a row covers.

/// Service tasks of the classification THL - Sosiaalihuolto - Palvelutehtävä, as the table names them,
/// with `all` for an object that belongs to every one and `na` for one that belongs to none.
pub const SERVICE_TASKS: [&str; 9] = [
    "working_age",
    "families",
    "older",
    "disability",
    "child_protection",
    "substance",
    "family_law",
    "all",
    "na",
];

/// Whether column `service_task` of a row covers an object of the service task `asked`.
///
/// `holds` tells the tokens that hold: a column that follows the worker's own employment or service
/// covers working-age services, the product's own, and another service task only when it is told
/// that the object is of that employment or service.
pub(super) fn covers(column: &str, asked: &str, holds: &dyn Fn(&str) -> bool) -> bool {
    let one = !matches!(asked, "all" | "na");
    match column {
        "all" | "na" => true,
        "fwo" => matches!(asked, "families" | "working_age" | "older"),
        "other_tasks" => one && asked != "working_age",
        "six" => one && asked != "family_law",
        "own_task" => asked == "working_age" || (one && holds("task_of_employment")),
        "own_service" => {
            asked == "working_age"
                || (one && (holds("own_or_linked_service") || holds("same_service")))
        }
        "linked_tasks" => {
            asked == "working_age"
                || (one && asked != "family_law" && holds("rehab_or_health_in_social_service"))
        }
        // The tutor's own relation is to a client of working-age services.
        "as_tutor" | "as_own" => asked == "working_age",
        exact => exact == asked,
    }
}
