//! What `noste verify` looks at: every text's words are found in the index again, and nothing else is.

use std::collections::HashMap;

use store::search::{Fingerprint, Question};
use store::{Query, Snapshot, Store, StoreError, params, search};
use text::search::Analysers;
use web::{Check, Examined};

use super::{INDEX_MADE_WITH, LONGEST_TITLE, Text, index_is_old, rebuild};

/// The check of the index. A backup leaves the index out: it is made anew from the texts.
pub(crate) const INDEX: Check = Check {
    name: "search index",
    examine: index,
    remake: Some(remake),
};

/// Texts read at once.
const STEP: i64 = 500;

fn index(examined: &mut Examined<'_>) -> Result<String, StoreError> {
    if !examined.snapshot.has_table("timeline_item")? {
        return Ok("there is none yet".to_owned());
    }
    let analysers = Analysers::open();
    let other_words = index_is_old(examined.snapshot, &analysers)?;
    let mut index = examined.snapshot.search_index()?;
    let (mut after, mut seen) = (vec![0_u8; 16], 0_u64);
    loop {
        let rows = examined.snapshot.query(
            "select id, language, title, body from timeline_item
             where id > $1 and hidden_at is null and restricted is null order by id limit $2",
            &params![after, STEP],
        )?;
        let Some(last) = rows.last() else { break };
        after = last.get(0)?;
        seen += rows.len() as u64;
        for row in &rows {
            let text = Text::read(row)?;
            let there = index.remove(&text.id);
            if let Some(what) = wrong(
                examined.snapshot,
                &text,
                there,
                (!other_words).then_some(&analysers),
            )? {
                examined.fault(format!(
                    "the index of item {} of the timeline {what}",
                    name(text.id)
                ));
            }
        }
        (examined.progress)(seen);
    }
    left(examined, &index);
    if other_words {
        let made_with =
            store::settings::find(examined.snapshot, INDEX_MADE_WITH)?.unwrap_or_default();
        return Ok(format!(
            "{seen} texts are in the index; their words were not compared: it was made with {made_with:?}, this machine has {:?}",
            analysers.label()
        ));
    }
    Ok(format!("the words of {seen} texts were found again"))
}

/// What is wrong with the index of a text, in words without any of its own.
fn wrong(
    snapshot: &mut Snapshot,
    text: &Text,
    there: Option<Fingerprint>,
    analysers: Option<&Analysers>,
) -> Result<Option<&'static str>, StoreError> {
    let Some(there) = there else {
        return Ok(Some("is missing"));
    };
    let Some(analysers) = analysers else {
        return Ok(None);
    };
    let words = text.prepare(analysers).0;
    if there == Fingerprint::of(words.iter().map(String::as_str)) {
        return Ok(None);
    }
    // Twelve words fit a question.
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    for some in words.chunks(search::MOST_GROUPS) {
        let question = some.iter().fold(Question::new(), |question, word| {
            question.word([*word], None)
        });
        if question.is_empty() {
            continue;
        }
        let mut values = params![text.id];
        let condition = question.condition_each(snapshot, "t.id", &mut values);
        let found = snapshot.query(
            &format!("select 1 from timeline_item t where t.id = $1 and {condition}"),
            &values,
        )?;
        if found.is_empty() {
            return Ok(Some("lacks words of its text"));
        }
    }
    // The words of a long title are all in the index; what is kept of it is cut.
    let cut = text.title.chars().count() >= LONGEST_TITLE;
    Ok((!cut).then_some("has words that are not in its text"))
}

/// What stands in the index and is no text that may be found.
fn left(examined: &mut Examined<'_>, index: &HashMap<[u8; 16], Fingerprint>) {
    let mut ids: Vec<_> = index.keys().copied().collect();
    ids.sort_unstable();
    for id in ids {
        examined.fault(format!(
            "the index has {}, which is no item that may be found",
            name(id)
        ));
    }
}

fn name(id: [u8; 16]) -> String {
    kernel::id::hyphenated(id)
}

fn remake(store: &Store, progress: &mut dyn FnMut(u64)) -> Result<u64, StoreError> {
    rebuild(store, &Analysers::open(), progress)
}
