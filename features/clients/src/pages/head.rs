//! The identity bar of a client: same place and same order on every page of hers.

use kernel::time::{Date, SignedDuration, Timestamp, day};
use web::Texts;

use crate::domain::ClientId;
use crate::gate::{DAYS_AFTER_DEATH, Gate};
use crate::pages::labels::{self, age};
use crate::panels::Answerer;
use crate::store::details::Told;
use crate::store::lapse::TOLD_BEFORE;
use crate::store::record::Record;
use crate::store::related::Role;

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

fn facts(seen: &Seen<'_>) -> Vec<Fact> {
    let mut facts = vec![own_worker(seen)];
    if seen.record.narrow {
        facts.extend(answers(seen));
        facts.extend(client_relation(seen));
        return facts;
    }
    facts.extend(representatives(seen));
    facts.extend(phone(seen));
    // After the number, which would otherwise stand under the open menu.
    facts.extend(answers(seen));
    facts.extend(speech(seen));
    facts.extend(place(seen));
    facts.extend(client_relation(seen));
    facts
}

fn fact(t: &Texts, key: &str, value: impl Into<String>) -> Fact {
    Fact {
        name: t.get(key),
        value: value.into(),
        ..Fact::default()
    }
}

fn own_worker(seen: &Seen<'_>) -> Fact {
    let t = seen.t;
    let named = |kind: &str| {
        let found = seen.record.workers.iter().find(|one| one.kind == kind);
        found.map(|one| one.name.clone())
    };
    let substitute =
        named("substitute").map(|name| t.with("client-fact-substitute", &[("name", name.into())]));
    // The number is the own worker's only while she answers; otherwise whoever answers has a line.
    let number = match &seen.answers {
        Some(answers) if answers.own_worker => {
            Some(answers.phone.clone()).filter(|phone| !phone.is_empty())
        }
        Some(_) => None,
        None => seen.unit_phone.clone(),
    };
    let rest: Vec<String> = substitute.into_iter().chain(number).collect();
    match named("own_worker") {
        Some(name) => Fact {
            strong: true,
            rest: rest.join(", "),
            ..fact(t, "client-fact-own-worker", name)
        },
        None => fact(
            t,
            "client-fact-own-worker",
            t.get("client-fact-own-worker-none"),
        ),
    }
}

/// Whom the client calls when it is not the own worker: she is away, has left, or nobody is named.
fn answers(seen: &Seen<'_>) -> Option<Fact> {
    let answers = seen.answers.as_ref().filter(|one| !one.own_worker)?;
    let rest = [&answers.what, &answers.phone];
    let rest: Vec<&str> = rest
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    Some(Fact {
        strong: true,
        rest: rest.join(", "),
        ..fact(seen.t, "client-fact-answers", answers.name.clone())
    })
}

/// Guardian always, because "none" is a fact too; a proxy when there is one.
fn representatives(seen: &Seen<'_>) -> Vec<Fact> {
    let t = seen.t;
    let names = |roles: &[Role]| {
        let found: Vec<&str> = seen
            .record
            .related
            .iter()
            .filter(|one| one.holds(seen.today()) && roles.contains(&one.role))
            .map(|one| one.name.as_str())
            .collect();
        found.join(", ")
    };
    let guardian = names(&[Role::LegalGuardian, Role::ContinuingProxy]);
    let guardian = if guardian.is_empty() {
        t.get("client-none")
    } else {
        guardian
    };
    let mut facts = vec![fact(t, "client-fact-guardian", guardian)];
    let proxy = names(&[Role::Proxy]);
    if !proxy.is_empty() {
        facts.push(fact(t, "client-fact-proxy", proxy));
    }
    facts
}

fn phone(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let number = seen.plain("safe_number").or_else(|| seen.plain("phone"));
    match number {
        Some(number) => Some(Fact {
            phone: number.to_owned(),
            ..fact(t, "client-fact-phone", "")
        }),
        None => seen
            .is_protected("phone")
            .then(|| fact(t, "client-fact-phone", t.get("client-fact-protected"))),
    }
}

fn speech(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let mut languages: Vec<String> = ["service_language", "mother_tongue"]
        .iter()
        .filter_map(|kind| seen.plain(kind))
        .map(|code| labels::language(t, code))
        .collect();
    languages.dedup();
    (!languages.is_empty()).then(|| fact(t, "client-fact-language", languages.join(", ")))
}

fn place(seen: &Seen<'_>) -> Vec<Fact> {
    let t = seen.t;
    let mut facts = Vec::new();
    if seen.record.hidden || seen.is_protected("home_municipality") {
        let words = t.get("client-fact-protected");
        facts.push(fact(t, "client-fact-municipality", words));
    } else if let Some(code) = seen.plain("home_municipality") {
        let name = labels::municipality(t, code);
        facts.push(fact(t, "client-fact-municipality", name));
    }
    if let Some(code) = seen.plain("homelessness").filter(|code| *code != "no") {
        let words = labels::value(t, "homelessness", code);
        facts.push(fact(t, "client-fact-homeless", words));
    }
    facts
}

fn client_relation(seen: &Seen<'_>) -> Option<Fact> {
    let t = seen.t;
    let words = match seen.record.relations.first() {
        None => t.get("client-fact-since-none"),
        Some(relation) => match relation.ended_on {
            Some(ended) => t.with(
                "client-fact-since-ended",
                &[("day", t.full_day(ended).into())],
            ),
            None => t.with(
                "client-fact-since-open",
                &[("day", t.full_day(relation.began_on).into())],
            ),
        },
    };
    Some(fact(t, "client-fact-since", words))
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
