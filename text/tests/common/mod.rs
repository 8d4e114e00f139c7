//! What several tests share; no test uses all of it.
#![allow(dead_code)]

use std::sync::Arc;

use kernel::language::Language;
use text::analysis::{Analyser, Kind};

/// The Finnish analyser with Voikko. A machine that tests this crate must have it: a test that
/// passes without the thing it tests proves nothing.
pub fn voikko() -> Arc<Analyser> {
    let analyser = Analyser::open(Language::Fi);
    if let Kind::Snowball { instead_of_voikko } = analyser.kind() {
        let reason = instead_of_voikko
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default();
        panic!(
            "Voikko is missing; install the Debian packages libvoikko1 and voikko-fi ({reason})"
        );
    }
    Arc::new(analyser)
}

/// The Finnish analyser of a machine without Voikko.
pub fn fallback() -> Arc<Analyser> {
    Arc::new(Analyser::stemmer_only(Language::Fi))
}

/// Rows of a table of `tests/data`, without its comments.
pub fn rows(table: &str) -> Vec<csv::StringRecord> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(table.as_bytes())
        .records()
        .collect::<Result<_, _>>()
        .expect("the table is CSV")
}
