//! The decision: bars, rows, conditions.

use kernel::time::Date;

use super::{Bar, Decision, Denial, Question, RightsTable, Row, Subject, tasks};

/// Classes that no row ever opens: their very existence is hidden.
const NEVER: [&str; 5] = [
    "restricted_class",
    "mediation",
    "shelter",
    "therapeutic",
    "examination",
];

/// Classes that exceptional access opens, in working-age services only.
pub const EXCEPTIONAL_SET: [&str; 8] = [
    "client_basics",
    "client_relation",
    "contact",
    "matter",
    "plan",
    "assessment",
    "note",
    "appointment",
];

/// Exceptional access reads and does nothing else.
const EXCEPTIONAL_ACTIONS: [&str; 4] = ["see_exists", "see_basics", "see_own_worker", "read"];

impl RightsTable {
    /// The decision: pure, and denial when no row answers.
    ///
    /// Bars win over every row. Of the rows whose conditions hold, the one with the widest view
    /// answers. When a row fails by its conditions only, the answer tells the first that failed.
    /// When no row at all answers, the door of exceptional access is told of if the task has one; over
    /// the relation `exceptional`, once that door has been opened, it allows.
    pub fn decide<'t>(&'t self, question: &Question<'_>) -> Decision<'t> {
        if let Some(bar) = question.bars.iter().find(|bar| bar.stops(question)) {
            return Decision::Deny(Denial::Bar(*bar));
        }
        if NEVER.contains(&question.class) {
            return Decision::Deny(Denial::Bar(Bar::B09));
        }
        let (mut widest, mut nearest) = (None, None);
        let rows = self.about(question.class, question.action);
        for row in rows.filter(|row| row.answers(question)) {
            let failed: Vec<&str> = row.failed(question).collect();
            match failed.first() {
                None => keep_least(&mut widest, row.width(), row),
                Some(token) => keep_least(&mut nearest, failed.len(), (row, *token)),
            }
        }
        if let Some((_, row)) = widest {
            return Decision::Allow(row);
        }
        let door = self.exceptional(question);
        match (door, nearest) {
            (Some(row), _) if question.relations.contains(&"exceptional") => Decision::Allow(row),
            (_, Some((_, (row, token)))) => Decision::Deny(Denial::Condition { row, token }),
            (Some(row), None) => Decision::Exceptional(row),
            (None, None) => Decision::Deny(Denial::NoRow),
        }
    }

    /// The row that opens exceptional access to such an object, if the subject has one.
    fn exceptional(&self, question: &Question<'_>) -> Option<&Row> {
        let inside = question.service_task == "working_age"
            && EXCEPTIONAL_SET.contains(&question.class)
            && EXCEPTIONAL_ACTIONS.contains(&question.action);
        let asked = Question {
            class: "exceptional_set",
            action: "open_exceptionally",
            ..*question
        };
        self.about(asked.class, asked.action)
            .find(|row| inside && row.answers(&asked))
    }

    /// Rows in force that give the action on the class to the subject, whatever the relation: for
    /// turning a right into a filter of a list. The conditions of each row are still to be applied.
    pub fn granting<'t>(
        &'t self,
        subject: &Subject,
        class: &str,
        action: &str,
        service_task: &str,
        on: Date,
    ) -> impl Iterator<Item = &'t Row> {
        self.about(class, action).filter(move |row| {
            row.gives(subject, on) && tasks::covers(&row.service_task, service_task, &|_| false)
        })
    }

    /// True when some row could give the action on the class to the subject over some relation: for
    /// showing a way in the navigation, never for opening an object.
    pub fn may_ever(&self, subject: &Subject, class: &str, action: &str, on: Date) -> bool {
        self.about(class, action).any(|row| row.gives(subject, on))
    }
}

fn keep_least<T>(kept: &mut Option<(usize, T)>, size: usize, value: T) {
    if kept.as_ref().is_none_or(|(least, _)| size < *least) {
        *kept = Some((size, value));
    }
}

/// Tokens that follow from a narrower one that was told.
const FOLLOWS: [(&str, &[&str]); 11] = [
    ("consent_or_35_2", &["consent"]),
    ("consent_or_kutyl_12", &["consent"]),
    ("ground_or_consent", &["consent"]),
    (
        "authority_right_or_permit",
        &["authority_right", "permit_covers_task_and_period"],
    ),
    ("joint_or_permit", &["joint_named", "permit_or_joint"]),
    ("permit_or_joint", &["joint_named", "joint_or_permit"]),
    ("strong_id_or_anonymous_chat", &["strong_id"]),
    ("exact_or_name", &["exact_match"]),
    ("same_matter_or_same_service", &["same_service"]),
    (
        "urgent_or_unassigned_or_absent",
        &["urgent_only", "unassigned_or_absent"],
    ),
    ("own_or_linked_service", &["same_service"]),
];

/// Whether a predicate holds: told, following from what was told, or from who asks.
fn holds(question: &Question<'_>, token: &str) -> bool {
    let subject = question.subject;
    if token == "no_ban_51" && question.bars.contains(&Bar::B11) {
        return false;
    }
    question.given(token)
        || FOLLOWS
            .iter()
            .any(|(wide, narrow)| *wide == token && narrow.iter().any(|own| question.given(own)))
        || match token {
            // Never told: the worker's own judgement, and the bar of the classes never opened.
            "necessary" | "not_never" => true,
            // Asked of health professionals only.
            "hp_only_if_42" => subject.qualifies("prof"),
            // The task is the broad health task (457/2024 18 § 1).
            "health_broad" => subject.tasks.contains("centre_health"),
            "human_only" => subject.employed,
            _ => false,
        }
}

impl Row {
    /// Task, qualification and day, of a row that is about the action on the class.
    fn gives(&self, subject: &Subject, on: Date) -> bool {
        self.tasks.iter().any(|task| subject.tasks.contains(task))
            && self
                .qualifications
                .iter()
                .any(|code| subject.qualifies(code))
            && self.in_force(on)
    }

    /// Everything but the conditions, of a row that is about the action on the class.
    fn answers(&self, question: &Question<'_>) -> bool {
        self.gives(question.subject, question.on)
            && tasks::covers(&self.service_task, question.service_task, &|token| {
                holds(question, token)
            })
            && (self.relation == "none" || question.relations.contains(&self.relation.as_str()))
    }

    /// The conditions that do not hold.
    fn failed<'t>(&'t self, question: &Question<'_>) -> impl Iterator<Item = &'t str> {
        self.conditions
            .iter()
            .map(|own| (own.kind, own.token.as_str()))
            .filter(|(kind, token)| kind.decides() && !holds(question, token))
            .map(|(_, token)| token)
    }

    /// Less is a wider view: filters weigh most, then every condition, then a row without relation.
    fn width(&self) -> usize {
        let filters = self
            .conditions
            .iter()
            .filter(|own| own.kind.narrows())
            .count();
        filters * 100 + self.conditions.len() * 2 + usize::from(self.relation == "none")
    }
}
