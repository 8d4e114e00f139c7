//! The cycle as a calendar file (RFC 5545).

use kernel::time::{Date, Timestamp};

/// Longest line of a calendar, in bytes, its end left out (RFC 5545 3.1).
const LINE: usize = 75;

/// Something of a calendar that lasts a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The same for the same thing in every file.
    pub uid: String,
    pub on: Date,
    /// It comes again every year.
    pub yearly: bool,
    pub title: String,
    pub words: String,
}

/// A calendar file of `name` as it was at a moment.
pub fn calendar(name: &str, at: Timestamp, events: &[Event]) -> String {
    let mut out = String::new();
    let stamp = at.strftime("%Y%m%dT%H%M%SZ").to_string();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Noste//vuosikello//FI",
    ] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    for event in events {
        fold(&mut out, "BEGIN:VEVENT");
        fold(&mut out, &format!("UID:{}@noste", event.uid));
        fold(&mut out, &format!("DTSTAMP:{stamp}"));
        fold(
            &mut out,
            &format!("DTSTART;VALUE=DATE:{}", event.on.strftime("%Y%m%d")),
        );
        if event.yearly {
            fold(&mut out, "RRULE:FREQ=YEARLY");
        }
        fold(&mut out, &format!("SUMMARY:{}", escaped(&event.title)));
        if !event.words.is_empty() {
            fold(&mut out, &format!("DESCRIPTION:{}", escaped(&event.words)));
        }
        // Nobody is busy the whole day because of it.
        fold(&mut out, "TRANSP:TRANSPARENT");
        fold(&mut out, "END:VEVENT");
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

/// A text as a value: signs with a meaning are escaped, and other control characters go.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(sign);
            }
            '\n' | '\r' => out.push_str("\\n"),
            sign if sign.is_control() => {}
            sign => out.push(sign),
        }
    }
    out
}

/// Adds a line, broken between characters where it is too long; the rest begins with a space.
fn fold(out: &mut String, line: &str) {
    let mut length = 0;
    for sign in line.chars() {
        if length + sign.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(sign);
        length += sign.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn event(title: &str, words: &str) -> Event {
        Event {
            uid: "1".to_owned(),
            on: Date::constant(2026, 4, 15),
            yearly: true,
            title: title.to_owned(),
            words: words.to_owned(),
        }
    }

    #[test]
    fn a_calendar_says_the_day_each_year_and_escapes_what_has_a_meaning() {
        let at = "2026-03-01T10:00:00Z".parse().expect("a moment");
        let file = calendar(
            "Vuosikello",
            at,
            &[event("A; b, c\\d", "yksi\r\nkaksi\u{7}")],
        );
        for line in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "DTSTAMP:20260301T100000Z\r\n",
            "DTSTART;VALUE=DATE:20260415\r\nRRULE:FREQ=YEARLY\r\n",
            "SUMMARY:A\\; b\\, c\\\\d\r\n",
            "DESCRIPTION:yksi\\nkaksi\r\n",
        ] {
            assert!(file.contains(line), "{line:?} is not in {file:?}");
        }
        assert!(file.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_unfolded_it_is_the_same(title in "\\PC{0,200}", words in "(?s).{0,200}") {
            let at = "2026-03-01T10:00:00Z".parse().expect("a moment");
            let file = calendar("n", at, &[event(&title, &words)]);
            for line in file.split("\r\n") {
                prop_assert!(line.len() <= LINE, "{line:?}");
            }
            let whole = file.replace("\r\n ", "");
            let summary = format!("SUMMARY:{}\r\n", escaped(&title));
            prop_assert!(whole.contains(&summary));
            prop_assert_eq!(file.matches("BEGIN:VEVENT").count(), 1);
        }
    }
}
