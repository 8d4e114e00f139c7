//! Ages: the bands by which people are counted, the weights of the standard population.

/// A band of ages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// In tables and messages.
    pub code: &'static str,
    /// The last age of it; none for the open one.
    pub to: Option<i16>,
    /// Weight of adults in the European Standard Population 2013; 0 for children.
    pub weight: u32,
}

/// Every band, the youngest first. The weights stand in `data/standard_population.csv` with their source; a test compares.
pub const BANDS: [Band; 5] = [
    Band {
        code: "0-17",
        to: Some(17),
        weight: 0,
    },
    Band {
        code: "18-29",
        to: Some(29),
        weight: 14_200,
    },
    Band {
        code: "30-44",
        to: Some(44),
        weight: 20_500,
    },
    Band {
        code: "45-64",
        to: Some(64),
        weight: 26_500,
    },
    Band {
        code: "65-",
        to: None,
        weight: 19_500,
    },
];

/// The bands of adults, of which rates are standardised.
pub fn adults() -> impl Iterator<Item = &'static Band> {
    BANDS.iter().filter(|band| band.weight > 0)
}

/// The code of those whose age is not known.
pub const UNKNOWN: &str = "unknown";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_are_those_of_the_file() {
        let rows: Vec<(&str, u32)> = include_str!("../data/standard_population.csv")
            .lines()
            .skip(1)
            .filter_map(|line| {
                let (band, weight) = line.split_once(',')?;
                Some((band, weight.parse().ok()?))
            })
            .collect();
        let own: Vec<(&str, u32)> = adults().map(|band| (band.code, band.weight)).collect();
        assert_eq!(rows, own);
    }
}
