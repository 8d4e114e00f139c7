//! Parts hold what they should.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::tables::AREA_CODES;
use super::*;

#[test]
fn every_area_asks_the_clients_own_words_the_view_and_the_need() {
    for area in Area::ALL {
        let names: BTreeSet<_> = area.spec().fields.iter().map(|field| field.name).collect();
        for name in ["own", "view", "need"] {
            assert!(names.contains(name), "{area:?} {name}");
        }
        assert_eq!(of(area.code()), Some(area.spec()));
    }
    assert_eq!(of("nothing"), None);
    assert_eq!(of("own-x"), None);
    assert_eq!(of("own"), None);
    let client = ClientId::from_bytes([7; 16]);
    assert_eq!(of(&format!("housing-{client}")), None, "a home is shared");
    assert_eq!(of(&format!("work-{client}")), of("work"));
    assert_eq!(split(&format!("work-{client}")), ("work", Some(client)));
}

#[test]
fn the_areas_that_may_be_opened_are_all_areas() {
    let codes: Vec<_> = Area::ALL.iter().map(|area| area.code()).collect();
    assert_eq!(AREA_CODES, codes);
}

#[test]
fn the_table_of_national_fields_names_fields_that_are_there() {
    let table = include_str!("../../../../../documents/types/needs-assessment.csv");
    let parts: BTreeSet<String> = all()
        .iter()
        .flat_map(|part| {
            part.fields
                .iter()
                .map(|field| format!("{}.{}", part.code, field.name))
        })
        .collect();
    let codes: BTreeSet<&str> = all().iter().map(|part| part.code).collect();
    let mut here = 0;
    for row in table.lines().skip(1) {
        let place = row.split(',').nth(1).unwrap_or_default();
        let part = place.split('.').next().unwrap_or_default();
        if codes.contains(part) && place != part {
            assert!(parts.contains(place), "{place}");
            here += 1;
        }
    }
    assert!(here > 60, "{here}");
}

#[test]
fn a_name_stands_once_in_a_part() {
    for part in all() {
        let names: BTreeSet<_> = part.fields.iter().map(|field| field.name).collect();
        assert_eq!(names.len(), part.fields.len(), "{}", part.code);
    }
}

#[test]
fn eviction_codes_are_those_of_the_form() {
    let Some(Field {
        input: Input::One(list),
        ..
    }) = HOUSING.iter().find(|field| field.name == "eviction")
    else {
        panic!("no choice");
    };
    let codes: Vec<_> = super::super::Eviction::ALL
        .iter()
        .map(|one| one.code())
        .collect();
    assert_eq!(list.codes, codes);
}

proptest! {
    #[test]
    fn the_wish_is_first_and_housing_before_the_rest(open in proptest::sample::subsequence(Area::ALL.to_vec(), 0..=Area::ALL.len()), wish in 0..Area::ALL.len()) {
        let wish = Area::ALL[wish];
        let mut fields = Fields::default();
        fields.set_all("open", open.iter().map(|area| area.code().to_owned()).collect());
        fields.set("wish", wish.code());
        let opened = Area::opened(&fields);
        prop_assert_eq!(opened.iter().copied().collect::<BTreeSet<_>>(), open.iter().copied().collect::<BTreeSet<_>>());
        if open.contains(&wish) {
            prop_assert_eq!(opened[0], wish);
        } else {
            prop_assert!(opened.is_sorted());
        }
    }
}
