//! Days and waits as lists of this room say them.

use kernel::time::{Date, Timestamp, day};
use web::Texts;

/// A date that a promise sets, ready to be shown: words first, colour second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub text: String,
    /// `""`, `"warning"` or `"danger"`.
    pub color: &'static str,
    /// For the machine.
    pub iso: String,
}

/// Days from one day to another; negative when the other is earlier.
pub fn days_until(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

/// A promise with a clock time.
pub fn due_at(t: &Texts, due: Timestamp, now: Timestamp) -> Due {
    let (due_day, today) = (day(due), day(now));
    if due_day != today {
        return due_on(t, due_day, today);
    }
    let late = due < now;
    let text = if late {
        format!("{}, {}", t.clock(due), t.duration(now.duration_since(due)))
    } else {
        t.clock(due)
    };
    Due {
        text,
        color: if late { "danger" } else { "" },
        iso: due_day.to_string(),
    }
}

/// A promise for a day.
pub fn due_on(t: &Texts, due: Date, today: Date) -> Due {
    let (text, color) = match days_until(today, due) {
        late @ ..0 => (format!("{}, {}", t.day(due), t.days(-late)), "danger"),
        0 => (t.get("public-today"), ""),
        1 => (t.day(due), "warning"),
        _ => (t.day(due), ""),
    };
    Due {
        text,
        color,
        iso: due.to_string(),
    }
}

/// The person, or that nobody's name is known.
pub fn person(t: &Texts, name: Option<&str>) -> String {
    name.map_or_else(|| t.get("desk-nameless"), str::to_owned)
}

/// "Torstai 12.3.2026"
pub fn today(t: &Texts, today: Date) -> String {
    let weekday = t.get(&format!(
        "desk-weekday-{}",
        today.weekday().to_monday_one_offset()
    ));
    t.with(
        "desk-date",
        &[
            ("weekday", weekday.into()),
            ("date", t.full_day(today).into()),
        ],
    )
}

/// The word of a code of `intake` (theme, door, urgency), at the beginning of a line.
pub fn word(t: &Texts, family: &str, code: &str) -> String {
    let word = t.get(&format!("{family}-{code}"));
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// The words of this room, for tests of what is made from them.
#[cfg(test)]
pub fn fixture() -> Texts {
    let messages = web::Messages::collect(&[crate::feature().messages]);
    Texts::new(
        std::sync::Arc::new(messages.expect("whole messages")),
        kernel::language::Language::Fi,
    )
}
