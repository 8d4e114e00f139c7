//! Classes of figures on a map: at most four, from light to dark.

use crate::paint::Class;
use crate::{Numbers, Trouble, Value};

const MOST_CLASSES: usize = 4;

/// Where each class begins. What is under the first bound is in the first class too.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    bounds: Vec<f64>,
    numbers: Numbers,
    /// "{0} tai yli", in the reader's language; `{0}` is the last bound.
    and_over: String,
}

impl Scale {
    /// Classes that begin at these bounds: 5, 10, 15 and 25 give 5–9, 10–14, 15–24 and "25 tai yli".
    ///
    /// # Errors
    /// When the bounds do not rise, are no numbers or are more than four.
    pub fn new(bounds: &[f64], numbers: Numbers, and_over: &str) -> Result<Self, Trouble> {
        let good = !bounds.is_empty()
            && bounds.len() <= MOST_CLASSES
            && bounds.iter().all(|bound| bound.is_finite())
            && bounds.windows(2).all(|pair| pair[0] < pair[1]);
        good.then(|| Self {
            bounds: bounds.to_vec(),
            numbers,
            and_over: and_over.to_owned(),
        })
        .ok_or(Trouble::Bounds)
    }

    /// How the figures are written.
    pub const fn numbers(&self) -> Numbers {
        self.numbers
    }

    /// The shade of a value. Fewer classes than four use the darker shades apart from each other.
    pub(crate) fn class(&self, value: Value) -> Class {
        match value {
            Value::Hidden => Class::Tile(0),
            Value::Missing => Class::NoTile,
            Value::Known(value) => {
                let at = self.bounds.iter().rposition(|bound| value >= *bound);
                self.shade(at.unwrap_or(0))
            }
        }
    }

    const fn shade(&self, class: usize) -> Class {
        let shade = match (self.bounds.len(), class) {
            (_, 0) => 1,
            (2, _) | (3, 2) => 3,
            (_, 1) => 2,
            (_, 2) => 3,
            _ => 4,
        };
        Class::Tile(shade)
    }

    /// Shades with their words, the greatest first.
    pub(crate) fn key(&self) -> Vec<(Class, String)> {
        let step = 10_f64.powi(-i32::from(self.numbers.decimals()));
        let mut key: Vec<(Class, String)> = Vec::new();
        for (at, bound) in self.bounds.iter().enumerate() {
            let from = self.numbers.write(*bound);
            let words = match self.bounds.get(at + 1) {
                Some(next) => {
                    let to = self.numbers.write(next - step);
                    if to == from {
                        from
                    } else {
                        format!("{from}–{to}")
                    }
                }
                None => self.and_over.replace("{0}", &from),
            };
            key.push((self.shade(at), words));
        }
        key.reverse();
        key
    }
}

#[cfg(test)]
mod tests {
    use kernel::language::Language;

    use super::*;

    fn words(bounds: &[f64], decimals: u8) -> Vec<String> {
        let numbers = Numbers::with_decimals(Language::Fi, decimals);
        let scale = Scale::new(bounds, numbers, "{0} tai yli").expect("good bounds");
        scale.key().into_iter().map(|(_, words)| words).collect()
    }

    #[test]
    fn classes_are_told_without_a_gap() {
        assert_eq!(
            words(&[5.0, 10.0, 15.0, 25.0], 0),
            ["25 tai yli", "15–24", "10–14", "5–9"]
        );
        assert_eq!(
            words(&[0.0, 1.0, 2.5], 1),
            ["2,5 tai yli", "1,0–2,4", "0,0–0,9"]
        );
        assert_eq!(words(&[0.0, 1.0], 0), ["1 tai yli", "0"]);
        for bad in [
            &[][..],
            &[1.0, 1.0],
            &[f64::NAN],
            &[1.0, 2.0, 3.0, 4.0, 5.0],
        ] {
            let numbers = Numbers::whole(Language::Fi);
            assert_eq!(Scale::new(bad, numbers, ""), Err(Trouble::Bounds));
        }
    }

    #[test]
    fn a_hidden_figure_has_a_look_of_its_own() {
        let scale = Scale::new(&[5.0, 10.0], Numbers::whole(Language::Fi), "").expect("good");
        for (value, class) in [
            (Value::Hidden, "c-tile-0"),
            (Value::Missing, "c-tile-none"),
            (Value::Known(0.0), "c-tile-1"),
            (Value::Known(9.9), "c-tile-1"),
            (Value::Known(10.0), "c-tile-3"),
        ] {
            assert_eq!(scale.class(value).name(), class, "{value:?}");
        }
    }
}
