//! What a printed report must keep, whatever is written in it.

use kernel::{language::Language, time::Date};
use paper::{Block, Cell, Paper, Table};
use proptest::prelude::*;
use typst::layout::{Frame, FrameItem};

use super::*;
use crate::letters::printable;

fn paper(language: Language, blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Häätöuhka".to_owned(),
        language,
        summary: None,
        issuer: "Keski-Suomen hyvinvointialue".to_owned(),
        date: Date::constant(2026, 11, 3),
        address: None,
        version: None,
        blocks,
    }
}

fn text_of(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => text_of(&group.frame, out),
            FrameItem::Text(text) => out.push_str(&text.text),
            _ => {}
        }
    }
}

/// The text of the pages, without spaces: where a line ends is not the writer's.
fn printed(paper: &Paper) -> String {
    words(&set(paper).expect("it can be set"))
}

fn words(pages: &PagedDocument) -> String {
    let mut out = String::new();
    for page in pages.pages() {
        text_of(&page.frame, &mut out);
    }
    bare(&out)
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|one| !one.is_whitespace() && *one != crate::letters::BREAK)
        .collect()
}

/// Every place of a report that takes text, once; how many they are on the pages.
fn everywhere(text: &str) -> (Paper, usize) {
    let own = || text.to_owned();
    let table = Table {
        caption: own(),
        head: vec![own(), own()],
        rows: vec![vec![Cell::head(text), Cell::number(text)]],
        note: Some(own()),
    };
    let figure = |svg: &str| Block::Figure {
        svg: svg.to_owned(),
        title: own(),
        description: own(),
        table: table.clone(),
    };
    let blocks = vec![
        Block::Heading {
            level: 2,
            text: own(),
        },
        Block::Text(own()),
        Block::List {
            ordered: false,
            items: vec![own()],
        },
        Block::List {
            ordered: true,
            items: vec![own()],
        },
        Block::Facts(vec![(own(), own())]),
        Block::Quote {
            text: own(),
            source: Some(own()),
        },
        Block::Table(table.clone()),
        figure("<svg viewBox=\"0 0 9 9\"><path d=\"M0 0\"/></svg>"),
        figure("none"),
        Block::Note(own()),
        Block::Link {
            text: own(),
            href: "https://a.fi".to_owned(),
        },
        Block::Link {
            text: own(),
            href: own(),
        },
    ];
    let paper = Paper {
        title: own(),
        summary: Some(own()),
        issuer: own(),
        address: Some(own()),
        version: Some(own()),
        ..paper(Language::Easy, blocks)
    };
    // Front matter 5 and the foot of a page; eleven in text; a table 6 (its caption, four cells, its note), a figure
    // and its table 2 + 6, one without its picture the same less one caption; links 3.
    (paper, 6 + 9 + 6 + 8 + 7 + 3)
}

/// Pieces that typst, JSON, XML or PDF would like to take for something else.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = [
        "#",
        "#let x = 1",
        "#panic()",
        "$",
        "$x$",
        "[",
        "]",
        "{",
        "}",
        "\\",
        "\\u{41}",
        "`",
        "```",
        "*",
        "*/",
        "/*",
        "//",
        "_",
        "<a>",
        "@b",
        "= c",
        "- d",
        "+ e",
        "/ f: g",
        "~",
        "--",
        "---",
        "...",
        "\"",
        "'",
        "&amp;",
        "https://a.fi",
        "(",
        ")",
        "%",
        "\\n",
        "</svg>",
        "]]>",
        "#[",
        "#eval(\"1\")",
        "#read(\"/etc/passwd\")",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces.to_vec()).prop_map(str::to_owned),
        1 => "[a-zåäöšž0-9 ]{1,6}",
        1 => "\\PC{1,3}",
    ];
    prop::collection::vec(piece, 1..7).prop_map(|all| format!("a{}z", all.concat()))
}

proptest! {
    // Each case sets and writes a whole report.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn text_is_printed_as_it_was_written(text in hostile()) {
        let (paper, places) = everywhere(&text);
        let pages = set(&paper).expect("any text can be set");
        let (found, wanted) = (words(&pages), bare(&printable(&text)));
        prop_assert!(found.matches(&wanted).count() >= places, "{} is not {} times in {}", wanted, places, found);
        prop_assert!(write(&paper, &pages).is_ok(), "{:?}", write(&paper, &pages));
    }
}

#[test]
fn text_of_europe_is_verbatim() {
    for text in [
        "Jyväskylä",
        "Sámi čđŋšŧž",
        "Łódź ąęć",
        "Россия Україна",
        "Ελλάδα",
        "Tiếng Việt",
        "1 234,5 € − 50 % – ”a” ’b’ …",
    ] {
        assert_eq!(printable(text), text);
        assert!(
            printed(&paper(Language::Fi, vec![Block::Text(text.to_owned())])).contains(&bare(text)),
            "{text}"
        );
    }
}

#[test]
fn letters_the_font_lacks_are_marked_and_never_stop_a_report() {
    let text =
        "a\u{1f600}b\u{5d0}c\u{e000}d\u{0}e\u{202e}f\u{200d}g\u{ad}h\u{fffe}i\u{10ffff}j\u{feff}k";
    let shown = printable(text);
    assert!(shown.starts_with("a□b□c□def"), "{shown}");
    assert!(!shown.contains(['\u{0}', '\u{202e}', '\u{e000}', '\u{10ffff}']));
    let (paper, _) = everywhere(text);
    assert!(pdf(&paper).is_ok());
}

#[test]
fn a_report_of_nothing_is_a_page() {
    assert!(pdf(&paper(Language::Fi, Vec::new())).is_ok());
    let (blank, _) = everywhere("");
    assert_eq!(
        pdf(&blank).map(|bytes| bytes.starts_with(b"%PDF-1.7")),
        Ok(true)
    );
    let (blank, _) = everywhere(" \n\t ");
    assert!(pdf(&blank).is_ok());
}

#[test]
fn a_word_of_no_end_stays_on_the_page() {
    let (report, _) = everywhere(&"ä".repeat(300));
    let pages = set(&report).expect("set");
    let wanted = "ä".repeat(300);
    assert!(words(&pages).contains(&wanted));
    for page in pages.pages() {
        right(&page.frame, typst::layout::Abs::zero(), page.frame.width());
    }
    assert!(
        write(&report, &pages).is_ok(),
        "{:?}",
        write(&report, &pages)
    );
    let (report, _) = everywhere(&"sana ".repeat(300));
    assert!(pdf(&report).is_ok());
}

/// No text goes over the right edge.
fn right(frame: &Frame, from: typst::layout::Abs, edge: typst::layout::Abs) {
    for (point, item) in frame.items() {
        match item {
            FrameItem::Group(group) => right(&group.frame, from + point.x, edge),
            FrameItem::Text(text) => {
                let end = from + point.x + text.width();
                assert!(end <= edge, "{:?} ends at {end:?} of {edge:?}", text.text);
            }
            _ => {}
        }
    }
}

#[test]
fn any_day_can_be_printed() {
    for date in [
        Date::MIN,
        Date::ZERO,
        Date::constant(1, 1, 1),
        Date::constant(2028, 2, 29),
        Date::MAX,
    ] {
        let report = Paper {
            date,
            ..paper(Language::En, Vec::new())
        };
        assert_eq!(pdf(&report).map(|_| ()), Ok(()), "{date}");
    }
}

#[test]
fn the_same_report_is_the_same_bytes() {
    let (report, _) = everywhere("Sama");
    let first = pdf(&report).expect("printed");
    assert_eq!(Ok(first.clone()), pdf(&report));
    let other = Paper {
        date: Date::constant(2026, 11, 4),
        ..report
    };
    assert_ne!(Ok(first), pdf(&other));
}

#[test]
fn every_language_has_its_words_and_its_hyphens() {
    let long = "a ".repeat(60)
        + "työllistymisedellytystenselvittämistä arbetsmarknadsstödsutredningarna misunderstandings";
    for (language, words) in [
        (Language::Fi, ["Tiivistelmä", "Taulukko1.", "Kuvio1."]),
        (Language::Easy, ["Lyhyesti", "Taulukko1.", "Kuva1."]),
        (Language::Sv, ["Sammandrag", "Tabell1.", "Figur1."]),
        (Language::En, ["Summary", "Table1.", "Figure1."]),
    ] {
        let (report, _) = everywhere(&long);
        let report = Paper { language, ..report };
        let pages = printed(&report);
        for word in words {
            assert!(pages.contains(word), "{word}");
        }
        assert!(pdf(&report).is_ok());
    }
}

#[test]
fn a_wide_table_has_a_page_on_its_side_with_its_heading() {
    let table = Table {
        caption: "Kuukaudet".to_owned(),
        head: (0..14).map(|month| format!("{month}/2026")).collect(),
        rows: vec![vec![Cell::number("123 456"); 14]; 80],
        note: None,
    };
    let heading = Block::Heading {
        level: 2,
        text: "Kunnat".to_owned(),
    };
    let report = paper(
        Language::Fi,
        vec![
            Block::Text("a".to_owned()),
            heading,
            Block::Table(table),
            Block::Text("b".to_owned()),
        ],
    );
    let pages = set(&report).expect("set");
    let all = pages.pages();
    let sideways: Vec<bool> = all
        .iter()
        .map(|page| page.frame.width() > page.frame.height())
        .collect();
    assert!(
        sideways.len() > 3 && !sideways[0] && sideways[1] && !sideways[sideways.len() - 1],
        "{sideways:?}"
    );
    for page in &all[1..sideways.len() - 1] {
        let mut text = String::new();
        text_of(&page.frame, &mut text);
        assert!(text.contains("13/2026"), "the head stands on every page");
    }
    let mut first = String::new();
    text_of(&all[1].frame, &mut first);
    assert!(first.contains("Kunnat"), "{first}");
    assert!(pdf(&report).is_ok());
}

#[test]
fn a_table_beyond_paper_is_said() {
    let table = Table {
        head: vec!["a".to_owned(); 10],
        rows: vec![vec![Cell::text("b"); 10]; 2_001],
        ..Table::default()
    };
    let found = pdf(&paper(Language::Fi, vec![Block::Table(table)]));
    assert_eq!(
        found,
        Err(PrintError::TooLong {
            found: 20_010,
            most: 20_000
        })
    );
}

#[test]
fn a_table_without_columns_is_its_caption() {
    let table = Table {
        caption: "Tyhjä".to_owned(),
        ..Table::default()
    };
    let report = paper(Language::Fi, vec![Block::Table(table)]);
    assert!(printed(&report).contains("Tyhjä"));
    assert!(pdf(&report).is_ok());
}
