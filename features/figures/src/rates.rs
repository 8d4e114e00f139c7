//! Rates and how far chance alone reaches about them: intervals of 95 %.

/// Half of the width of 95 % of a normal distribution, in standard deviations.
const Z: f64 = 1.959_963_984_540_054;
/// Under so many the exact interval is told, from there on Byar's, which is as good and needs no search.
const EXACT_UNDER: u64 = 10;

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Rate {
    fn times(self, factor: f64) -> Self {
        Self {
            value: self.value * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }

    /// Whether chance alone can explain that it is not `other`.
    pub fn reaches(&self, other: f64) -> bool {
        self.low <= other && other <= self.high
    }
}

// Counts of people are far below 2^52.
#[expect(
    clippy::cast_precision_loss,
    reason = "a count of people is far below 2^52"
)]
const fn real(count: u64) -> f64 {
    count as f64
}

/// The interval of a count of events: exact (Garwood 1936) under ten, Byar's approximation from there on.
pub fn poisson(events: u64) -> (f64, f64) {
    if events < EXACT_UNDER {
        exact(events)
    } else {
        byar(events)
    }
}

fn byar(events: u64) -> (f64, f64) {
    let (o, next) = (real(events), real(events) + 1.0);
    let low = o * (1.0 - 1.0 / (9.0 * o) - Z / (3.0 * o.sqrt())).powi(3);
    let high = next * (1.0 - 1.0 / (9.0 * next) + Z / (3.0 * next.sqrt())).powi(3);
    (low, high)
}

fn exact(events: u64) -> (f64, f64) {
    let low = match events {
        0 => 0.0,
        // P(X >= events) is 0.025, so P(X <= events - 1) is 0.975.
        _ => mean_with(events - 1, 0.975),
    };
    (low, mean_with(events, 0.025))
}

/// The mean of the Poisson distribution with which at most `events` happen with this chance.
fn mean_with(events: u64, chance: f64) -> f64 {
    let at_most = |mean: f64| {
        let mut term = (-mean).exp();
        let mut sum = term;
        for event in 1..=events {
            term *= mean / real(event);
            sum += term;
        }
        sum
    };
    // The chance falls as the mean rises; no mean of fewer than ten events is near 100.
    let (mut low, mut high) = (0.0_f64, 100.0_f64);
    for _ in 0..80 {
        let middle = f64::midpoint(low, high);
        if at_most(middle) > chance {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// So many of 1,000 inhabitants; none without inhabitants.
pub fn per_thousand(events: u64, population: u64) -> Option<Rate> {
    (population > 0).then(|| {
        let (low, high) = poisson(events);
        Rate {
            value: real(events),
            low,
            high,
        }
        .times(1000.0 / real(population))
    })
}

/// A share with Wilson's interval (E. B. Wilson 1927); none of nobody, and none when the part is more than the whole.
pub fn share(part: u64, whole: u64) -> Option<Rate> {
    (whole > 0 && part <= whole).then(|| {
        let (n, p) = (real(whole), real(part) / real(whole));
        let middle = p + Z * Z / (2.0 * n);
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
        let under = 1.0 + Z * Z / n;
        Rate {
            value: p,
            low: ((middle - half) / under).max(0.0),
            high: ((middle + half) / under).min(1.0),
        }
    })
}

/// One group of a standardised rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Group {
    pub events: u64,
    pub population: u64,
    /// People of this group in the standard population.
    pub weight: u32,
}

/// The rate of 1,000 that the standard population would have, with Dobson's interval (A. J. Dobson, K. Kuulasmaa, E. Eberle and J. Scherer
/// 1991). None when a group has no inhabitants, or there is no group.
pub fn standardised(groups: &[Group]) -> Option<Rate> {
    if groups.is_empty() || groups.iter().any(|group| group.population == 0) {
        return None;
    }
    let weights: f64 = groups.iter().map(|group| f64::from(group.weight)).sum();
    if weights <= 0.0 {
        return None;
    }
    let (mut rate, mut variance, mut events) = (0.0, 0.0, 0);
    for group in groups {
        let weight = f64::from(group.weight) / weights / real(group.population);
        rate += weight * real(group.events);
        variance += weight * weight * real(group.events);
        events += group.events;
    }
    if events == 0 {
        // No variance to scale by: what as many inhabitants without a group could have.
        let people: u64 = groups.iter().map(|group| group.population).sum();
        return per_thousand(0, people);
    }
    let (low, high) = poisson(events);
    let scale = (variance / real(events)).sqrt();
    Some(
        Rate {
            value: rate,
            low: (rate + scale * (low - real(events))).max(0.0),
            high: rate + scale * (high - real(events)),
        }
        .times(1000.0),
    )
}
