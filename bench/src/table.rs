//! The tables that are printed: speed, and the program itself.

use std::fmt;
use std::time::Duration;

use crate::committed::{BARE, Committed, LEAST, MOST, ratio};

/// What was measured on one line.
#[derive(Debug, Clone, Copy, Default)]
pub struct Figure {
    /// Per second.
    pub rate: f64,
    pub median: Duration,
    pub p99: Duration,
}

#[derive(Debug, Default)]
pub struct Table {
    rows: Vec<Line>,
    bare: f64,
    /// Sizes, times and memory of the program: less is better.
    program: Vec<Plain>,
    notes: Vec<String>,
    committed: Committed,
}

#[derive(Debug)]
struct Line {
    name: String,
    figure: Figure,
    /// Of bare axum.
    share: Option<f64>,
    /// The share that is aimed at.
    aim: Option<f64>,
}

#[derive(Debug)]
struct Plain {
    name: String,
    figure: f64,
    aim: Option<f64>,
}

impl Table {
    /// An empty table, to be compared with the committed one.
    pub fn beside(committed: Committed) -> Self {
        Self {
            committed,
            ..Self::default()
        }
    }

    /// The line that the others are compared with.
    pub fn limit(&mut self, figure: Figure) {
        self.bare = figure.rate;
        self.push(BARE, figure, None, None);
    }

    /// A line with its share of bare axum.
    pub fn add(&mut self, name: &str, figure: Figure) {
        self.push(name, figure, self.share(figure), None);
    }

    /// A line whose share is to reach an aim.
    pub fn add_aimed(&mut self, name: &str, figure: Figure, aim: f64) {
        self.push(name, figure, self.share(figure), Some(aim));
    }

    /// A line of the program's own table; `aim` is the most it should be.
    pub fn program(&mut self, name: &str, figure: f64, aim: Option<f64>) {
        eprintln!("{name}: {}", plain(figure));
        self.program.push(Plain {
            name: name.to_owned(),
            figure,
            aim,
        });
    }

    /// A sentence under the tables.
    pub fn note(&mut self, words: String) {
        eprintln!("{words}");
        self.notes.push(words);
    }

    /// Whether a line of this name was measured already.
    pub fn has(&self, name: &str) -> bool {
        self.rows.iter().any(|line| line.name == name)
    }

    fn share(&self, figure: Figure) -> Option<f64> {
        (self.bare > 0.0).then(|| figure.rate / self.bare)
    }

    fn push(&mut self, name: &str, figure: Figure, share: Option<f64>, aim: Option<f64>) {
        eprintln!("{name}: {} /s", rate(figure.rate));
        self.rows.push(Line {
            name: name.to_owned(),
            figure,
            share,
            aim,
        });
    }

    /// Of the committed share of bare axum; nothing for a line that was not there.
    fn of_line(&self, line: &Line) -> Option<f64> {
        ratio(line.share, self.committed.share(&line.name))
    }

    fn of_plain(&self, line: &Plain) -> Option<f64> {
        ratio(Some(line.figure), self.committed.figure(&line.name))
    }

    /// The head of a table, its last column only where there is something to compare with.
    fn head(&self, f: &mut fmt::Formatter<'_>, names: &[&str]) -> fmt::Result {
        let mut names = names.to_vec();
        if !self.committed.is_empty() {
            names.push("of the committed");
        }
        writeln!(f, "| {} |", names.join(" | "))?;
        writeln!(f, "| --- |{}", " ---: |".repeat(names.len() - 1))
    }

    /// The last cell of a row: the ratio, and a word where it is a regression.
    fn last(&self, of: Option<f64>, word: impl Fn(f64) -> &'static str) -> String {
        match of {
            _ if self.committed.is_empty() => String::new(),
            None => "  |".to_owned(),
            Some(of) => format!(" {of:.2}{} |", word(of)),
        }
    }

    /// What is slower than the committed table, and what has grown beside it.
    fn regressions(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.committed.is_empty() {
            return writeln!(
                f,
                "\nThere is no committed table: nothing is compared with it."
            );
        }
        let slower: Vec<String> = self
            .rows
            .iter()
            .filter_map(|line| told(&line.name, self.of_line(line)?, slower))
            .collect();
        let more: Vec<String> = self
            .program
            .iter()
            .filter_map(|line| told(&line.name, self.of_plain(line)?, more))
            .collect();
        writeln!(
            f,
            "\nSlower than {LEAST} of the committed table: {}.",
            all(&slower)
        )?;
        if !self.program.is_empty() {
            writeln!(
                f,
                "\nMore than {MOST} of the committed table: {}.",
                all(&more)
            )?;
        }
        Ok(())
    }
}

fn slower(of: f64) -> &'static str {
    if of < LEAST { ", slower" } else { "" }
}

fn more(of: f64) -> &'static str {
    if of > MOST { ", more" } else { "" }
}

/// A line in the closing sentence, when its word says so.
fn told(name: &str, of: f64, word: impl Fn(f64) -> &'static str) -> Option<String> {
    (!word(of).is_empty()).then(|| format!("{name} ({of:.2})"))
}

fn all(names: &[String]) -> String {
    if names.is_empty() {
        "nothing".to_owned()
    } else {
        names.join("; ")
    }
}

/// A rate; small ones with decimals, so that they can be compared.
fn rate(rate: f64) -> String {
    if rate < 10.0 {
        format!("{rate:.2}")
    } else if rate < 100.0 {
        format!("{rate:.1}")
    } else {
        format!("{rate:.0}")
    }
}

/// A figure of the program, with as many decimals as say something.
fn plain(figure: f64) -> String {
    if figure >= 1_000.0 {
        format!("{figure:.0}")
    } else if figure >= 10.0 {
        format!("{figure:.1}")
    } else {
        format!("{figure:.3}")
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head(
            f,
            &[
                "what",
                "per second",
                "median ms",
                "99 % ms",
                "share of bare axum",
                "aim",
            ],
        )?;
        let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
        let share = |share: Option<f64>| share.map_or_else(String::new, |it| format!("{it:.3}"));
        for line in &self.rows {
            writeln!(
                f,
                "| {} | {} | {:.2} | {:.2} | {} | {} |{}",
                line.name,
                rate(line.figure.rate),
                millis(line.figure.median),
                millis(line.figure.p99),
                share(line.share),
                share(line.aim),
                self.last(self.of_line(line), slower),
            )?;
        }
        if !self.program.is_empty() {
            writeln!(f)?;
            self.head(f, &["what", "figure", "aim"])?;
        }
        for line in &self.program {
            let aim = line.aim.map_or_else(String::new, |aim| aim.to_string());
            let figure = plain(line.figure);
            let last = self.last(self.of_plain(line), more);
            writeln!(f, "| {} | {figure} | {aim} |{last}", line.name)?;
        }
        for note in &self.notes {
            writeln!(f, "\n{note}")?;
        }
        self.regressions(f)
    }
}

/// Turns single times into a figure.
pub fn figure(mut times: Vec<Duration>, took: Duration) -> Figure {
    times.sort_unstable();
    let at = |share: usize| {
        times
            .get((times.len() * share / 100).min(times.len().saturating_sub(1)))
            .copied()
    };
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    let rate = times.len() as f64 / took.as_secs_f64();
    Figure {
        rate,
        median: at(50).unwrap_or_default(),
        p99: at(99).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rate: f64) -> Figure {
        Figure {
            rate,
            median: Duration::from_millis(2),
            p99: Duration::from_millis(3),
        }
    }

    fn filled(committed: &str) -> String {
        let mut table = Table::beside(Committed::parse(committed));
        table.limit(of(2_000.0));
        table.add("a page", of(100.0));
        table.add_aimed("a reading", of(30.0), 0.15);
        table.add("a new line", of(7.0));
        table.program("start, s", 0.4, Some(0.3));
        table.program("size, bytes", 120_000.0, None);
        table.to_string()
    }

    #[test]
    fn without_a_committed_table_there_is_no_column() {
        let printed = filled("");
        assert!(
            printed.contains("| share of bare axum | aim |\n"),
            "{printed}"
        );
        assert!(
            printed.contains("| a page | 100 | 2.00 | 3.00 | 0.050 |  |\n"),
            "{printed}"
        );
        assert!(
            printed.contains("| start, s | 0.400 | 0.3 |\n"),
            "{printed}"
        );
        assert!(
            printed.ends_with("nothing is compared with it.\n"),
            "{printed}"
        );
    }

    #[test]
    fn a_line_stands_beside_the_share_it_had_and_a_regression_is_named() {
        // Then the machine was half as fast: a page had the same share, a reading twice the share.
        let printed = filled(&format!(
            "| what | per second |\n| --- | --- |\n| {BARE} | 1000 |\n| a page | 50 |\n| a reading | 30 |\n\n| what | figure |\n| --- | --- |\n| start, s | 0.2 |\n| size, bytes | 110000 |\n"
        ));
        for line in [
            "| what | per second | median ms | 99 % ms | share of bare axum | aim | of the committed |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |\n",
            &format!("| {BARE} | 2000 | 2.00 | 3.00 |  |  |  |\n"),
            "| a page | 100 | 2.00 | 3.00 | 0.050 |  | 1.00 |\n",
            "| a reading | 30.0 | 2.00 | 3.00 | 0.015 | 0.150 | 0.50, slower |\n",
            "| a new line | 7.00 | 2.00 | 3.00 | 0.004 |  |  |\n",
            "| start, s | 0.400 | 0.3 | 2.00, more |\n",
            "| size, bytes | 120000 |  | 1.09 |\n",
            "Slower than 0.8 of the committed table: a reading (0.50).\n",
            "More than 1.25 of the committed table: start, s (2.00).\n",
        ] {
            assert!(printed.contains(line), "{line} in\n{printed}");
        }
        // What is printed can be committed and read again.
        let again = Committed::parse(&printed);
        assert_eq!(again.share("a page"), Some(0.05));
        assert_eq!(again.figure("start, s"), Some(0.4));
    }

    #[test]
    fn eight_tenths_are_no_regression() {
        for (of, word) in [(0.79, ", slower"), (0.8, ""), (1.0, ""), (3.0, "")] {
            assert_eq!(slower(of), word, "{of}");
        }
        for (of, word) in [(0.5, ""), (1.25, ""), (1.26, ", more")] {
            assert_eq!(more(of), word, "{of}");
        }
    }
}
