//! The decision told to people who review the table: `noste rights explain`.

use kernel::time::Date;

use crate::rights::{Bar, Decision, Denial, Question, RightsTable, Row, SERVICE_TASKS, Subject};
use crate::words::{self, Kind};

/// A question in words, as it comes from a command line.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Tasks and roles.
    pub roles: Vec<String>,
    /// Qualification codes; `none` is somebody outside the house.
    pub qualifications: Vec<String>,
    pub service_task: String,
    pub relations: Vec<String>,
    pub class: String,
    pub action: String,
    /// Conditions and bars that hold.
    pub given: Vec<String>,
    /// The day asked. Without one, rows that come into force later count too.
    pub on: Option<Date>,
    /// Tell also the basis and the conditions of the row.
    pub verbose: bool,
}

/// A word of the question that the table does not know; the text tells those it knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} {word:?}; known: {known}")]
pub struct Unknown {
    what: &'static str,
    word: String,
    known: String,
}

/// Names in a question that are no codes of objects: a mark of a class that is never opened.
const NEVER_MARKS: [&str; 5] = [
    "restricted_class",
    "mediation",
    "shelter",
    "therapeutic",
    "examination",
];

/// The answer in lines. The first is for programs: `allow OW-04`, `deny default`, `deny B09`,
/// `deny CH-08:permit_covers_task_and_period`, `exceptional FD-20`. A second one tells the day from
/// which it holds, when that is after `today`.
///
/// # Errors
/// [`Unknown`] for a word that the table does not know.
pub fn explain(table: &RightsTable, asked: &Asked, today: Date) -> Result<String, Unknown> {
    let (tokens, bars) = known(asked)?;
    let subject = subject(asked);
    let relations: Vec<&str> = asked.relations.iter().map(String::as_str).collect();
    let decide = |on| {
        table.decide(&Question {
            subject: &subject,
            class: &asked.class,
            action: &asked.action,
            service_task: &asked.service_task,
            relations: &relations,
            given: &tokens,
            bars: &bars,
            on,
        })
    };
    let (decision, on) = match asked.on {
        Some(on) => (decide(on), on),
        None => first(table, today, decide),
    };
    let mut lines = format!("{} {}\n", decision.answer(), decision.rule());
    if asked.on.is_none() && on > today {
        lines.push_str(&format!("in force from {on}\n"));
    }
    if asked.verbose {
        lines.push_str(&reason(decision));
    }
    Ok(lines)
}

/// Today's answer, or that of a later day when a row that comes into force then allows, or is the
/// first to say anything at all.
fn first<'t>(
    table: &'t RightsTable,
    today: Date,
    decide: impl Fn(Date) -> Decision<'t>,
) -> (Decision<'t>, Date) {
    let mut days: Vec<Date> = table.rows().iter().map(|row| row.valid_from).collect();
    days.retain(|day| *day > today);
    days.push(today);
    days.sort_unstable();
    days.dedup();
    let answers: Vec<_> = days.into_iter().map(|day| (decide(day), day)).collect();
    let silent = Decision::Deny(Denial::NoRow);
    answers
        .iter()
        .find(|(answer, _)| answer.allowed())
        .or_else(|| answers.iter().find(|(answer, _)| *answer != silent))
        .or_else(|| answers.first())
        .copied()
        .unwrap_or((silent, today))
}

fn subject(asked: &Asked) -> Subject {
    let roles = asked.roles.iter().map(String::as_str);
    if asked.qualifications.iter().any(|code| code == "none") {
        let mut subject = Subject::outside("");
        subject.tasks = roles.map(str::to_owned).collect();
        return subject;
    }
    // A code that means any of several is asked as the least of them.
    let held = asked
        .qualifications
        .iter()
        .filter_map(|code| match code.as_str() {
            "any" => None,
            "prof" => Some("sc"),
            "office" => Some("sc+office"),
            code => Some(code),
        });
    Subject::employee(roles, held)
}

/// Sorts the words of `given` into conditions and bars, and refuses any word that nobody knows.
fn known(asked: &Asked) -> Result<(Vec<&str>, Vec<Bar>), Unknown> {
    for (what, kind, given) in [
        ("role", Kind::Task, &asked.roles),
        ("qualification", Kind::Qualification, &asked.qualifications),
        ("relation", Kind::Relation, &asked.relations),
    ] {
        for word in given {
            check(what, kind, word)?;
        }
    }
    check("object", Kind::Class, &asked.class)?;
    check("action", Kind::Action, &asked.action)?;
    if !SERVICE_TASKS.contains(&asked.service_task.as_str()) {
        return Err(unknown("service task", &asked.service_task, SERVICE_TASKS));
    }
    let (mut tokens, mut bars) = (Vec::new(), Vec::new());
    for word in &asked.given {
        if let Some(bar) = Bar::parse(word) {
            bars.push(bar);
        } else if NEVER_MARKS.contains(&word.as_str()) {
            bars.push(Bar::B09);
        } else if words::token(word).is_some() {
            tokens.push(word.as_str());
        } else {
            let every = words::all()
                .iter()
                .filter(|known| matches!(known.kind, Kind::Token(_) | Kind::Bar));
            return Err(unknown(
                "condition",
                word,
                every.map(|known| known.key.as_str()),
            ));
        }
    }
    bars.sort_unstable();
    Ok((tokens, bars))
}

fn check(what: &'static str, kind: Kind, word: &str) -> Result<(), Unknown> {
    if words::word(kind, word).is_some() {
        return Ok(());
    }
    Err(unknown(
        what,
        word,
        words::of(kind).map(|known| known.key.as_str()),
    ))
}

fn unknown<'a>(
    what: &'static str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Unknown {
    Unknown {
        what,
        word: word.to_owned(),
        known: known.into_iter().collect::<Vec<_>>().join(" "),
    }
}

fn reason(decision: Decision<'_>) -> String {
    let of_row = |row: &Row| {
        let mut lines = format!(
            "basis: {}\nscope: {}\npurpose: {}\n",
            row.basis,
            words::word(Kind::Scope, &row.scope).map_or(&row.scope, |word| &word.en),
            words::word(Kind::Purpose, &row.purpose).map_or(&row.purpose, |word| &word.en),
        );
        for condition in &row.conditions {
            let text = words::token(&condition.token).map_or("", |word| &word.en);
            lines.push_str(&format!(
                "{:?} {}: {text}\n",
                condition.kind, condition.token
            ));
        }
        lines
    };
    match decision {
        Decision::Allow(row) | Decision::Exceptional(row) => of_row(row),
        Decision::Deny(Denial::Condition { row, .. }) => of_row(row),
        Decision::Deny(Denial::Bar(bar)) => format!(
            "{}\n",
            words::word(Kind::Bar, bar.code()).map_or("", |word| &word.en)
        ),
        Decision::Deny(Denial::NoRow) => "no row in force gives the right\n".to_owned(),
    }
}
