//! A report as the data that the template reads.

use kernel::language::Language;
use paper::{Block, Paper, Table, Words, drawings, link, paragraphs};
use serde_json::{Value, json};

use crate::{
    letters::{printable, within},
    tables,
};

/// Headings from which on a report has a list of contents and begins on a page of its own.
const LONG: usize = 6;
/// Width of the widest drawing of `charts`, in its own units: that takes the whole width.
const WIDEST: f64 = 560.0;
/// Letters of the title that stand at the top of each page.
const RUNNING: usize = 80;

pub(crate) struct Report {
    pub json: Value,
    /// Name and markup.
    pub drawings: Vec<(String, String)>,
}

pub(crate) fn of(paper: &Paper) -> Report {
    let mut levels = paper.levels().into_iter();
    let mut pictures = Vec::new();
    let blocks: Vec<Value> = paper
        .blocks
        .iter()
        .filter_map(|block| one(paper, block, &mut levels, &mut pictures))
        .collect();
    let words = Words::of(paper.language);
    let headings = blocks
        .iter()
        .filter(|block| block["kind"] == "heading")
        .count();
    let json = json!({
        "title": within(&shown(&paper.title, &paper.issuer), 30),
        "file_title": cut(&shown(&paper.title, &paper.issuer), 1_000),
        "running": cut(&printable(&paper.title), RUNNING),
        "file_issuer": cut(&printable(&paper.issuer), 1_000),
        "lang": paper.language.tag(),
        "easy": paper.language == Language::Easy,
        "issuer": printable(&paper.issuer),
        "address": paper.address.as_deref().map(printable),
        "address_link": paper.address.as_deref().and_then(|address| absolute(address, paper)),
        "version": paper.version.as_deref().map(printable),
        // A file's date begins from the year 1.
        "date": { "year": paper.date.year().max(1), "month": paper.date.month(), "day": paper.date.day() },
        "written_date": paper.written_date(),
        "summary": paper.summary.as_deref().map(lines).unwrap_or_default(),
        "contents": headings >= LONG,
        "headings": headings,
        "words": {
            "table": words.table,
            "figure": words.figure,
            "numbers": words.numbers,
            "see": words.see,
            "summary": words.summary,
            "contents": words.contents,
            "issuer": words.issuer,
            "date": words.date,
            "version": words.version,
            "address": words.address,
            "note": words.note,
        },
        "blocks": with_their_headings(blocks),
    });
    Report {
        json,
        drawings: pictures,
    }
}

/// A table on a page of its own takes the headings right before it along.
fn with_their_headings(blocks: Vec<Value>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    for mut block in blocks {
        if block["kind"] == "table" && block["table"]["sideways"] == true {
            let from = all
                .iter()
                .rposition(|one| one["kind"] != "heading")
                .map_or(0, |last| last + 1);
            block["before"] = Value::Array(all.split_off(from));
        }
        all.push(block);
    }
    all
}

/// One part of the report; `None` when there is nothing in it to print.
fn one(
    paper: &Paper,
    block: &Block,
    levels: &mut impl Iterator<Item = u8>,
    pictures: &mut Vec<(String, String)>,
) -> Option<Value> {
    Some(match block {
        Block::Heading { text, .. } => {
            let level = levels.next().unwrap_or(2);
            // A heading that says nothing would be an empty place in the list of headings.
            let text = some(text)?;
            json!({ "kind": "heading", "level": level - 1, "text": within(&text, 30) })
        }
        Block::Text(text) => json!({ "kind": "text", "text": lines(text) }),
        Block::List { ordered, items } => {
            let items: Vec<String> = items.iter().map(|item| printable(item)).collect();
            (!items.is_empty()).then_some(())?;
            json!({ "kind": "list", "ordered": ordered, "items": items })
        }
        Block::Facts(facts) => {
            let facts: Vec<[String; 2]> = facts
                .iter()
                .map(|(name, value)| [printable(name), printable(value)])
                .collect();
            (!facts.is_empty()).then_some(())?;
            json!({ "kind": "facts", "facts": facts })
        }
        Block::Quote { text, source } => json!({
            "kind": "quote", "text": lines(text), "source": source.as_deref().map(printable),
        }),
        Block::Table(table) => json!({ "kind": "table", "table": set(table), "before": [] }),
        Block::Figure {
            svg,
            title,
            description,
            table,
        } => figure(svg, title, description, table, pictures),
        Block::Note(text) => json!({ "kind": "note", "text": lines(text) }),
        Block::Link { text, href } => json!({
            "kind": "link",
            "text": printable(text),
            "href": printable(href),
            "link": absolute(href, paper),
        }),
    })
}

fn figure(
    svg: &str,
    title: &str,
    description: &str,
    table: &Table,
    pictures: &mut Vec<(String, String)>,
) -> Value {
    // The first drawing is the wide one; the second is for a phone.
    let drawn = drawings(svg).and_then(|all| all.first().map(|first| (*first).to_owned()));
    let image = drawn.map(|drawing| {
        let name = format!("figure-{}.svg", pictures.len());
        let width = (width(&drawing) / WIDEST).clamp(0.2, 1.0);
        pictures.push((name.clone(), drawing));
        json!({ "name": name, "width": width * 100.0 })
    });
    json!({
        "kind": "figure",
        "image": image,
        "title": printable(title),
        "description": printable(description),
        "alt": alt(title, description),
        "table": set(table),
    })
}

/// What is said in the place of a picture.
fn alt(title: &str, description: &str) -> String {
    let said = format!(
        "{}. {}",
        printable(title).trim(),
        printable(description).trim()
    );
    // It stands on the page whole; here the standards allow 16,000 letters.
    cut(&shown(said.trim_matches(['.', ' ']), "–"), 4_000)
}

/// The width of a drawing, from its box.
fn width(drawing: &str) -> f64 {
    drawing
        .split_once("viewBox=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .and_then(|(inside, _)| inside.split_ascii_whitespace().nth(2))
        .and_then(|width| width.parse().ok())
        .unwrap_or(WIDEST)
}

fn set(table: &Table) -> Value {
    let plan = tables::plan(table);
    let numeric: Vec<bool> = (0..table.head.len())
        .map(|column| table.numeric(column))
        .collect();
    let rows: Vec<Vec<Value>> = table
        .rows()
        .map(|row| {
            row.iter()
                .map(|cell| json!({ "text": within(&cell.text, 30), "end": cell.numeric, "head": cell.head }))
                .collect()
        })
        .collect();
    json!({
        "caption": within(&table.caption, 30),
        "head": table.head.iter().map(|head| within(head, 30)).collect::<Vec<_>>(),
        "numeric": numeric,
        "rows": rows,
        "note": table.note.as_deref().map(lines).unwrap_or_default(),
        "shares": plan.shares,
        "sideways": plan.sideways,
        "narrow": plan.narrow,
        "small": plan.small,
        "together": plan.together,
        "longest": table.rows.iter().flatten().map(|cell| cell.text.as_str()).max_by_key(|text| text.len()),
    })
}

/// An address that works outside the house too: a path of it is joined to the host of the report's own address.
fn absolute(href: &str, paper: &Paper) -> Option<String> {
    let href = link(href)?;
    if !href.starts_with('/') {
        return Some(href.to_owned());
    }
    let own = paper.address.as_deref().and_then(link)?;
    let (scheme, rest) = own.split_once("://")?;
    let host = rest.split('/').next()?;
    Some(format!("{scheme}://{host}{href}"))
}

/// So many letters at most, and a mark where the rest was.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    format!("{}…", kept.trim_end())
}

fn lines(text: &str) -> Vec<Vec<String>> {
    paragraphs(text)
        .into_iter()
        .map(|paragraph| paragraph.into_iter().map(printable).collect())
        .collect()
}

fn some(text: &str) -> Option<String> {
    let text = printable(text);
    (!text.trim().is_empty()).then_some(text)
}

/// The text, or another where it is blank: the standards want some words.
fn shown(text: &str, other: &str) -> String {
    some(text)
        .or_else(|| some(other))
        .unwrap_or_else(|| "–".to_owned())
}
