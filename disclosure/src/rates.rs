//! Numbers that are worked out of counts and give the counts back: rates, means, changes.

/// Whether `numerator` of `denominator` may be printed as a rate when both would be judged by `threshold`.
///
/// The rate tells the numerator when the denominator is known, and the complement with it: so both, and the denominator
/// itself, are treated as counts. A rate of nobody is no number and is never printed.
pub fn rate_is_safe(numerator: u64, denominator: u64, threshold: u64) -> bool {
    let small = |count: u64| (1..threshold).contains(&count);
    denominator > 0
        && numerator <= denominator
        && !small(numerator)
        && !small(denominator - numerator)
        && !small(denominator)
}

/// Whether a mean or a median of so many people may be printed. The least and the greatest value never are: each is
/// the value of one person.
pub fn mean_is_safe(contributors: u64, threshold: u64) -> bool {
    contributors >= threshold
}

/// The smallest and the largest numerator that a printed percentage leaves possible when it was rounded to `decimals`
/// and the denominator is known; `None` when no numerator gives it.
pub fn recovered(percent: f64, decimals: u32, denominator: u64) -> Option<(u64, u64)> {
    let scale = 10_f64.powi(i32::try_from(decimals).unwrap_or(i32::MAX));
    let rounded = |value: f64| (value * scale).round();
    let wanted = rounded(percent);
    // Only numerators next to the printed share can round to it: half a step on both sides, and one for the rounding.
    #[allow(clippy::cast_precision_loss)]
    let people = denominator as f64;
    let step = people / scale / 100.0;
    let middle = people * percent / 100.0;
    // Cut to the possible counts first, so nothing is lost.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let edge = |value: f64| value.clamp(0.0, people) as u64;
    let gives = |numerator: &u64| {
        #[allow(clippy::cast_precision_loss)]
        let share = *numerator as f64 / people * 100.0;
        (rounded(share) - wanted).abs() < 0.5
    };
    let (from, to) = (
        edge((middle - step).floor() - 1.0),
        edge((middle + step).ceil() + 1.0),
    );
    let least = (from..=to).find(gives)?;
    let largest = (from..=to).rev().find(gives)?;
    Some((least, largest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_as_safe_as_its_counts() {
        for (numerator, denominator, safe) in [
            (3, 60, false),
            (57, 60, false),
            (5, 60, true),
            (55, 60, true),
            (0, 60, true),
            (60, 60, true),
            (0, 4, false),
            (0, 0, false),
            (61, 60, false),
        ] {
            assert_eq!(
                rate_is_safe(numerator, denominator, 5),
                safe,
                "{numerator}/{denominator}"
            );
        }
    }

    #[test]
    fn a_printed_percentage_gives_its_numerators_back() {
        for denominator in [1_u64, 7, 60, 333, 1000, 4999] {
            for decimals in [0, 1] {
                let scale = 10_f64.powi(decimals);
                for numerator in 0..=denominator {
                    #[allow(clippy::cast_precision_loss)]
                    let exact = numerator as f64 / denominator as f64 * 100.0;
                    let printed = (exact * scale).round() / scale;
                    let decimals = u32::try_from(decimals).expect("small");
                    let (least, largest) =
                        recovered(printed, decimals, denominator).expect("itself");
                    assert!((least..=largest).contains(&numerator));
                }
            }
        }
        assert_eq!(recovered(5.0, 1, 60), Some((3, 3)));
        assert_eq!(recovered(5.0, 0, 60), Some((3, 3)));
        assert_eq!(recovered(4.0, 1, 60), None);
        assert_eq!(recovered(50.0, 0, 1000), Some((495, 504)));
    }
}
