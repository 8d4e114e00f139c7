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
    rows: Vec<(String, Figure, Option<f64>)>,
    bare: f64,
}

impl Table {
    /// The line that the others are compared with.
    pub fn limit(&mut self, name: &str, figure: Figure) {
        self.bare = figure.rate;
        self.rows.push((name.to_owned(), figure, None));
        eprintln!("{name}: {:.0} /s", figure.rate);
    }

    /// A line with its share of bare axum.
    pub fn add(&mut self, name: &str, figure: Figure) {
        let share = (self.bare > 0.0).then(|| figure.rate / self.bare);
        self.rows.push((name.to_owned(), figure, share));
        eprintln!("{name}: {:.0} /s", figure.rate);
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "| what | per second | median ms | 99 % ms | share of bare axum |"
        )?;
        writeln!(f, "| --- | ---: | ---: | ---: | ---: |")?;
        for (name, figure, share) in &self.rows {
            let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
            let share = share.map_or_else(String::new, |share| format!("{share:.3}"));
            writeln!(
                f,
                "| {name} | {:.0} | {:.2} | {:.2} | {share} |",
                figure.rate,
                millis(figure.median),
                millis(figure.p99)
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
