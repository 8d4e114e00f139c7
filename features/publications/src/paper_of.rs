//! A content as a paper: the one thing that the page, the PDF and the open data are made of.

use charts::series::{At, Line, Series};
use charts::{Heading, Id, Numbers, Value, Words};
use kernel::time::{Date, iso_date};
use paper::{Block, Cell, Paper, Table};
use web::{County, Texts};

use crate::compose::period;
use crate::domain::content::{
    Analysis, Content, Material, Part, ToldAction, ToldEvidence, ToldInfluence, ToldProposal,
};
use crate::domain::figures::{Figures, HIDDEN, Number};
use crate::domain::{Kind, Section};

/// Lines in one picture at most; more stay a table.
const MOST_LINES: usize = 3;

/// Which version it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    pub number: i64,
    pub version: i64,
    pub released_on: Date,
}

/// A word of a code, from the family of its message keys.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    t.get(&format!("{family}-{}", code.replace('_', "-")))
}

/// The name of a kind.
pub fn kind(t: &Texts, kind: Kind) -> String {
    word(t, "public-publication-kind", kind.code())
}

/// The heading of a section.
pub fn heading(t: &Texts, section: Section) -> String {
    word(t, "public-publication-section", section.code())
}

/// A stored day as the publication's reader writes it.
fn day(t: &Texts, iso: &str) -> String {
    iso_date(iso).map_or_else(|| iso.to_owned(), |day| t.full_day(day))
}

/// The paper of a content. `t` speaks the publication's language; `edition` is none for a version that is not out yet.
pub fn paper(t: &Texts, content: &Content, county: &County, edition: Option<&Edition>) -> Paper {
    let as_of = iso_date(&content.as_of).unwrap_or(Date::ZERO);
    let mut blocks = vec![Block::Facts(facts(t, content))];
    let mut pictures = 0;
    for part in &content.parts {
        section(t, part, &mut blocks, &mut pictures);
    }
    let summary = content
        .parts
        .iter()
        .find(|part| part.section() == Some(Section::Summary))
        .map(|part| part.words.trim().to_owned())
        .filter(|words| !words.is_empty());
    Paper {
        title: content.title.clone(),
        language: content.language,
        summary,
        issuer: county.name(content.language).to_owned(),
        date: edition.map_or(as_of, |edition| edition.released_on),
        address: edition.map(|one| county.address(&address(content, one))),
        version: edition.map(|one| one.version.to_string()),
        blocks,
    }
}

/// The public path of a version.
pub fn address(content: &Content, edition: &Edition) -> String {
    format!(
        "/{}/julkaisut/{}/v/{}",
        content.language.code(),
        edition.number,
        edition.version
    )
}

fn facts(t: &Texts, content: &Content) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    if let Some(one) = content.kind() {
        facts.push((t.get("public-publication-kind"), kind(t, one)));
    }
    if let Some(span) = content.span() {
        facts.push((t.get("public-publication-period"), period(t, span)));
    }
    facts.push((t.get("public-publication-area"), content.area.clone()));
    if !content.unit.is_empty() {
        facts.push((t.get("public-publication-unit"), content.unit.clone()));
    }
    facts.push((t.get("public-publication-as-of"), day(t, &content.as_of)));
    facts
}

/// A section with anything in it; the summary stands before all others already.
fn section(t: &Texts, part: &Part, blocks: &mut Vec<Block>, pictures: &mut usize) {
    let Some(section) = part.section().filter(|one| *one != Section::Summary) else {
        return;
    };
    let words = part.words.trim();
    if words.is_empty() && part.material.is_empty() {
        return;
    }
    blocks.push(Block::Heading {
        level: 2,
        text: heading(t, section),
    });
    if section == Section::Interpretation {
        blocks.push(Block::Note(words.to_owned()));
        blocks.push(Block::Text(t.get("public-publication-hidden-note")));
        return;
    }
    if !words.is_empty() {
        blocks.push(Block::Text(words.to_owned()));
    }
    let mut actions = Vec::new();
    let mut taken = Vec::new();
    let mut days = Vec::new();
    for one in &part.material {
        match one {
            Material::Action(action) => actions.push(action),
            Material::Influence(one) => taken.push(one),
            Material::Day { day: on, words } => days.push((day(t, on), words.clone())),
            other => material(t, other, blocks, pictures),
        }
    }
    if !actions.is_empty() {
        blocks.push(Block::Table(action_table(t, &actions)));
    }
    if !taken.is_empty() {
        blocks.push(Block::Table(influence_table(t, &taken)));
    }
    if !days.is_empty() {
        blocks.push(Block::Facts(days));
    }
}

fn material(t: &Texts, one: &Material, blocks: &mut Vec<Block>, pictures: &mut usize) {
    match one {
        Material::Phenomenon { title, words } => {
            blocks.push(sub(title));
            if !words.trim().is_empty() {
                blocks.push(Block::Text(words.clone()));
            }
        }
        Material::Analysis(analysis) => evidence(t, analysis, blocks),
        Material::Figures(figures) => {
            *pictures += 1;
            blocks.push(shown(t, figures, *pictures));
        }
        Material::Quote { about, words } => blocks.push(Block::Quote {
            text: words.clone(),
            source: Some(t.with(
                "public-publication-quote-source",
                &[("title", about.as_str().into())],
            )),
        }),
        Material::Proposal(proposal) => told(t, proposal, blocks),
        Material::NotTold { about } => blocks.push(Block::Text(t.with(
            "public-publication-not-told",
            &[("title", about.as_str().into())],
        ))),
        // These stand together, in tables and in a list.
        Material::Action(_) | Material::Influence(_) | Material::Day { .. } => {}
    }
}

fn sub(text: &str) -> Block {
    Block::Heading {
        level: 3,
        text: text.to_owned(),
    }
}

fn evidence(t: &Texts, analysis: &Analysis, blocks: &mut Vec<Block>) {
    blocks.push(sub(&analysis.about));
    let items = analysis
        .statements
        .iter()
        .map(|(words, numbers)| {
            let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
            t.with(
                "public-publication-statement",
                &[
                    ("words", words.as_str().into()),
                    ("numbers", numbers.join(", ").into()),
                ],
            )
        })
        .collect();
    blocks.push(Block::List {
        ordered: false,
        items,
    });
    if analysis.evidence.is_empty() {
        return;
    }
    let rows = analysis.evidence.iter().enumerate();
    blocks.push(Block::Table(Table {
        caption: t.with(
            "public-publication-evidence-of",
            &[("title", analysis.about.as_str().into())],
        ),
        head: [
            "public-publication-evidence-number",
            "public-publication-evidence-words",
            "public-publication-evidence-kind",
            "public-publication-evidence-quality",
            "public-publication-evidence-source",
        ]
        .map(|key| t.get(key))
        .into(),
        rows: rows.map(|(at, one)| evidence_row(t, at, one)).collect(),
        note: None,
    }));
}

fn evidence_row(t: &Texts, at: usize, one: &ToldEvidence) -> Vec<Cell> {
    let kind = one
        .kind()
        .map_or_else(String::new, |kind| word(t, "evidence-kind", kind.code()));
    let quality = one.quality().map_or_else(String::new, |quality| {
        word(t, "evidence-quality", quality.code())
    });
    // The day of a gathering is kept as a day; what an editor writes is a text.
    let period = match one.period.parse::<kernel::time::Date>() {
        Ok(day) => t.full_day(day),
        Err(_) => one.period.clone(),
    };
    let source = [one.source.clone(), period, one.area.clone()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    vec![
        Cell::number((at + 1).to_string()),
        Cell::head(&one.words),
        Cell::text(kind),
        Cell::text(quality),
        Cell::text(source),
    ]
}

fn told(t: &Texts, one: &ToldProposal, blocks: &mut Vec<Block>) {
    blocks.push(sub(one.words()));
    let mut facts = vec![(
        t.get("public-publication-recipient"),
        one.recipient().to_owned(),
    )];
    if let Some(level) = one.level() {
        facts.push((
            t.get("public-publication-level"),
            word(t, "proposal-level", level.code()),
        ));
    }
    facts.push((t.get("public-publication-sent"), day(t, one.sent_on())));
    facts.push((t.get("public-publication-due"), day(t, one.due_on())));
    for answer in &one.answers {
        let kind = answer.kind().map_or_else(String::new, |kind| {
            word(t, "public-answer-kind", kind.code())
        });
        facts.push((
            t.get("public-publication-answer"),
            t.with(
                "public-publication-answered",
                &[
                    ("kind", kind.into()),
                    ("reason", answer.reason.as_str().into()),
                    ("role", answer.decided_by_role.as_str().into()),
                    ("day", day(t, &answer.received_on).into()),
                ],
            ),
        ));
    }
    if one.answers.is_empty() {
        facts.push((
            t.get("public-publication-answer"),
            word(t, "public-publication-owed", &one.owed),
        ));
    }
    blocks.push(Block::Facts(facts));
}

fn action_table(t: &Texts, actions: &[&ToldAction]) -> Table {
    let row = |one: &&ToldAction| {
        let state = one.state().map_or_else(String::new, |state| {
            word(t, "public-action-state", state.code())
        });
        let effect = one.effect().map_or_else(String::new, |effect| {
            word(t, "action-effect", effect.code())
        });
        let effect = [effect, one.effect_words.clone()]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect::<Vec<_>>()
            .join(": ");
        vec![
            Cell::head(&one.words),
            Cell::text(&one.responsible_role),
            Cell::text(day(t, &one.ends_on)),
            Cell::text(&one.target),
            Cell::text(state),
            Cell::text(effect),
        ]
    };
    Table {
        caption: t.get("public-publication-actions"),
        head: [
            "public-publication-action",
            "public-publication-action-role",
            "public-publication-action-ends",
            "public-publication-action-target",
            "public-publication-action-state",
            "public-publication-action-effect",
        ]
        .map(|key| t.get(key))
        .into(),
        rows: actions.iter().map(row).collect(),
        note: None,
    }
}

/// Where phenomena were taken beyond their proposals.
fn influence_table(t: &Texts, taken: &[&ToldInfluence]) -> Table {
    let row = |one: &&ToldInfluence| {
        let level = one.level().map_or_else(String::new, |level| {
            word(t, "influence-level", level.code())
        });
        let outcome = if one.outcome.trim().is_empty() {
            t.get("influence-open")
        } else {
            one.outcome.clone()
        };
        vec![
            Cell::head(&one.forum),
            Cell::text(level),
            Cell::text(day(t, &one.brought_on)),
            Cell::text(&one.about),
            Cell::text(outcome),
        ]
    };
    Table {
        caption: t.get("public-publication-influence"),
        head: [
            "influence-forum",
            "influence-level",
            "influence-brought-on",
            "public-publication-influence-about",
            "influence-outcome",
        ]
        .map(|key| t.get(key))
        .into(),
        rows: taken.iter().map(row).collect(),
        note: None,
    }
}

/// A number as the publication's reader writes it.
fn written(t: &Texts, number: Number) -> String {
    match number {
        Number::Known(value, decimals) => {
            Numbers::with_decimals(t.language(), decimals).write(value)
        }
        Number::Hidden => HIDDEN.to_owned(),
        Number::None => "–".to_owned(),
    }
}

/// What stands under a table of figures: unit, source, licence, what is hidden and by which run.
fn note(t: &Texts, figures: &Figures) -> String {
    let mut parts = Vec::new();
    if !figures.unit().is_empty() {
        parts.push(t.with(
            "public-publication-note-unit",
            &[("unit", figures.unit().into())],
        ));
    }
    parts.push(t.with(
        "public-publication-note-source",
        &[("source", figures.source().into())],
    ));
    if let Some(licence) = figures.licence() {
        parts.push(t.with(
            "public-publication-note-licence",
            &[("licence", licence.into())],
        ));
    }
    if let Some((name, threshold, hidden)) = figures.run() {
        if figures.times() > 1 && !any_told(figures) {
            // In the place of the picture: axes without a line would say nothing.
            parts.push(t.with(
                "public-publication-note-hidden",
                &[("threshold", threshold.into())],
            ));
        }
        parts.push(t.with(
            "public-publication-note-run",
            &[
                ("name", name.into()),
                ("threshold", threshold.into()),
                ("hidden", i64::try_from(hidden).unwrap_or(i64::MAX).into()),
            ],
        ));
    }
    parts.join(" ")
}

/// The table of figures, as the page and the PDF show it.
pub fn table(t: &Texts, figures: &Figures) -> Table {
    let mut head = vec![figures.row_head().to_owned()];
    head.extend(figures.heads().iter().cloned());
    Table {
        caption: figures.title().to_owned(),
        head,
        rows: figures
            .rows()
            .into_iter()
            .map(|(name, cells)| {
                std::iter::once(Cell::head(name))
                    .chain(cells.into_iter().map(|one| Cell::number(written(t, one))))
                    .collect()
            })
            .collect(),
        note: Some(note(t, figures)),
    }
}

/// Whether some number that would be drawn may be shown.
fn any_told(figures: &Figures) -> bool {
    let times = figures.times();
    figures.rows().iter().any(|(_, cells)| {
        let mut drawn = cells.iter().take(times);
        drawn.any(|cell| matches!(cell, Number::Known(..)))
    })
}

/// Figures as a picture with their table, or the table alone where there is no line to draw.
fn shown(t: &Texts, figures: &Figures, number: usize) -> Block {
    let table = table(t, figures);
    match drawn(t, figures, number) {
        Some((svg, description)) => Block::Figure {
            svg,
            title: figures.title().to_owned(),
            description,
            table,
        },
        None => Block::Table(table),
    }
}

/// So many times the figures of the publication's own area those of a larger one may be beside them.
const MOST_TIMES: f64 = 10.0;

/// The lines that can be read on one axis: those of larger areas that would leave the last one, the publication's own, flat on the
/// bottom stay in the table alone.
fn on_one_scale(mut lines: Vec<Line>) -> Vec<Line> {
    let highest = |line: &Line| {
        let known = line.values.iter().filter_map(|value| value.known());
        known.map(f64::abs).fold(0.0, f64::max)
    };
    let own = lines.last().map_or(0.0, highest);
    lines.retain(|line| own <= 0.0 || highest(line) <= own * MOST_TIMES);
    lines
}

fn drawn(t: &Texts, figures: &Figures, number: usize) -> Option<(String, String)> {
    let times = figures.times();
    let rows = figures.rows();
    if times < 2 || rows.is_empty() || rows.len() > MOST_LINES || !any_told(figures) {
        return None;
    }
    let mut decimals = 0;
    let lines: Vec<Line> = rows
        .iter()
        .map(|(name, cells)| Line {
            name: (*name).to_owned(),
            values: cells
                .iter()
                .take(times)
                .map(|cell| match cell {
                    Number::Known(value, own) => {
                        decimals = decimals.max(*own);
                        Value::Known(*value)
                    }
                    Number::Hidden => Value::Hidden,
                    Number::None => Value::Missing,
                })
                .collect(),
        })
        .collect();
    let all = lines.len();
    let lines = match figures.run() {
        None => on_one_scale(lines),
        Some(_) => lines,
    };
    let heads = &figures.heads()[..times];
    let description = t.with(
        if lines.len() == all {
            "public-publication-picture"
        } else {
            "public-publication-picture-own"
        },
        &[
            ("first", heads.first()?.as_str().into()),
            ("last", heads.last()?.as_str().into()),
        ],
    );
    let series = Series {
        heading: Heading {
            id: Id::new(&format!("picture-{number}")).ok()?,
            title: figures.title().to_owned(),
            description: description.clone(),
        },
        times: heads
            .iter()
            .map(|head| At {
                short: head.clone(),
                long: head.clone(),
            })
            .collect(),
        lines,
        band: Vec::new(),
        notes: Vec::new(),
        time_head: figures.row_head().to_owned(),
        numbers: Numbers::with_decimals(t.language(), decimals),
        words: Words {
            missing: "–".to_owned(),
            hidden: HIDDEN.to_owned(),
        },
    };
    let picture = series.draw().ok()?;
    Some((picture.markup(), description))
}
