//! The identity bar of a client: same place and same order on every page of hers.

mod facts;

use kernel::time::{Date, SignedDuration, Timestamp, day};
use web::Texts;

use crate::domain::ClientId;
use crate::gate::{DAYS_AFTER_DEATH, Gate};
use crate::pages::labels::age;
use crate::panels::Answerer;
use crate::store::details::Told;
use crate::store::lapse::TOLD_BEFORE;
use crate::store::record::Record;
use facts::facts;

/// The bar.
#[derive(Debug, Clone, Default)]
pub struct Head {
    /// The client's own page, with facts and actions; other pages of hers show the name and the alerts alone.
    pub main: bool,
    pub path: String,
    pub name: String,
    /// "31 v", empty when the birth date is not known.
    pub age: String,
    /// Identity code, or the temporary identifier; the birth date for those who see no code.
    pub code: String,
    pub alerts: Vec<Alert>,
    pub facts: Vec<Fact>,
    /// Buttons; the first is filled.
    pub acts: Vec<Act>,
    /// Under "Lisää".
    pub more: Vec<Act>,
    pub exceptional: Option<Banner>,
    /// The reader sees more than name and birth date.
    pub sees_more: bool,
}

/// Something to know first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alert {
    pub color: &'static str,
    /// Filled: only for non-disclosure.
    pub solid: bool,
    /// "lock", "speech", "phone" or none.
    pub icon: &'static str,
    pub strong: String,
    pub words: String,
    pub href: String,
    pub link: String,
}

/// A fact of the bar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fact {
    pub name: String,
    pub value: String,
    pub strong: bool,
    /// A number to call, shown instead of the value.
    pub phone: String,
    /// Quieter words after the value.
    pub rest: String,
}

/// A button or link.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Act {
    pub href: String,
    pub label: String,
    pub key: &'static str,
}

/// Exceptional access is on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Banner {
    pub heading: String,
    pub words: String,
}

/// The address of a client's page.
pub fn path(client: ClientId) -> String {
    format!("/clients/{client}")
}

/// What the bar is made from.
pub struct Seen<'a> {
    pub t: &'a Texts,
    pub gate: &'a Gate,
    pub record: &'a Record,
    pub now: Timestamp,
    /// Number of the responsible unit.
    pub unit_phone: Option<String>,
    /// Whom the client calls now.
    pub answers: Option<Answerer>,
}

impl Seen<'_> {
    fn today(&self) -> Date {
        day(self.now)
    }

    fn may(&self, class: &str, action: &str) -> bool {
        self.gate
            .decide(class, action, "working_age", None, &[])
            .allowed()
    }

    /// The newest value of a kind that holds and may be told.
    fn plain(&self, kind: &str) -> Option<&str> {
        let mut details = self.record.details.iter();
        details
            .by_ref()
            .filter(|detail| detail.kind == kind && detail.holds(self.today()))
            .find_map(|detail| detail.value.plain())
    }

    fn is_protected(&self, kind: &str) -> bool {
        self.record
            .now(kind, self.today())
            .any(|detail| matches!(detail.value, Told::Protected(_)))
    }
}

/// The bar for a form or a list about the client: name and alerts.
pub fn short(seen: &Seen<'_>) -> Head {
    let record = seen.record;
    let birth = record.birth;
    let code = record
        .code
        .map(|code| code.expose().to_owned())
        .or_else(|| record.temporary.clone())
        .or_else(|| {
            birth.map(|day| {
                seen.t
                    .with("client-born", &[("day", seen.t.full_day(day).into())])
            })
        })
        .unwrap_or_default();
    Head {
        path: path(record.id),
        name: record.display_name.clone(),
        age: birth.map_or_else(String::new, |birth| years(seen, birth)),
        code,
        alerts: alerts(seen),
        exceptional: banner(seen),
        sees_more: !record.narrow,
        ..Head::default()
    }
}

fn years(seen: &Seen<'_>, birth: Date) -> String {
    let last = seen.record.died_on.unwrap_or_else(|| seen.today());
    let years = i64::from(age(birth, last));
    seen.t.with("client-years", &[("years", years.into())])
}

/// The bar of the client's own page.
pub fn full(seen: &Seen<'_>) -> Head {
    let (acts, more) = actions(seen);
    Head {
        main: true,
        facts: facts(seen),
        acts,
        more,
        ..short(seen)
    }
}

fn banner(seen: &Seen<'_>) -> Option<Banner> {
    let t = seen.t;
    let by_exception = seen
        .record
        .granted
        .row
        .classes
        .iter()
        .any(|class| class == "exceptional_set");
    let until = seen
        .gate
        .held()
        .iter()
        .filter(|held| held.kind == "exceptional")
        .find_map(|held| held.ends)
        .filter(|_| by_exception)?;
    Some(Banner {
        heading: t.with("exceptional-banner", &[("until", t.clock(until).into())]),
        words: t.get("exceptional-banner-words"),
    })
}

fn alerts(seen: &Seen<'_>) -> Vec<Alert> {
    let (t, record) = (seen.t, seen.record);
    let mut alerts = Vec::new();
    alerts.extend(protection(seen));
    if let Some(words) = seen.plain("safety") {
        alerts.push(alert("warning", t.get("client-alert-safety"), words));
    }
    let safe: Vec<&str> = ["safe_number", "safe_hours"]
        .iter()
        .filter_map(|kind| seen.plain(kind))
        .collect();
    if !safe.is_empty() {
        alerts.push(Alert {
            icon: "phone",
            ..alert("warning", t.get("client-alert-safe"), &safe.join(", "))
        });
    }
    if let Some(words) = seen.plain("interpreter") {
        alerts.push(Alert {
            icon: "speech",
            ..alert("warning", t.get("client-alert-interpreter"), words)
        });
    }
    if seen.plain("easy_language") == Some("yes") {
        alerts.push(alert("neutral", String::new(), &t.get("client-alert-easy")));
    }
    if let Some(since) = record
        .now("special_support", seen.today())
        .next()
        .map(|detail| detail.from)
    {
        let words = since.map_or_else(
            || t.get("client-alert-special-plain"),
            |since| t.with("client-alert-special", &[("day", t.full_day(since).into())]),
        );
        alerts.push(alert("neutral", String::new(), &words));
    }
    if let Some((_, unit)) = &record.restricted {
        let words = t.with("client-alert-restricted", &[("unit", unit.as_str().into())]);
        alerts.push(alert("info", String::new(), &words));
    }
    if record.code.is_none() && record.temporary.is_some() {
        alerts.push(alert(
            "neutral",
            String::new(),
            &t.get("client-alert-temporary"),
        ));
    }
    alerts.extend(death(seen));
    alerts
}

fn alert(color: &'static str, strong: String, words: &str) -> Alert {
    Alert {
        color,
        strong,
        words: words.to_owned(),
        ..Alert::default()
    }
}

/// Non-disclosure, or details kept secret without it; the way to open them for those who have the right.
fn protection(seen: &Seen<'_>) -> Option<Alert> {
    let t = seen.t;
    let kept = seen
        .record
        .details
        .iter()
        .any(|detail| detail.holds(seen.today()) && matches!(detail.value, Told::Protected(_)));
    if !seen.record.hidden && !kept {
        return None;
    }
    let (href, link) = if seen.may("contact_details_secret", "read") {
        let href = format!("{}/secret", path(seen.record.id));
        (href, t.get("client-alert-nondisclosure-show"))
    } else {
        (String::new(), String::new())
    };
    let (strong, words) = if seen.record.hidden {
        (
            t.get("client-alert-nondisclosure"),
            [Some(t.get("client-alert-nondisclosure-words")), ends(seen)]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
        )
    } else {
        (t.get("client-alert-protected"), String::new())
    };
    Some(Alert {
        color: "danger",
        solid: seen.record.hidden,
        icon: "lock",
        strong,
        words,
        href,
        link,
    })
}

/// The day on which the client's own non-disclosure ends, when it is near and nothing follows.
fn ends(seen: &Seen<'_>) -> Option<String> {
    let (t, today) = (seen.t, seen.today());
    let orders = &seen.record.non_disclosures;
    // The first of the open ones protects longest.
    let last = orders.iter().find(|one| one.ended_at.is_none())?.to?;
    let near = last
        .since(today)
        .is_ok_and(|left| i64::from(left.get_days()) <= TOLD_BEFORE);
    near.then(|| {
        t.with(
            "client-alert-nondisclosure-ends",
            &[("day", t.full_day(last).into())],
        )
    })
}

fn death(seen: &Seen<'_>) -> Option<Alert> {
    let t = seen.t;
    let died = seen.record.died_on?;
    let until = seen
        .record
        .dead_since?
        .checked_add(SignedDuration::from_hours(24 * DAYS_AFTER_DEATH))
        .ok()?;
    let strong = t.with("client-alert-dead", &[("day", t.full_day(died).into())]);
    let words = t.with(
        "client-alert-dead-until",
        &[("day", t.full_day(until).into())],
    );
    Some(alert("neutral", format!("{strong}."), &words))
}

/// Buttons and links that lead somewhere for this reader.
fn actions(seen: &Seen<'_>) -> (Vec<Act>, Vec<Act>) {
    let (t, path) = (seen.t, path(seen.record.id));
    let act = |key: &str, end: &str, letter: &'static str| Act {
        href: format!("{path}/{end}"),
        label: t.get(key),
        key: letter,
    };
    let mut acts = Vec::new();
    // What one opens is one's own entry.
    let opens = seen
        .gate
        .decide("matter", "create", "working_age", None, &["own_entry"]);
    if opens.allowed() {
        acts.push(act("client-act-matter", "matters/new", "U"));
    }
    if !seen.record.narrow {
        acts.push(act("client-act-basics", "basics", "P"));
    }
    let mut more = vec![act("client-act-access", "access", "")];
    if seen.may("client_relation", "read") {
        more.push(act("client-act-relation", "relation", ""));
    }
    if seen.may("client_basics", "correct") {
        more.push(act("merges-new", "merge", ""));
    }
    if crate::pages::merge::may_void(seen.gate) {
        more.push(act("client-act-wrong", "wrong", ""));
    }
    (acts, more)
}
