//! Areas of statistics: what kinds there are, how wide their codes are, which have been retired.
//!
//! An area is known by its category and code together: `02` is a county and a region. A service's own number of an area is a
//! way to find it in that service's answers, and is never kept as its name.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{Fault, Texts};

/// Municipality.
pub const MUNICIPALITY: &str = "KUNTA";
/// Wellbeing services county; Helsinki and Åland stand among them, with codes 90 and 91.
pub const COUNTY: &str = "HYVINVOINTIALUE";
/// The whole country.
pub const COUNTRY: &str = "MAA";

/// Widths of codes by category; categories beside these have codes of any width.
const WIDTHS: [(&str, usize); 12] = [
    ("ALUEHALLINTOVIRASTO", 1),
    ("ERVA", 1),
    ("SUURALUE", 1),
    ("YTA", 1),
    ("NUTS1", 1),
    (COUNTY, 2),
    ("MAAKUNTA", 2),
    ("SAIRAANHOITOPIIRI", 2),
    ("ELY-KESKUS", 2),
    (MUNICIPALITY, 3),
    ("SEUTUKUNTA", 3),
    (COUNTRY, 3),
];

/// Sotkanet's numbers of the counties: code, number in use, number before it. Source: extdata of the R package sotkanet
/// (rOpenGov), 2026. They serve to tell a retired number from the present one, and for nothing else.
const COUNTIES: [(&str, u32, u32); 23] = [
    ("01", 961, 881),
    ("02", 966, 886),
    ("03", 969, 889),
    ("04", 977, 897),
    ("05", 978, 898),
    ("06", 976, 896),
    ("07", 963, 883),
    ("08", 970, 890),
    ("09", 975, 895),
    ("10", 967, 887),
    ("11", 957, 877),
    ("12", 959, 879),
    ("13", 974, 894),
    ("14", 972, 892),
    ("15", 965, 885),
    ("16", 958, 878),
    ("17", 971, 891),
    ("18", 964, 884),
    ("19", 973, 893),
    ("20", 962, 882),
    ("21", 968, 888),
    ("90", 960, 880),
    // Åland had no number before.
    ("91", 956, 0),
];

/// An area by its category and code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub category: String,
    pub code: String,
}

impl Place {
    /// The area, with the category in the form of the services (upper case) and the code as wide as the category wants: a
    /// spreadsheet turns `005` into `5`.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn new(category: &str, code: &str) -> Result<Self, String> {
        let category = category.trim().to_uppercase();
        let code = code.trim();
        if category.is_empty() || code.is_empty() {
            return Err("an area needs a category and a code".to_owned());
        }
        if !code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') || code.len() > 12 {
            return Err(format!("{code:?} cannot be the code of an area"));
        }
        let Some(width) = width(&category) else {
            return Ok(Self {
                category,
                code: code.to_owned(),
            });
        };
        if code.len() > width || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(format!(
                "{code:?} cannot be a code of {category}, which has {width} digits"
            ));
        }
        Ok(Self {
            category,
            code: format!("{code:0>width$}"),
        })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.category, self.code)
    }
}

/// How wide a code of the category is; none when codes of it vary.
pub fn width(category: &str) -> Option<usize> {
    WIDTHS
        .iter()
        .find(|(name, _)| *name == category)
        .map(|(_, width)| *width)
}

/// Whether the number was a county's before the present numbers.
pub fn was_county(id: u32) -> bool {
    id != 0 && COUNTIES.iter().any(|(_, _, old)| *old == id)
}

/// An area as the list of a service tells it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Listed {
    /// The service's own number.
    pub id: u32,
    pub code: String,
    pub category: String,
    #[serde(default)]
    pub title: Texts,
    /// Numbers of the areas that this one is a part of.
    #[serde(default, rename = "memberOf")]
    pub member_of: Vec<u32>,
}

/// An area with its standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Region {
    pub id: u32,
    pub place: Place,
    pub names: Texts,
    pub member_of: Vec<u32>,
    /// The number is an old one: a newer one stands for the same area, or the area's code is no longer used.
    pub retired: bool,
}

/// The areas of a service.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    by_id: BTreeMap<u32, Region>,
    /// Entries that could not be read, with the reason: told, not fatal.
    pub unreadable: Vec<(u32, String)>,
}

/// What is known of a number in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known<'a> {
    /// An area in use.
    Here(&'a Region),
    /// A number that is no longer used.
    Retired,
    /// The list does not have it. Real answers hold such numbers.
    Unknown,
}

impl Regions {
    /// The areas of a list. Two numbers with the same category and code are one area: the old county number, or else the
    /// smaller number, is retired.
    ///
    /// # Errors
    /// [`Fault::Wrong`] when one number stands for two areas, or the list is empty.
    pub fn of(list: Vec<Listed>) -> Result<Self, Fault> {
        let mut regions = Self::default();
        for one in list {
            let place = match Place::new(&one.category, &one.code) {
                Ok(place) => place,
                Err(why) => {
                    regions.unreadable.push((one.id, why));
                    continue;
                }
            };
            let old = place.category == COUNTY
                && (was_county(one.id) || !COUNTIES.iter().any(|(code, ..)| *code == place.code));
            let region = Region {
                id: one.id,
                place,
                names: one.title.plain(),
                member_of: one.member_of,
                retired: old,
            };
            if let Some(before) = regions.by_id.insert(region.id, region.clone())
                && before != region
            {
                let (id, a, b) = (region.id, before.place, region.place);
                return Err(Fault::Wrong(format!("area {id} is both {a} and {b}")));
            }
        }
        if regions.by_id.is_empty() {
            return Err(Fault::Wrong("the list of areas is empty".to_owned()));
        }
        regions.retire_doubles();
        Ok(regions)
    }

    fn retire_doubles(&mut self) {
        let mut newest: BTreeMap<Place, u32> = BTreeMap::new();
        for region in self.by_id.values().filter(|region| !region.retired) {
            newest.insert(region.place.clone(), region.id);
        }
        for region in self.by_id.values_mut() {
            if newest.get(&region.place).is_some_and(|id| *id != region.id) {
                region.retired = true;
            }
        }
    }

    /// What is known of a number.
    pub fn find(&self, id: u32) -> Known<'_> {
        match self.by_id.get(&id) {
            None => Known::Unknown,
            Some(region) if region.retired => Known::Retired,
            Some(region) => Known::Here(region),
        }
    }

    /// Every area, by number.
    pub fn iter(&self) -> impl Iterator<Item = &Region> {
        self.by_id.values()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// The categories there are.
    pub fn categories(&self) -> BTreeSet<&str> {
        self.by_id
            .values()
            .map(|region| region.place.category.as_str())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(id: u32, category: &str, code: &str) -> Listed {
        Listed {
            id,
            code: code.to_owned(),
            category: category.to_owned(),
            title: Texts::default(),
            member_of: Vec::new(),
        }
    }

    #[test]
    fn codes_are_as_wide_as_their_category() {
        for (category, code, form) in [
            ("KUNTA", "5", Some("005")),
            ("Kunta", "005", Some("005")),
            ("KUNTA", "1005", None),
            ("KUNTA", "KU5", None),
            ("HYVINVOINTIALUE", "2", Some("02")),
            ("MAAKUNTA", "02", Some("02")),
            ("MAA", "658", Some("658")),
            ("ERVA", "1", Some("1")),
            ("ERVA", "01", None),
            ("POHJOISMAAT", "SE", Some("SE")),
            ("EUROOPPA", "EU-28", Some("EU-28")),
            ("", "1", None),
            ("KUNTA", " ", None),
            ("POHJOISMAAT", "a b", None),
        ] {
            let place = Place::new(category, code);
            assert_eq!(
                place.as_ref().map(|p| p.code.as_str()).ok(),
                form,
                "{category} {code}"
            );
        }
    }

    #[test]
    fn old_numbers_are_retired() {
        for (name, list, id, here) in [
            (
                "the present county",
                vec![(965, COUNTY, "15"), (885, COUNTY, "15")],
                965,
                true,
            ),
            (
                "the county's old number",
                vec![(965, COUNTY, "15"), (885, COUNTY, "15")],
                885,
                false,
            ),
            ("an old number alone", vec![(885, COUNTY, "15")], 885, false),
            (
                "a code no county has",
                vec![(900, COUNTY, "55")],
                900,
                false,
            ),
            (
                "the same code elsewhere",
                vec![(489, "MAAKUNTA", "02"), (966, COUNTY, "02")],
                489,
                true,
            ),
            (
                "the newer of two",
                vec![(100, MUNICIPALITY, "005"), (200, MUNICIPALITY, "005")],
                200,
                true,
            ),
            (
                "the older of two",
                vec![(100, MUNICIPALITY, "005"), (200, MUNICIPALITY, "005")],
                100,
                false,
            ),
            // Numbers of counties are told apart by the category: the number alone says nothing.
            (
                "an old number of another kind",
                vec![(885, MUNICIPALITY, "015")],
                885,
                true,
            ),
        ] {
            let list = list
                .into_iter()
                .map(|(id, category, code)| listed(id, category, code));
            let regions = Regions::of(list.collect()).unwrap();
            assert_eq!(matches!(regions.find(id), Known::Here(_)), here, "{name}");
            assert_eq!(regions.find(9_999), Known::Unknown);
        }
    }

    #[test]
    fn a_list_that_contradicts_itself_is_refused() {
        assert!(Regions::of(Vec::new()).is_err());
        let two = vec![
            listed(1, MUNICIPALITY, "005"),
            listed(1, MUNICIPALITY, "009"),
        ];
        assert!(Regions::of(two).is_err());
        let odd = vec![listed(1, MUNICIPALITY, "005"), listed(2, MUNICIPALITY, "x")];
        let regions = Regions::of(odd).unwrap();
        assert_eq!((regions.len(), regions.unreadable.len()), (1, 1));
    }
}
