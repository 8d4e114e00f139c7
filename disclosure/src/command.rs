//! What `noste disclosure` prints: a table in, a judgement out, as JSON.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::audit::{Audit, Insider, Interval, audit};
use crate::protect::{Status, protect};
use crate::rounding::{Rounding, round};
use crate::system::Known;
use crate::table::{Table, TableError};

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

/// What rounding prints.
#[derive(Serialize)]
struct RoundedTable<'a> {
    status: &'static str,
    #[serde(flatten)]
    rounding: &'a Rounding,
    intervals: &'a BTreeMap<String, Interval>,
}

/// What a file of a table to be rounded has beside the table.
#[derive(Deserialize)]
struct Beside {
    /// A secret: who knows it can take rounding back.
    key: String,
    #[serde(default)]
    known: Known,
}

/// `noste disclosure round`: rounds a table and judges what can be told of the rounded counts. The file has a secret beside the
/// table. Exit code 1 when the judge does not accept it, 2 when the text is no table.
pub fn round_text(text: &str) -> Told {
    let beside =
        serde_json::from_str::<Beside>(text).map_err(|fault| TableError::Form(fault.to_string()));
    let found = Table::read(text).and_then(|table| {
        let beside = beside?;
        let key: [u8; 32] = Sha256::digest(beside.key.as_bytes()).into();
        round(&table, &beside.known, &key)
    });
    match found {
        Ok(found) => {
            let told = RoundedTable {
                status: if found.audit.safe {
                    "rounded"
                } else {
                    "unprotected"
                },
                rounding: &found.rounding,
                intervals: &found.audit.intervals,
            };
            let code = if found.audit.safe { SAFE } else { UNSAFE };
            (json(&told), String::new(), code)
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
