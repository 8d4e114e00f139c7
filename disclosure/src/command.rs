//! What `noste disclosure` prints: a table in, a judgement out, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::audit::{Audit, Insider, Interval, audit};
use crate::protect::{Status, protect};
use crate::table::Table;

/// Text for standard output, text for standard error, exit code.
pub type Told = (String, String, u8);

/// The table is safe as it stands or with what was found.
pub const SAFE: u8 = 0;
/// The judge does not accept it.
pub const UNSAFE: u8 = 1;
/// The text is no table.
pub const NO_TABLE: u8 = 2;

/// `noste disclosure protect`: finds what to hide. Exit code 1 when no pattern was found, 2 when the text is no table.
pub fn protect_text(text: &str) -> Told {
    let found = Table::read(text).and_then(|table| protect(&table));
    match found {
        Ok(found) => {
            let code = if found.status == Status::Unprotected {
                UNSAFE
            } else {
                SAFE
            };
            (json(&found), String::new(), code)
        }
        Err(fault) => (String::new(), format!("{fault}\n"), NO_TABLE),
    }
}

/// What the audit prints: the verdict with every unsafe cell's interval.
#[derive(Serialize)]
struct Verdict<'a> {
    status: &'static str,
    intervals: &'a BTreeMap<String, Interval>,
    told: &'a [String],
    insiders: &'a [Insider],
    unknown: &'a [String],
    at_least: &'a [String],
}

/// `noste disclosure audit`: judges a table whose unsafe cells and `suppressed` are hidden. Exit code 1 when it is not safe,
/// 2 when the text is no table.
pub fn audit_text(text: &str) -> Told {
    match Table::read(text).and_then(|table| audit(&table)) {
        Ok(found) => {
            let code = if found.safe { SAFE } else { UNSAFE };
            (verdict(&found), String::new(), code)
        }
        Err(fault) => (String::new(), format!("{fault}\n"), NO_TABLE),
    }
}

fn verdict(found: &Audit) -> String {
    json(&Verdict {
        status: if found.safe { "safe" } else { "unsafe" },
        intervals: &found.intervals,
        told: &found.told,
        insiders: &found.insiders,
        unknown: &found.unknown,
        at_least: &found.at_least,
    })
}

fn json<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value)
        .unwrap_or_else(|_| unreachable!("names and numbers are JSON"));
    text.push('\n');
    text
}
