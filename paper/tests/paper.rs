//! What a page and a file of open data hold, for papers that try to be something else.

use kernel::{language::Language, time::Date};
use paper::{Block, Cell, Paper, Table, drawings, link, paragraphs};
use proptest::prelude::*;

fn table() -> Table {
    Table {
        caption: "Havainnot kunnittain".to_owned(),
        head: ["Kunta", "Havaintoja", "Osuus"].map(str::to_owned).to_vec(),
        rows: vec![
            vec![
                Cell::head("Jyväskylä"),
                Cell::number("1\u{a0}234"),
                Cell::number("−3,5"),
            ],
            vec![Cell::head("Luhanka"), Cell::number("alle 5")],
        ],
        note: Some("Alle viittä ei näytetä.".to_owned()),
    }
}

fn paper(blocks: Vec<Block>) -> Paper {
    Paper {
        title: "Häätöuhka".to_owned(),
        language: Language::Fi,
        summary: None,
        issuer: "Keski-Suomen hyvinvointialue".to_owned(),
        date: Date::constant(2026, 11, 3),
        address: None,
        version: None,
        blocks,
    }
}

fn figure(svg: &str) -> Block {
    Block::Figure {
        svg: svg.to_owned(),
        title: "Havaintoja kuukaudessa".to_owned(),
        description: "Määrä kasvoi.".to_owned(),
        table: table(),
    }
}

#[test]
fn a_table_has_caption_scopes_and_a_number() {
    let html = paper(vec![Block::Table(table())]).html();
    for part in [
        "<caption class=\"n-caption\" id=\"t1\">Taulukko 1. Havainnot kunnittain</caption>",
        "<th scope=\"col\">Kunta</th>",
        "<th scope=\"col\" class=\"n-end\">Havaintoja</th>",
        "<th scope=\"row\">Jyväskylä</th>",
        "<td class=\"n-end\">1\u{a0}234</td>",
        // The short row is filled up, so that no cell slides under another head.
        "<td class=\"n-end\">alle 5</td><td></td></tr>",
        "<p class=\"n-meta\">Alle viittä ei näytetä.</p>",
    ] {
        assert!(html.contains(part), "{part} is not in {html}");
    }
}

/// Three long heads are wider than a phone, also in the table under a picture.
#[test]
fn a_table_wider_than_a_phone_is_scrolled_by_itself() {
    let narrow = Table {
        head: ["Kunta", "Havaintoja"].map(str::to_owned).to_vec(),
        ..table()
    };
    for (block, scrolls) in [
        (Block::Table(table()), 1),
        (Block::Table(narrow), 0),
        (figure("<svg></svg>"), 1),
        (figure("bad"), 1),
    ] {
        let html = paper(vec![block]).html();
        assert_eq!(html.matches("n-scroll").count(), scrolls, "{html}");
        let label = html.split_once("aria-labelledby=\"g1\"").is_some();
        assert!(!label || html.contains("id=\"g1\""), "{html}");
    }
}

#[test]
fn a_figure_has_its_picture_its_words_and_its_table() {
    let svg = "<svg viewBox=\"0 0 1 1\"><title>a &lt;script&gt;</title><path d=\"M0 0\"/></svg>";
    let html = paper(vec![figure(svg)]).html();
    assert!(html.contains(svg));
    assert!(
        html.contains(
            "<span class=\"n-strong\">Kuvio 1. Havaintoja kuukaudessa</span> Määrä kasvoi."
        )
    );
    assert!(html.contains("<details class=\"n-twin\"><summary>Näytä taulukkona"));
    assert!(html.contains("<th scope=\"row\">Luhanka</th>"));
}

#[test]
fn what_is_not_plain_drawing_is_not_shown_and_its_figures_are() {
    for bad in [
        "",
        "hello",
        "<p>hello</p>",
        "<svg><script>alert(1)</script></svg>",
        "<svg onload=\"alert(1)\"></svg>",
        "<svg><a href=\"https://example.org\"></a></svg>",
        "<svg><image href=\"https://example.org/a.png\"/></svg>",
        "<svg><use href=\"#a\"/></svg>",
        "<svg><path style=\"color:red\"/></svg>",
        "<svg><path fill=\"url(https://example.org/a)\"/></svg>",
        "<svg><foreignObject></foreignObject></svg>",
        "<svg><g></svg>",
        "<svg><path d='M0 0'/></svg>",
        "<svg></svg><p>",
        "<svg><!-- a --></svg>",
        "<!DOCTYPE svg><svg></svg>",
        "<svg",
        "<svg><svg></svg></svg>",
        "<svg><style>a{}</style></svg>",
    ] {
        assert_eq!(drawings(bad), None, "{bad}");
        let html = paper(vec![figure(bad)]).html();
        assert!(bad.is_empty() || !html.contains(bad), "{bad}");
        assert!(
            html.contains("Kuvio 1. Havaintoja kuukaudessa</caption>"),
            "{bad}"
        );
        assert!(html.contains("alle 5"), "{bad}");
    }
    assert_eq!(
        drawings("<svg><g></g></svg>\n<svg/>").map(|all| all.len()),
        Some(2)
    );
}

#[test]
fn pictures_of_the_house_are_plain_drawing() {
    use charts::series::{At, Line, Series};
    let heading = charts::Heading {
        id: charts::Id::new("a").expect("a good id"),
        title: "a < b & \"c\" onload=\"x\"".to_owned(),
        description: "'d' <script>".to_owned(),
    };
    let words = charts::Words {
        missing: "ei tietoa".to_owned(),
        hidden: "alle 5".to_owned(),
    };
    let numbers = charts::Numbers::whole(Language::Fi);
    let series = Series {
        heading: heading.clone(),
        times: ["1", "2", "3"]
            .map(|at| At {
                short: at.to_owned(),
                long: at.to_owned(),
            })
            .to_vec(),
        lines: vec![
            Line {
                name: "<b>".to_owned(),
                values: vec![
                    charts::Value::Known(1.0),
                    charts::Value::Hidden,
                    charts::Value::Known(3.0),
                ],
            },
            Line {
                name: "c".to_owned(),
                values: vec![charts::Value::Known(2.0); 3],
            },
        ],
        band: Vec::new(),
        notes: vec![charts::series::Note {
            at: 1,
            text: "]]>".to_owned(),
        }],
        time_head: "Vuosi".to_owned(),
        numbers,
        words: words.clone(),
    };
    let map = charts::map::CountyMap {
        heading,
        county: "15".to_owned(),
        values: std::collections::BTreeMap::new(),
        scale: charts::Scale::new(&[0.0, 10.0], numbers, "{0} tai yli").expect("good bounds"),
        place_head: "Kunta".to_owned(),
        value_head: "Havaintoja".to_owned(),
        words,
    };
    let line = series.draw().expect("drawn").markup();
    assert_eq!(drawings(&line).map(|all| all.len()), Some(2));
    let tiles = map.tiles().expect("drawn").markup();
    assert_eq!(drawings(&tiles).map(|all| all.len()), Some(1));
}

#[test]
fn headings_never_skip_a_level() {
    let heading = |level| Block::Heading {
        level,
        text: "a".to_owned(),
    };
    let paper = paper([4, 4, 2, 3, 4, 9, 0, 2].map(heading).to_vec());
    assert_eq!(paper.levels(), [2, 3, 2, 3, 4, 4, 2, 2]);
    assert!(
        paper
            .html()
            .starts_with("<h2 id=\"s1\">a</h2>\n<h3 id=\"s2\">")
    );
}

#[test]
fn paragraphs_are_parted_by_blank_lines() {
    assert_eq!(
        paragraphs("a\nb\n\n \n\nc\r\n"),
        [vec!["a", "b"], vec!["c"]]
    );
    assert!(paragraphs(" \n").is_empty());
    let html = paper(vec![Block::Text("a\nb\n\nc".to_owned())]).html();
    assert_eq!(html, "<p>a<br>b</p>\n<p>c</p>\n");
}

#[test]
fn only_known_addresses_are_links() {
    for good in [
        "https://a.fi/b?c=d",
        "http://a.fi",
        "mailto:a@b.fi",
        "/publications/1",
        "HTTPS://a.fi",
    ] {
        assert_eq!(link(good), Some(good));
    }
    for bad in [
        "javascript:alert(1)",
        "data:text/html,a",
        "//a.fi",
        "/\\a.fi",
        "a.fi",
        "",
        "https://a b",
        " javascript:a",
        "file:///etc/passwd",
    ] {
        assert_eq!(link(bad), None, "{bad}");
        let html = paper(vec![Block::Link {
            text: "a".to_owned(),
            href: bad.to_owned(),
        }])
        .html();
        assert!(!html.contains("href"), "{html}");
    }
}

#[test]
fn csv_is_what_the_standard_says() {
    let mut table = table();
    table.rows.push(vec![
        Cell::head("a,\"b\"\nc"),
        Cell::text(""),
        Cell::text("ä"),
        Cell::text("too many"),
    ]);
    assert_eq!(
        table.csv(),
        "Kunta,Havaintoja,Osuus\r\nJyväskylä,1234,\"-3,5\"\r\nLuhanka,alle 5,\"\"\r\n\"a,\"\"b\"\"\nc\",\"\",ä\r\n"
    );
}

#[test]
fn a_spreadsheet_runs_nothing() {
    for formula in [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1",
        "−A1",
        "'=1",
        "=cmd|' /C calc'!A0",
    ] {
        for cell in [
            Cell::text(formula),
            Cell::number(formula),
            Cell::head(formula),
        ] {
            let table = Table {
                head: vec![formula.to_owned()],
                rows: vec![vec![cell]],
                ..Table::default()
            };
            for line in read(&table.csv()) {
                assert_eq!(line, [format!("'{formula}")]);
            }
        }
    }
    // A figure below zero stays a figure.
    for (figure, written) in [
        ("-3", "-3"),
        ("−1 234,5", "-1234,5"),
        ("+2", "2"),
        ("0", "0"),
    ] {
        let table = Table {
            head: vec!["a".to_owned()],
            rows: vec![vec![Cell::number(figure)]],
            ..Table::default()
        };
        assert_eq!(read(&table.csv())[1], [written]);
    }
}

fn read(text: &str) -> Vec<Vec<String>> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| {
            record
                .expect("well formed")
                .iter()
                .map(str::to_owned)
                .collect()
        })
        .collect()
}

/// Text that HTML and CSV would like to take for something else.
fn hostile() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("<script>".to_owned()),
            Just("\"".to_owned()),
            Just("'".to_owned()),
            Just("&".to_owned()),
            Just("</table>".to_owned()),
            Just("\r\n".to_owned()),
            Just(",".to_owned()),
            Just("=".to_owned()),
            "\\PC{0,6}",
        ],
        0..8,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn text_never_becomes_markup(text in hostile()) {
        let harmless = paper(every_block("x")).html();
        let html = paper(every_block(&text)).html();
        // Paragraphs are as many as the text has, and an address with a space is no link.
        let tags = |html: &str| -> Vec<String> {
            html.split('<')
                .skip(1)
                .filter_map(|part| part.split('>').next())
                .filter(|tag| !["br", "p", "/p", "p class", "/a"].contains(&tag.split('=').next().unwrap_or("")))
                .filter(|tag| !(tag.starts_with("a class") && tag.matches('"').count() == 4))
                .map(str::to_owned)
                .collect()
        };
        prop_assert_eq!(tags(&harmless), tags(&html));
    }

    #[test]
    fn a_reader_of_csv_gets_every_cell_back(cells in prop::collection::vec(hostile(), 1..5)) {
        let table = Table {
            head: cells.clone(),
            rows: vec![cells.iter().map(Cell::text).collect()],
            ..Table::default()
        };
        for line in read(&table.csv()) {
            prop_assert_eq!(line.len(), cells.len());
            for (read, cell) in line.iter().zip(&cells) {
                prop_assert!(read == cell || *read == format!("'{cell}"), "{:?} for {:?}", read, cell);
                prop_assert!(!read.starts_with(['=', '@', '\t']));
            }
        }
    }
}

fn every_block(text: &str) -> Vec<Block> {
    let own = || text.to_owned();
    let table = Table {
        caption: own(),
        head: vec![own(), own()],
        rows: vec![vec![Cell::head(text), Cell::number(text)]],
        note: Some(own()),
    };
    vec![
        Block::Heading {
            level: 2,
            text: own(),
        },
        Block::Text(own()),
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
        Block::Figure {
            svg: "<svg></svg>".to_owned(),
            title: own(),
            description: own(),
            table,
        },
        Block::Note(own()),
        Block::Link {
            text: own(),
            href: format!("/{}", text.replace(['/', '\\'], "")),
        },
    ]
}
