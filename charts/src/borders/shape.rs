//! Rings on paper: cut to a window, brought to a grid, and where words fit in them.

/// What is kept of a line: half a pixel. Every point goes to the grid by itself, so neighbours keep a common
/// border however their rings begin.
const GRID: f64 = 0.5;

/// A rectangle of the drawing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// The part of a ring inside a window (Sutherland and Hodgman).
pub(super) fn clip(ring: &[(f64, f64)], window: Window) -> Vec<(f64, f64)> {
    let inside: [&dyn Fn((f64, f64)) -> f64; 4] = [
        &|(x, _)| x - window.left,
        &|(x, _)| window.right - x,
        &|(_, y)| y - window.top,
        &|(_, y)| window.bottom - y,
    ];
    let mut points = ring.to_vec();
    for depth in inside {
        let mut kept = Vec::with_capacity(points.len() + 4);
        for (index, &to) in points.iter().enumerate() {
            let from = points[(index + points.len() - 1) % points.len()];
            let (before, after) = (depth(from), depth(to));
            if (before >= 0.0) != (after >= 0.0) {
                let share = before / (before - after);
                kept.push((
                    from.0 + (to.0 - from.0) * share,
                    from.1 + (to.1 - from.1) * share,
                ));
            }
            if after >= 0.0 {
                kept.push(to);
            }
        }
        points = kept;
    }
    points
}

/// The ring on the grid without points that say nothing; empty when nothing is left of it.
pub(super) fn simplify(ring: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let on_grid = ring
        .iter()
        .map(|&(x, y)| ((x / GRID).round() as i64, (y / GRID).round() as i64));
    let mut kept: Vec<(i64, i64)> = Vec::new();
    for point in on_grid {
        push(&mut kept, point);
    }
    // The end meets the beginning.
    while kept.len() > 2 && straight(kept[kept.len() - 2], kept[kept.len() - 1], kept[0]) {
        kept.pop();
    }
    if kept.len() < 3 {
        return Vec::new();
    }
    kept.into_iter()
        .map(|(x, y)| (x as f64 * GRID, y as f64 * GRID))
        .collect()
}

/// Adds a point; what lies straight between its neighbours, or on a spike out and back, goes.
fn push(kept: &mut Vec<(i64, i64)>, point: (i64, i64)) {
    if kept.last() == Some(&point) {
        return;
    }
    while let [.., before, middle] = kept.as_slice() {
        if !straight(*before, *middle, point) {
            break;
        }
        kept.pop();
    }
    if kept.last() != Some(&point) {
        kept.push(point);
    }
}

fn straight(one: (i64, i64), middle: (i64, i64), other: (i64, i64)) -> bool {
    (middle.0 - one.0) * (other.1 - one.1) == (middle.1 - one.1) * (other.0 - one.0)
}

/// The middle of a place in an area where a box of words fits, the roomiest of some heights; `None` when it
/// fits nowhere.
pub(super) fn room_for(rings: &[Vec<(f64, f64)>], width: f64, height: f64) -> Option<(f64, f64)> {
    const HEIGHTS: usize = 24;
    let ys = rings.iter().flatten().map(|point| point.1);
    let (top, bottom) = ys.fold((f64::INFINITY, f64::NEG_INFINITY), |(top, bottom), y| {
        (top.min(y), bottom.max(y))
    });
    let mut best: Option<((f64, f64), f64)> = None;
    for step in 1..HEIGHTS {
        let y = top + (bottom - top) * step as f64 / HEIGHTS as f64;
        let mut spans = spans(rings, y);
        for other in [-0.5, 0.5, -0.25, 0.25] {
            spans = common(&spans, &self::spans(rings, y + height * other));
        }
        for (from, to) in spans {
            if to - from >= width && best.is_none_or(|(_, room)| to - from > room) {
                best = Some(((f64::midpoint(from, to), y), to - from));
            }
        }
    }
    best.map(|(place, _)| place)
}

/// Where a level line is inside, by even and odd.
fn spans(rings: &[Vec<(f64, f64)>], y: f64) -> Vec<(f64, f64)> {
    let mut crossings = Vec::new();
    for ring in rings {
        for (index, &(x, to)) in ring.iter().enumerate() {
            let (from_x, from) = ring[(index + ring.len() - 1) % ring.len()];
            if (from <= y) != (to <= y) {
                crossings.push(from_x + (x - from_x) * (y - from) / (to - from));
            }
        }
    }
    crossings.sort_by(f64::total_cmp);
    crossings
        .chunks_exact(2)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}

/// What two rows of spans have in common.
fn common(one: &[(f64, f64)], other: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let (mut at, mut beside) = (0, 0);
    let mut found = Vec::new();
    while let (Some(first), Some(second)) = (one.get(at), other.get(beside)) {
        let span = (first.0.max(second.0), first.1.min(second.1));
        if span.0 < span.1 {
            found.push(span);
        }
        if first.1 < second.1 {
            at += 1;
        } else {
            beside += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WINDOW: Window = Window {
        left: 0.0,
        top: 0.0,
        right: 100.0,
        bottom: 100.0,
    };

    #[test]
    fn a_ring_is_cut_at_the_window() {
        let square = [(-50.0, 20.0), (50.0, 20.0), (50.0, 80.0), (-50.0, 80.0)];
        let cut = clip(&square, WINDOW);
        assert_eq!(
            simplify(&cut),
            [(0.0, 20.0), (50.0, 20.0), (50.0, 80.0), (0.0, 80.0)]
        );
        assert!(clip(&[(200.0, 0.0), (300.0, 0.0), (300.0, 50.0)], WINDOW).is_empty());
    }

    #[test]
    fn points_that_say_nothing_go() {
        let line = [
            (0.0, 0.0),
            (0.1, 0.1),
            (5.0, 0.0),
            (10.0, 0.0),
            (10.0, 10.0),
            (10.0, 30.0),
            (10.0, 10.0),
            (0.0, 10.0),
        ];
        assert_eq!(
            simplify(&line),
            [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)]
        );
        assert!(simplify(&[(0.0, 0.0), (0.1, 0.0), (0.1, 0.1)]).is_empty());
    }

    #[test]
    fn words_are_put_where_they_fit_and_not_into_a_hole() {
        let square = vec![(0.0, 0.0), (60.0, 0.0), (60.0, 60.0), (0.0, 60.0)];
        let place = room_for(std::slice::from_ref(&square), 20.0, 12.0).expect("room");
        assert_eq!(place.0, 30.0);
        let hole = vec![(10.0, 1.0), (59.0, 1.0), (59.0, 59.0), (10.0, 59.0)];
        assert_eq!(room_for(&[square, hole], 20.0, 12.0), None);
        assert_eq!(room_for(&[], 1.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn nothing_is_left_outside_the_window(
            ring in prop::collection::vec((-300.0..300.0_f64, -300.0..300.0_f64), 3..40),
        ) {
            for (x, y) in simplify(&clip(&ring, WINDOW)) {
                prop_assert!((0.0..=100.0).contains(&x) && (0.0..=100.0).contains(&y), "{} {}", x, y);
            }
        }
    }
}
