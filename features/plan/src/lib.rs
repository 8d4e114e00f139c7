//! The client plan (asiakassuunnitelma, SHL 39 §).

pub mod domain;
pub mod glue;
pub mod pages;
pub mod panel;
pub mod store;
pub mod work;

pub use pages::{draft_name, feature};

use clients::store::merge::Moved;

/// The tables of this room.
pub const MIGRATIONS: &[::store::Migration] = &[
    ::store::Migration {
        version: 840,
        name: "plans",
        sql: include_str!("../migrations/V840__plans.sql"),
    },
    ::store::Migration {
        version: 841,
        name: "removed",
        sql: include_str!("../migrations/V841__removed.sql"),
    },
    ::store::Migration {
        version: 842,
        name: "by_client",
        sql: include_str!("../migrations/V842__by_client.sql"),
    },
    ::store::Migration {
        version: 843,
        name: "by_matter",
        sql: include_str!("../migrations/V843__by_matter.sql"),
    },
];

const fn moved(table: &'static str, client: &'static str, unless: Option<&'static str>) -> Moved {
    Moved {
        table,
        id: "id",
        client,
        unless,
    }
}

/// Rows that follow a client when two records of one person are joined. Two plans in force stay two until a worker ends one
/// of them: the row of the other record then keeps its place, and is read as the kept client's.
pub const MOVED: [Moved; 6] = [
    moved(
        "plan_client",
        "client_id",
        Some(
            "exists (select 1 from plan_client k where k.client_id = $1 and (k.document_id = plan_client.document_id or (k.state = plan_client.state and k.state <> 'ended')))",
        ),
    ),
    moved("plan_goal", "client_id", None),
    moved("plan_action", "owner_client", None),
    moved("plan_section", "client_id", None),
    moved("plan_elsewhere", "client_id", None),
    moved("plan_waiver", "client_id", None),
];

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_is_used_and_said_in_every_language() {
        let families = [
            "plan-action-end-",
            "plan-action-new-",
            "plan-action-lead",
            "plan-action-save",
            "plan-action-title",
            "plan-action-state-",
            "plan-attained-",
            "plan-change-",
            "plan-code-",
            "plan-coordinator-",
            "plan-copy-purpose-",
            "plan-done-",
            "plan-elsewhere-",
            "plan-end-",
            "plan-factor-",
            "plan-field-",
            "plan-finish-",
            "plan-goal-",
            "plan-hint-",
            "plan-kind-",
            "plan-language-",
            "plan-new-",
            "plan-part-",
            "plan-review-",
            "plan-section-",
            "plan-skip-",
            "plan-stage-",
            "plan-with-",
            "plan-ask-",
            "plan-return-",
            "plan-void-",
            "document-void-",
            "public-plan-kind-",
            "public-plan-way-",
        ];
        assert_eq!(
            web::proof::messages(
                &super::feature().messages,
                env!("CARGO_MANIFEST_DIR"),
                &families
            ),
            [""; 0]
        );
    }
}
