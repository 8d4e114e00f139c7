//! How much room words take, and what to do when there is too little.

/// The room that words of the 12 px text take, a little on the wide side.
pub(crate) fn width(words: &str) -> f64 {
    words.chars().map(letter).sum()
}

/// Semi-bold words are a little wider.
pub(crate) fn strong(words: &str) -> f64 {
    width(words) * 1.08
}

/// Widths of Inter in classes; what it has no letters for is taken for wide.
fn letter(letter: char) -> f64 {
    match letter {
        'i' | 'l' | 'j' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '('
        | ')' | '/' | ' ' | '\u{a0}' => 4.2,
        'm' | 'w' | 'M' | 'W' | '\u{2026}' => 10.8,
        'a'..='z' | 'å' | 'ä' | 'ö' | '0'..='9' | '-' | '–' | '\u{2212}' => 7.2,
        'A'..='Z' | 'Å' | 'Ä' | 'Ö' => 8.8,
        _ => 12.0,
    }
}

/// Words cut to a room, with an ellipsis where something was left out.
pub(crate) fn cut(words: &str, room: f64) -> String {
    if width(words) <= room {
        return words.to_owned();
    }
    let mut room = room - letter('\u{2026}');
    let kept: String = words
        .chars()
        .take_while(|one| {
            room -= letter(*one);
            room >= 0.0
        })
        .collect();
    format!("{}\u{2026}", kept.trim_end())
}

/// Which of evenly placed labels are written: the first, the last, and every nth between that leaves each its
/// room. `room` is the whole width.
pub(crate) fn chosen(labels: &[String], room: f64) -> Vec<usize> {
    const BETWEEN: f64 = 14.0;
    let Some(last) = labels.len().checked_sub(1) else {
        return Vec::new();
    };
    if last == 0 {
        return vec![0];
    }
    // The first is written to its right and the next about its middle.
    let widest = labels.iter().map(|label| width(label)).fold(0.0, f64::max);
    let slot = room / last as f64;
    let least = (((widest * 1.5 + BETWEEN) / slot).ceil() as usize).max(1);
    // A quarter, a half or a whole year reads better than every fifth month.
    let step = [1, 2, 3, 6, 12, 24, 60, 120]
        .into_iter()
        .find(|round| *round >= least)
        .unwrap_or(least);
    let mut chosen: Vec<usize> = (0..last)
        .step_by(step)
        .filter(|&at| at == 0 || last - at >= least)
        .collect();
    if slot * last as f64 >= width(&labels[0]) + width(&labels[last]) + BETWEEN {
        chosen.push(last);
    }
    chosen
}

/// Heights of labels that belong at `wanted`, pushed apart to `gap` and kept between `top` and `bottom`
/// where they fit; the order is kept.
pub(crate) fn apart(wanted: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|one, other| wanted[*one].total_cmp(&wanted[*other]).then(one.cmp(other)));
    let mut heights = wanted.to_vec();
    let mut lowest = top;
    for &at in &order {
        heights[at] = heights[at].max(lowest);
        lowest = heights[at] + gap;
    }
    let mut highest = bottom;
    for &at in order.iter().rev() {
        heights[at] = heights[at].min(highest);
        highest = heights[at] - gap;
    }
    heights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_leave_each_other_room() {
        let months: Vec<String> = (0..24)
            .map(|n| format!("{}/{}", n % 12 + 1, 2024 + n / 12))
            .collect();
        assert_eq!(chosen(&months, 516.0), [0, 6, 12, 18, 23]);
        assert_eq!(chosen(&months, 280.0), [0, 12, 23]);
        assert_eq!(chosen(&months[..1], 280.0), [0]);
        assert_eq!(chosen(&months, 10.0), [0]);
        assert!(chosen(&[], 10.0).is_empty());
    }

    #[test]
    fn labels_are_pushed_apart_and_stay_in_the_box() {
        assert_eq!(apart(&[10.0, 11.0], 14.0, 0.0, 100.0), [10.0, 24.0]);
        assert_eq!(apart(&[99.0, 98.0], 14.0, 0.0, 100.0), [100.0, 86.0]);
        assert_eq!(
            apart(&[50.0, 50.0, 50.0], 14.0, 0.0, 100.0),
            [50.0, 64.0, 78.0]
        );
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(cut("Jyväskylä", 100.0), "Jyväskylä");
        assert_eq!(cut("Kristiinankaupunki", 60.0), "Kristiin\u{2026}");
    }
}
