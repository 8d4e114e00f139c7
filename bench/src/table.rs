//! The table that is printed.

use std::fmt;
use std::time::Duration;

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

impl Table {
    /// The line that the others are compared with.
    pub fn limit(&mut self, name: &str, figure: Figure) {
        self.bare = figure.rate;
        self.push(name, figure, None, None);
    }

    /// A line with its share of bare axum.
    pub fn add(&mut self, name: &str, figure: Figure) {
        self.push(name, figure, self.share(figure), None);
    }

    /// A line whose share is to reach an aim.
    pub fn add_aimed(&mut self, name: &str, figure: Figure, aim: f64) {
        self.push(name, figure, self.share(figure), Some(aim));
    }

    fn share(&self, figure: Figure) -> Option<f64> {
        (self.bare > 0.0).then(|| figure.rate / self.bare)
    }

    fn push(&mut self, name: &str, figure: Figure, share: Option<f64>, aim: Option<f64>) {
        eprintln!("{name}: {:.0} /s", figure.rate);
        self.rows.push(Line {
            name: name.to_owned(),
            figure,
            share,
            aim,
        });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| what | per second | median ms | 99 % ms | share of bare axum | aim |"
        )?;
        writeln!(f, "| --- | ---: | ---: | ---: | ---: | ---: |")?;
        let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
        let share = |share: Option<f64>| share.map_or_else(String::new, |it| format!("{it:.3}"));
        for line in &self.rows {
            writeln!(
                f,
                "| {} | {:.0} | {:.2} | {:.2} | {} | {} |",
                line.name,
                line.figure.rate,
                millis(line.figure.median),
                millis(line.figure.p99),
                share(line.share),
                share(line.aim),
            )?;
        }
        Ok(())
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
