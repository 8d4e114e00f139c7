//! Round numbers for an axis.

/// What is smaller than this is drawn as nothing: the step under it would not be a number one can write.
const SMALLEST: f64 = 1e-5;

/// An axis with its round numbers, the lowest first. Zero is always among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// At least two, rising.
    pub ticks: Vec<f64>,
    /// Decimals that the ticks need.
    pub decimals: u8,
}

impl Axis {
    /// An axis that holds zero and all of `low..=high`, with steps of 1, 2 or 5 (times ten, a tenth and
    /// so on) and about `steps` of them. With `whole` no step is smaller than one, as counts have it.
    ///
    /// ```
    /// assert_eq!(charts::axis::Axis::new(21.0, 55.0, 3, true).ticks, [0.0, 20.0, 40.0, 60.0]);
    /// ```
    pub fn new(low: f64, high: f64, steps: u32, whole: bool) -> Self {
        let low = if low.is_finite() { low.min(0.0) } else { 0.0 };
        let high = if high.is_finite() { high.max(0.0) } else { 0.0 };
        if high - low < SMALLEST {
            return Self {
                ticks: vec![0.0, 1.0],
                decimals: 0,
            };
        }
        let (unit, mut power) = round_step((high - low) / f64::from(steps.max(1)));
        let mut unit = unit;
        if whole && power < 0 {
            (unit, power) = (1, 0);
        }
        let place = |count: i64| times_ten(count * unit, power);
        let first = (low / times_ten(unit, power)).floor() as i64;
        let mut last = (high / times_ten(unit, power)).ceil() as i64;
        if last <= first {
            last = first + 1;
        }
        // Division may fall short by a hair.
        let first = if place(first) > low { first - 1 } else { first };
        let last = if place(last) < high { last + 1 } else { last };
        Self {
            ticks: (first..=last).map(place).collect(),
            decimals: u8::try_from(-power).unwrap_or(0),
        }
    }

    /// The lowest number of the axis, never above zero.
    pub fn low(&self) -> f64 {
        self.ticks.first().copied().unwrap_or(0.0)
    }

    /// The greatest number of the axis, above [`Self::low`].
    pub fn high(&self) -> f64 {
        self.ticks.last().copied().unwrap_or(1.0)
    }

    /// How far up a value is: 0 at the bottom, 1 at the top, never outside.
    pub fn share(&self, value: f64) -> f64 {
        let share = (value - self.low()) / (self.high() - self.low());
        if share.is_finite() {
            share.clamp(0.0, 1.0)
        } else {
            0.0
        }
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is not under the wanted step.
fn round_step(wanted: f64) -> (i64, i32) {
    let power = wanted.log10().floor() as i32;
    for (unit, power) in [(1, power), (2, power), (5, power)] {
        if times_ten(unit, power) >= wanted * (1.0 - 1e-9) {
            return (unit, power);
        }
    }
    (1, power + 1)
}

/// `count` times ten to a power; a tenth is divided, so that 3 tenths are the number one writes as 0.3.
fn times_ten(count: i64, power: i32) -> f64 {
    if power < 0 {
        count as f64 / 10_f64.powi(-power)
    } else {
        count as f64 * 10_f64.powi(power)
    }
}

/// The top of an axis of counts under bars: 5, 10, 20, 50 and so on, not under the greatest.
///
/// ```
/// assert_eq!(charts::axis::top_of(21), 50);
/// ```
pub fn top_of(greatest: i64) -> i64 {
    let mut unit: i64 = 1;
    loop {
        let round = [5, 10, 20].map(|base| unit.saturating_mul(base));
        if let Some(top) = round.into_iter().find(|top| *top >= greatest) {
            return top;
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn steps_are_round() {
        for (low, high, steps, whole, ticks) in [
            (0.0, 55.0, 3, true, vec![0.0, 20.0, 40.0, 60.0]),
            (0.0, 0.0, 3, true, vec![0.0, 1.0]),
            (0.0, 1.0, 4, true, vec![0.0, 1.0]),
            (0.0, 0.3, 3, false, vec![0.0, 0.1, 0.2, 0.3]),
            (-4.0, 3.0, 3, false, vec![-5.0, 0.0, 5.0]),
            (7.1, 7.6, 4, false, vec![0.0, 2.0, 4.0, 6.0, 8.0]),
            (0.0, 1e12, 2, true, vec![0.0, 5e11, 1e12]),
            (-30.0, -10.0, 3, true, vec![-30.0, -20.0, -10.0, 0.0]),
        ] {
            assert_eq!(
                Axis::new(low, high, steps, whole).ticks,
                ticks,
                "{low} {high}"
            );
        }
        assert_eq!(Axis::new(0.0, 0.03, 3, false).decimals, 2);
        assert_eq!(
            Axis::new(f64::NAN, f64::INFINITY, 3, false).ticks,
            [0.0, 1.0]
        );
    }

    #[test]
    fn the_axis_of_bars_ends_at_a_round_number() {
        for (greatest, top) in [
            (-1, 5),
            (0, 5),
            (5, 5),
            (6, 10),
            (11, 20),
            (21, 50),
            (101, 200),
            (4001, 5000),
            (i64::MAX, i64::MAX),
        ] {
            assert_eq!(top_of(greatest), top, "{greatest}");
        }
    }

    proptest! {
        #[test]
        fn ticks_rise_hold_zero_and_hold_the_values(
            low in -1e12..1e12_f64, span in 0.0..1e12_f64, small in prop::bool::ANY,
            steps in 1_u32..8, whole in prop::bool::ANY,
        ) {
            let shrink = if small { 1e-14 } else { 1.0 };
            let (low, high) = (low * shrink, (low + span) * shrink);
            let axis = Axis::new(low, high, steps, whole);
            prop_assert!(axis.ticks.len() >= 2 && axis.ticks.len() <= steps as usize + 4, "{:?}", axis.ticks);
            prop_assert!(axis.ticks.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(axis.ticks.contains(&0.0));
            prop_assert!(axis.low() <= low || low > -1e-5);
            prop_assert!(axis.high() >= high || high.abs() < 1e-5);
            prop_assert!((0.0..=1.0).contains(&axis.share(low)));
            if whole {
                prop_assert!(axis.ticks.iter().all(|tick| tick.fract() == 0.0));
            }
        }
    }
}
