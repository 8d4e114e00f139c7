//! Tables as comma-separated values (RFC 4180) that a spreadsheet can open without running anything.

use crate::{Cell, Table};

pub(crate) fn write(table: &Table) -> String {
    let mut out = String::new();
    line(table.head.iter().map(|text| safe(text)), &mut out);
    for row in table.rows() {
        line(row.iter().map(field), &mut out);
    }
    out
}

fn field(cell: &Cell) -> String {
    match plain_number(&cell.text) {
        Some(number) if cell.numeric => number,
        _ => safe(&cell.text),
    }
}

/// "−1 234,5" as "-1234,5": only digits, one sign, and marks between digits. The decimal mark stays as the
/// reader's language has it. `None` for anything else.
fn plain_number(text: &str) -> Option<String> {
    let text = text.trim();
    let (sign, rest) = match text.strip_prefix(['-', '\u{2212}', '+']) {
        Some(rest) if text.starts_with('+') => ("", rest),
        Some(rest) => ("-", rest),
        None => ("", text),
    };
    let bare: String = rest
        .chars()
        .filter(|one| !matches!(one, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))
        .collect();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = bare.split([',', '.']).all(digits);
    number.then(|| format!("{sign}{bare}"))
}

/// A spreadsheet runs a cell that begins with one of these; some do so after spaces, and with the wide forms of
/// the signs too.
fn safe(text: &str) -> String {
    let first = text.trim_start().chars().next();
    let formula = matches!(
        first,
        Some('=' | '+' | '-' | '@' | '\u{2212}' | '＝' | '＋' | '－' | '＠' | '\'')
    ) || text.starts_with(['\t', '\r', '\n']);
    if formula && plain_number(text).is_none() {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(fields: impl Iterator<Item = String>, out: &mut String) {
    for (index, field) in fields.enumerate() {
        if index > 0 {
            out.push(',');
        }
        // A lone empty field would be a blank line, which readers skip.
        let quoted = field.contains([',', '"', '\r', '\n', ';', '\t'])
            || field.starts_with(' ')
            || field.ends_with(' ')
            || field.is_empty();
        if quoted {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&field);
        }
    }
    out.push_str("\r\n");
}
