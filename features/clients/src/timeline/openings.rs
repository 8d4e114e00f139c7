//! What the gate opens of a client's timeline, as conditions of SQL.

use std::collections::{BTreeMap, HashMap};

use access::rights::{Decision, Row as Right, TokenKind};
use kernel::time::{SignedDuration, Timestamp, millis};
use store::{Query, StoreError, Value, params};

use crate::gate::{Gate, Granted};

/// How much of an item a right shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct View {
    /// Only the title: the text is neither shown nor searched.
    pub title_only: bool,
    /// From this moment on (ms).
    pub since: Option<i64>,
    /// Only the newest item of its class.
    pub newest_only: bool,
    /// Only what the reader has written.
    pub own_only: bool,
}

/// What opens some of a client's items.
#[derive(Debug, Clone)]
pub(super) struct Opening {
    pub class: String,
    pub service_task: String,
    /// The matters and contacts; `None` for all of the class and service task.
    pub objects: Option<Vec<[u8; 16]>>,
    pub view: View,
    pub granted: Granted,
}

impl Opening {
    /// Whether it opens an item.
    pub fn opens(&self, class: &str, service_task: &str, object: [u8; 16]) -> bool {
        self.class == class
            && self.service_task == service_task
            && self
                .objects
                .as_ref()
                .is_none_or(|objects| objects.contains(&object))
    }
}

/// What a row of the rights table shows; `None` when it asks for something that a timeline cannot give:
/// a filter over parts of a document, or a reason before each reading.
pub(super) fn view(right: &Right, class: &str, own_only: bool, now: Timestamp) -> Option<View> {
    let mut view = View {
        own_only,
        ..View::default()
    };
    let days = |days: i64| millis(now - SignedDuration::from_hours(24 * days));
    // Exceptional access: the reason was asked when it was opened.
    let exceptional = right.classes.iter().any(|class| class == "exceptional_set");
    if exceptional {
        match class {
            "note" => view.since = Some(days(90)),
            "plan" | "assessment" => view.newest_only = true,
            _ => {}
        }
    }
    for condition in &right.conditions {
        match (condition.kind, condition.token.as_str()) {
            (
                TokenKind::Filter,
                "title_state_unit" | "title_only" | "no_content" | "summary_only",
            ) => {
                view.title_only = true;
            }
            (TokenKind::Filter, "last_12m") => view.since = view.since.max(Some(days(365))),
            // An item holds no protected contact detail.
            (TokenKind::Filter, "no_secret" | "secret_masked") => {}
            (TokenKind::Filter, _) => return None,
            (TokenKind::Step, "ask_why" | "reason" | "reason_if_name" | "purpose_asked")
                if !exceptional =>
            {
                return None;
            }
            _ => {}
        }
    }
    Some(view)
}

/// Everything of one client that the gate opens to its reader now. One statement.
pub(super) fn of_client(
    tx: &mut impl Query,
    gate: &Gate,
    now: Timestamp,
) -> Result<Vec<Opening>, StoreError> {
    let rows = tx.query(
        "select distinct class, service_task, object_kind, object_id from timeline_item
         where client_id = $1 and hidden_at is null and restricted is null
         order by class, service_task, object_kind, object_id",
        &params![gate.client().bytes()],
    )?;
    let mut asked = Decided::new(gate, now);
    type Outcomes = BTreeMap<Option<(View, &'static str)>, (Option<Granted>, Vec<[u8; 16]>)>;
    let mut pairs: BTreeMap<(String, String), Outcomes> = BTreeMap::new();
    for row in rows {
        let (class, task): (String, String) = (row.get(0)?, row.get(1)?);
        let (kind, object): (String, [u8; 16]) = (row.get(2)?, row.get(3)?);
        let opened = asked.decide(&class, &task, &kind, object);
        let key = opened.map(|(view, granted)| (view, granted.right));
        let outcome = pairs.entry((class, task)).or_default();
        let objects = outcome
            .entry(key)
            .or_insert_with(|| (opened.map(|(_, granted)| granted), Vec::new()));
        objects.1.push(object);
    }
    let mut openings = Vec::new();
    for ((class, service_task), outcomes) in pairs {
        let alike = outcomes.len() == 1;
        for (key, (granted, objects)) in outcomes {
            let (Some((view, _)), Some(granted)) = (key, granted) else {
                continue;
            };
            openings.push(Opening {
                class: class.clone(),
                service_task: service_task.clone(),
                objects: (!alike).then_some(objects),
                view,
                granted,
            });
        }
    }
    Ok(openings)
}

/// Decisions of one gate, each made once: matters that no relation is about are decided alike.
struct Decided<'a> {
    gate: &'a Gate,
    now: Timestamp,
    #[expect(clippy::type_complexity, reason = "used in one place")]
    made:
        HashMap<(String, String, Option<(&'static str, [u8; 16])>, bool), Option<(View, Granted)>>,
}

impl<'a> Decided<'a> {
    fn new(gate: &'a Gate, now: Timestamp) -> Self {
        Self {
            gate,
            now,
            made: HashMap::new(),
        }
    }

    fn decide(
        &mut self,
        class: &str,
        task: &str,
        kind: &str,
        object: [u8; 16],
    ) -> Option<(View, Granted)> {
        let kind = object_kind(kind);
        let held = self
            .gate
            .held()
            .iter()
            .any(|held| held.object.is_some_and(|(id, _)| id == object));
        let key = (
            class.to_owned(),
            task.to_owned(),
            kind.filter(|_| held).map(|kind| (kind, object)),
            kind.is_some(),
        );
        if let Some(made) = self.made.get(&key) {
            return *made;
        }
        let object = kind.map(|kind| (kind, object));
        let decided = decide(self.gate, class, task, object, self.now);
        self.made.insert(key, decided);
        decided
    }
}

/// The gate's answer about one object.
pub(super) fn decide(
    gate: &Gate,
    class: &str,
    task: &str,
    object: Option<(&str, [u8; 16])>,
    now: Timestamp,
) -> Option<(View, Granted)> {
    for own_only in [false, true] {
        let given: &[&str] = if own_only { &["own_entry"] } else { &[] };
        if let Decision::Allow(right) = gate.decide(class, "read", task, object, given)
            && let Some(view) = view(right, class, own_only, now)
        {
            return Some((view, Granted::from(right)));
        }
    }
    None
}

/// The kind of object that the gate knows; `None` for the client as a whole.
pub(super) fn object_kind(code: &str) -> Option<&'static str> {
    match code {
        "client" => None,
        "matter" => Some("matter"),
        "contact" => Some("contact"),
        _ => Some("other"),
    }
}

/// The condition that an item `i` is opened by any of these; `1 = 0` when there is none.
pub(super) fn condition(
    openings: &[&Opening],
    reader: [u8; 16],
    params: &mut Vec<Value>,
) -> String {
    let mut parts = Vec::new();
    for opening in openings {
        let mut place = |value: Value| {
            params.push(value);
            format!("${}", params.len())
        };
        let mut part = format!(
            "i.class = {} and i.service_task = {}",
            place(opening.class.as_str().into()),
            place(opening.service_task.as_str().into())
        );
        if let Some(objects) = &opening.objects {
            let places: Vec<String> = objects
                .iter()
                .map(|object| place((*object).into()))
                .collect();
            part.push_str(&format!(" and i.object_id in ({})", places.join(", ")));
        }
        part.push_str(&view_condition(&opening.view, reader, &mut place));
        parts.push(format!("({part})"));
    }
    if parts.is_empty() {
        return "1 = 0".to_owned();
    }
    format!("({})", parts.join(" or "))
}

/// What a view adds to the condition on an item `i`.
pub(super) fn view_condition(
    view: &View,
    reader: [u8; 16],
    place: &mut impl FnMut(Value) -> String,
) -> String {
    let mut part = String::new();
    if let Some(since) = view.since {
        part.push_str(&format!(" and i.at >= {}", place(since.into())));
    }
    if view.own_only {
        part.push_str(&format!(" and i.author = {}", place(reader.into())));
    }
    if view.newest_only {
        part.push_str(
            " and not exists (select 1 from timeline_item n where n.client_id = i.client_id
                and n.class = i.class and n.service_task = i.service_task and n.at > i.at
                and n.hidden_at is null and n.restricted is null)",
        );
    }
    part
}
