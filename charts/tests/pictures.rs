//! Pictures as a reader of the file meets them: well formed, in their box, with nothing that a strict
//! content security policy refuses, and never a zero where a figure is hidden.

#[path = "common/xml.rs"]
mod xml;

use std::collections::BTreeMap;

use charts::map::CountyMap;
use charts::multiples::Multiples;
use charts::series::{At, Line, Note, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Trouble, Value, Words};
use kernel::language::Language;
use proptest::prelude::*;

const FI: Numbers = Numbers::whole(Language::Fi);

fn heading(title: &str) -> Heading {
    Heading {
        id: Id::new("kuva").expect("a good id"),
        title: title.to_owned(),
        description: "Kasvoi 21:stä 55:een.".to_owned(),
    }
}

fn words() -> Words {
    Words {
        missing: "ei tietoa".to_owned(),
        hidden: "alle 5, ei näytetä".to_owned(),
    }
}

fn times(count: usize) -> Vec<At> {
    (0..count)
        .map(|at| At {
            short: format!("{}/{}", at % 12 + 1, 2024 + at / 12),
            long: format!("kuukausi {at}"),
        })
        .collect()
}

fn series(lines: Vec<Line>) -> Series {
    Series {
        heading: heading("Havaintoja kuukaudessa"),
        times: times(lines.first().map_or(0, |line| line.values.len())),
        lines,
        band: Vec::new(),
        notes: Vec::new(),
        time_head: "Kuukausi".to_owned(),
        numbers: FI,
        words: words(),
    }
}

fn line(name: &str, values: &[Value]) -> Line {
    Line {
        name: name.to_owned(),
        values: values.to_vec(),
    }
}

fn county(code: &str, values: &[(&str, Value)]) -> CountyMap {
    CountyMap {
        heading: heading("Kunnittain"),
        county: code.to_owned(),
        values: values
            .iter()
            .map(|(code, value)| ((*code).to_owned(), *value))
            .collect(),
        scale: Scale::new(&[5.0, 10.0, 15.0, 25.0], FI, "{0} tai yli").expect("good bounds"),
        place_head: "Kunta".to_owned(),
        value_head: "Havaintoja".to_owned(),
        words: words(),
    }
}

/// Everything that holds for every picture.
fn sound(picture: &Picture) {
    for svg in std::iter::once(&picture.svg).chain(&picture.narrow) {
        let elements = xml::read(svg).unwrap_or_else(|why| panic!("{why}: {svg}"));
        xml::inside_its_box(&elements).unwrap_or_else(|why| panic!("{why}: {svg}"));
        xml::accessible_and_strict(&elements).unwrap_or_else(|why| panic!("{why}: {svg}"));
    }
    // Both in one page: no id twice.
    let both = xml::read(&format!("<div>{}</div>", picture.markup())).expect("well formed");
    let ids: Vec<&str> = both
        .iter()
        .filter_map(|element| element.get("id"))
        .collect();
    let mut each = ids.clone();
    each.sort_unstable();
    each.dedup();
    assert_eq!(each.len(), ids.len(), "{ids:?}");
    for row in &picture.table.rows {
        assert_eq!(row.len(), picture.table.head.len());
    }
}

fn polylines(svg: &str) -> Vec<usize> {
    xml::read(svg)
        .expect("well formed")
        .iter()
        .filter(|element| element.tag == "polyline")
        .map(|element| element.get("points").unwrap_or_default().split(' ').count())
        .collect()
}

#[test]
fn a_gap_stays_a_gap() {
    use Value::{Hidden, Known, Missing};
    let picture = series(vec![line(
        "Havaintoja",
        &[
            Known(8.0),
            Known(9.0),
            Hidden,
            Known(7.0),
            Missing,
            Known(12.0),
            Known(14.0),
            Known(20.0),
        ],
    )])
    .draw()
    .expect("draws");
    sound(&picture);
    // Two runs, and the one alone is a point beside the last one's.
    assert_eq!(polylines(&picture.svg), [2, 3]);
    assert_eq!(picture.svg.matches("<circle").count(), 2);
    // Nothing but the axis touches the base.
    let elements = xml::read(&picture.svg).expect("well formed");
    let base = elements
        .iter()
        .find(|element| element.get("class") == Some("c-axis"))
        .and_then(|axis| axis.get("d"))
        .and_then(|path| path.rsplit(' ').next())
        .expect("an axis");
    for element in elements.iter().filter(|element| element.tag == "polyline") {
        let points = element.get("points").expect("points");
        assert!(
            !points
                .split(' ')
                .any(|point| point.ends_with(&format!(",{base}"))),
            "{points}"
        );
    }
    let cells: Vec<&str> = picture
        .table
        .rows
        .iter()
        .map(|row| row[1].as_str())
        .collect();
    assert_eq!(
        cells,
        [
            "8",
            "9",
            "alle 5, ei näytetä",
            "7",
            "ei tietoa",
            "12",
            "14",
            "20"
        ]
    );
}

#[test]
fn a_hidden_figure_is_in_neither_picture_nor_table() {
    // What a caller hides never reaches the crate as a number, and its band is not drawn either.
    let mut picture = series(vec![line(
        "a",
        &[
            Value::Known(10.0),
            Value::Hidden,
            Value::Known(12.0),
            Value::Known(13.0),
        ],
    )]);
    picture.band = vec![
        Some((8.0, 12.0)),
        Some((1.0, 3.0)),
        Some((10.0, 14.0)),
        Some((11.0, 15.0)),
    ];
    let picture = picture.draw().expect("draws");
    let elements = xml::read(&picture.svg).expect("well formed");
    let bands: Vec<usize> = elements
        .iter()
        .filter(|element| element.tag == "polygon")
        .map(|element| element.get("points").unwrap_or_default().split(' ').count())
        .collect();
    assert_eq!(bands, [2, 4], "a band alone, and one over two times");
}

#[test]
fn lines_differ_without_colour_and_carry_their_names() {
    let lines: Vec<Line> = ["Jyväskylä", "Jämsä", "Keuruu", "Äänekoski", "Laukaa"]
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let values: Vec<Value> = (0..8)
                .map(|at| Value::Known(f64::from(at) + index as f64))
                .collect();
            line(name, &values)
        })
        .collect();
    let picture = series(lines.clone()).draw().expect("draws");
    sound(&picture);
    for svg in std::iter::once(&picture.svg).chain(&picture.narrow) {
        let elements = xml::read(svg).expect("well formed");
        let mut dashes: Vec<&str> = elements
            .iter()
            .filter(|element| element.tag == "polyline")
            .filter_map(|element| element.get("stroke-dasharray"))
            .collect();
        dashes.sort_unstable();
        dashes.dedup();
        assert_eq!(dashes.len(), 5);
        for name in ["Jyväskylä 7", "Äänekoski 10"] {
            assert!(svg.contains(name), "{name}: {svg}");
        }
    }
    let mut six = lines;
    six.push(six[0].clone());
    assert_eq!(
        series(six).draw(),
        Err(Trouble::TooManyLines { found: 6, most: 5 })
    );
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    assert_eq!(series(Vec::new()).draw(), Err(Trouble::Empty));
    for wrong in [f64::NAN, f64::INFINITY, 1e13] {
        let one = series(vec![line("a", &[Value::Known(wrong)])]);
        assert_eq!(one.draw(), Err(Trouble::Number), "{wrong}");
    }
    let mut uneven = series(vec![line("a", &[Value::Known(1.0)]), line("b", &[])]);
    uneven.times = times(1);
    assert_eq!(
        uneven.draw(),
        Err(Trouble::Lengths {
            found: 0,
            wanted: 1
        })
    );
    assert_eq!(
        county("99", &[]).tiles(),
        Err(Trouble::NoCounty("99".to_owned()))
    );
    assert_eq!(
        county("15", &[("091", Value::Known(1.0))]).tiles(),
        Err(Trouble::NoMunicipality("091".to_owned()))
    );
    for bad in ["", "1a", "a b", "a\"b", "Ab", "ä"] {
        assert_eq!(Id::new(bad), Err(Trouble::Id), "{bad}");
    }
}

#[test]
fn notes_and_one_point_and_long_words_fit() {
    let mut one = series(vec![line("a", &[Value::Known(3.0)])]);
    one.notes = vec![
        Note {
            at: 0,
            text: "Hyvin pitkä sana ".repeat(20),
        },
        Note {
            at: 99,
            text: "ei missään".to_owned(),
        },
    ];
    let picture = one.draw().expect("draws");
    sound(&picture);
    assert!(!picture.svg.contains("ei missään"));
    let long = "Kristiinankaupunginseutu ".repeat(8);
    let lines = vec![
        line(&long, &[Value::Known(1e12), Value::Known(-1e12)]),
        line("b", &[Value::Missing; 2]),
    ];
    sound(&series(lines).draw().expect("draws"));
}

#[test]
fn every_county_is_drawn_as_tiles_and_text_is_escaped() {
    for code in (1..=21)
        .map(|code| format!("{code:02}"))
        .chain(["90".to_owned(), "91".to_owned()])
    {
        let mut map = county(&code, &[]);
        map.heading.title = "<b> & \"x\" 'y' \u{1}\u{fffe}".to_owned();
        map.words.missing = "</title><script>alert(1)</script>".to_owned();
        let picture = map.tiles().expect("draws");
        sound(&picture);
        assert!(!picture.svg.contains("<script") && !picture.svg.contains("<b>"));
        assert_eq!(
            picture.table.rows.len(),
            kernel::place::municipalities_of(&code).len(),
            "{code}"
        );
    }
}

#[test]
fn the_table_of_a_map_has_the_greatest_first_and_the_unknown_last() {
    let map = county(
        "10",
        &[
            ("286", Value::Known(12.0)),
            ("285", Value::Known(30.0)),
            ("935", Value::Hidden),
            ("489", Value::Known(0.0)),
        ],
    );
    let picture = map.tiles().expect("draws");
    sound(&picture);
    let rows: Vec<String> = picture.table.rows.iter().map(|row| row.join(" ")).collect();
    assert_eq!(
        rows,
        [
            "Kotka 30",
            "Kouvola 12",
            "Miehikkälä 0",
            "Virolahti alle 5, ei näytetä",
            "Hamina ei tietoa",
            "Pyhtää ei tietoa"
        ]
    );
    // Hidden is a dash on a tile of its own look, zero is a zero.
    assert!(
        picture.svg.contains(">–<")
            && picture.svg.contains("c-tile-0")
            && picture.svg.contains(">0<")
    );
}

#[test]
fn small_multiples_share_their_scale() {
    let panels = ["Hamina", "Kotka", "Kouvola", "Miehikkälä"]
        .iter()
        .enumerate()
        .map(|(index, name)| {
            line(
                name,
                &[
                    Value::Known(1.0),
                    Value::Hidden,
                    Value::Known(10.0 * index as f64),
                ],
            )
        })
        .collect();
    let picture = Multiples {
        heading: heading("Toimeentulotuki"),
        times: times(3),
        panels,
        panel_head: "Kunta".to_owned(),
        numbers: FI,
        words: words(),
    }
    .draw()
    .expect("draws");
    sound(&picture);
    assert_eq!(
        picture.table.rows[3],
        ["Miehikkälä", "1", "alle 5, ei näytetä", "30"]
    );
    assert_eq!(
        polylines(&picture.svg),
        [0; 0],
        "no line over a hidden figure"
    );
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => (-1e12..1e12_f64).prop_map(Value::Known),
        4 => (0..60_u32).prop_map(|count| Value::Known(f64::from(count))),
        1 => Just(Value::Missing),
        1 => Just(Value::Hidden),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_lines_with_any_words_are_sound(
        (count, lines) in (1..40_usize).prop_flat_map(|count| {
            let values = prop::collection::vec(any_value(), count);
            (Just(count), prop::collection::vec(("\\PC{0,30}", values), 1..6))
        }),
        title in any::<String>(), description in any::<String>(), note in "\\PC{0,80}", decimals in 0..9_u8,
    ) {
        let lines: Vec<Line> = lines.iter().map(|(name, values)| line(name, values)).collect();
        let mut drawn = series(lines.clone());
        drawn.heading.title = title;
        drawn.heading.description = description;
        drawn.numbers = Numbers::with_decimals(Language::Fi, decimals);
        drawn.notes = vec![Note { at: count / 2, text: note }];
        drawn.band = (0..count).map(|at| (at % 3 > 0).then_some((at as f64 - 3.0, at as f64 + 3.0))).collect();
        sound(&drawn.draw().expect("draws"));
        let many = Multiples {
            heading: drawn.heading.clone(),
            times: drawn.times.clone(),
            panels: lines,
            panel_head: String::new(),
            numbers: drawn.numbers,
            words: words(),
        };
        sound(&many.draw().expect("draws"));
    }

    #[test]
    fn any_figures_on_a_map_are_sound(
        values in prop::collection::vec(any_value(), 22), hidden in "\\PC{0,60}", missing in any::<String>(),
    ) {
        let codes = kernel::place::municipalities_of("15");
        let mut map = county("15", &[]);
        map.values = codes.iter().zip(values).map(|(one, value)| (one.code.to_owned(), value)).collect::<BTreeMap<_, _>>();
        map.words = Words { hidden, missing };
        sound(&map.tiles().expect("draws"));
    }
}
