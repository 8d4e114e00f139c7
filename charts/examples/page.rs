//! A page of every picture with made-up figures, to look at: `cargo run -p charts --example page > page.html`.
//! With a folder of style sheets as the argument the page links the theme; without one it shows how a
//! picture looks by itself.

use charts::borders::Borders;
use charts::map::CountyMap;
use charts::multiples::Multiples;
use charts::series::{At, Line, Note, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Value, Words};
use kernel::language::Language;
use kernel::place;

const FI: Numbers = Numbers::whole(Language::Fi);
const MONTHS: [u32; 24] = [
    21, 24, 22, 19, 23, 26, 28, 31, 27, 30, 34, 33, 36, 38, 35, 32, 37, 41, 44, 43, 47, 52, 49, 55,
];

fn heading(id: &str, title: &str, description: &str) -> Heading {
    Heading {
        id: Id::new(id).expect("the ids below are good"),
        title: title.to_owned(),
        description: description.to_owned(),
    }
}

fn words() -> Words {
    Words {
        missing: "ei tietoa".to_owned(),
        hidden: "alle 5, ei näytetä".to_owned(),
    }
}

fn months() -> Vec<At> {
    (0..MONTHS.len())
        .map(|at| {
            let short = format!("{}/{}", (at + 2) % 12 + 1, 2024 + (at + 2) / 12);
            At {
                long: short.clone(),
                short,
            }
        })
        .collect()
}

fn lines(names: &[&str]) -> Vec<Line> {
    names
        .iter()
        .enumerate()
        .map(|(index, name)| Line {
            name: (*name).to_owned(),
            values: MONTHS
                .iter()
                .enumerate()
                .map(|(at, figure)| match (at + index * 5) % 11 {
                    7 if index > 0 => Value::Hidden,
                    9 if index > 1 => Value::Missing,
                    _ => Value::Known(f64::from(*figure) / (index as f64 + 1.0)),
                })
                .collect(),
        })
        .collect()
}

fn series(id: &str, names: &[&str]) -> Series {
    let single = names.len() == 1;
    Series {
        heading: heading(id, "Havaintoja kuukaudessa", "Määrä kasvoi 21:stä 55:een."),
        times: months(),
        lines: lines(names),
        band: if single {
            MONTHS
                .iter()
                .map(|figure| {
                    let figure = f64::from(*figure);
                    Some((figure - 1.6 * figure.sqrt(), figure + 1.6 * figure.sqrt()))
                })
                .collect()
        } else {
            Vec::new()
        },
        notes: vec![Note {
            at: 13,
            text: "Ehdotus 1 kunnille".to_owned(),
        }],
        time_head: "Kuukausi".to_owned(),
        numbers: FI,
        words: words(),
    }
}

fn county(id: &str, code: &str) -> CountyMap {
    CountyMap {
        heading: heading(id, "Kunnittain", "Eniten suurimmassa kunnassa."),
        county: code.to_owned(),
        values: place::municipalities_of(code)
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let value = match index % 7 {
                    3 => Value::Hidden,
                    6 if index > 10 => Value::Missing,
                    _ => Value::Known((index * 13 % 37) as f64),
                };
                (one.code.to_owned(), value)
            })
            .collect(),
        scale: Scale::new(&[0.0, 10.0, 15.0, 25.0], FI, "{0} tai yli").expect("good bounds"),
        place_head: "Kunta".to_owned(),
        value_head: "Havaintoja".to_owned(),
        words: words(),
    }
}

/// Borders that no map has: the tiles bent a little, so that there is something to draw.
fn made_up_borders() -> Borders {
    let features: Vec<String> = charts::tiles::places()
        .iter()
        .filter(|tile| tile.county == "15")
        .map(|tile| {
            let corner = |dx: u8, dy: u8| {
                let (x, y) = (f64::from(tile.column + dx), f64::from(tile.row + dy));
                let east = 380_000.0 + 24_000.0 * (x + 0.24 * (y * 2.1 + x).sin());
                let north = 7_020_000.0 - 24_000.0 * (y + 0.22 * (x * 1.7 + y * 0.6).cos());
                format!("[{east:.0},{north:.0}]")
            };
            format!(
                r#"{{"type":"Feature","properties":{{"kunta":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[{},{},{},{}]]}}}}"#,
                tile.municipality,
                corner(0, 0),
                corner(1, 0),
                corner(1, 1),
                corner(0, 1)
            )
        })
        .collect();
    let file = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    Borders::read(file.as_bytes()).expect("the file is made here")
}

fn show(picture: &Picture, class: &str) {
    println!(
        "<figure class=\"n-chart {class}\">{}</figure>",
        picture.markup()
    );
    println!(
        "<details class=\"n-twin\"><summary>Näytä taulukkona</summary><table class=\"ds-table\">"
    );
    for row in std::iter::once(&picture.table.head).chain(&picture.table.rows) {
        println!("<tr><td>{}</td></tr>", row.join("</td><td>"));
    }
    println!("</table></details>");
}

fn main() -> Result<(), charts::Trouble> {
    println!(
        "<!doctype html><html lang=\"fi\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Kuvat</title>"
    );
    if let Some(folder) = std::env::args().nth(1) {
        for sheet in ["base", "colours", "noste-theme", "noste-more"] {
            println!("<link rel=\"stylesheet\" href=\"{folder}/{sheet}.css\">");
        }
    }
    println!(
        "<body data-size=\"sm\"><main class=\"n-main\"><div class=\"n-cols\" data-wide-end><div>"
    );
    show(&series("a", &["Havaintoja"]).draw()?, "");
    show(
        &series("b", &["Jyväskylä", "Jämsä", "Äänekoski", "Laukaa"]).draw()?,
        "",
    );
    let years: Vec<At> = (2019..2025)
        .map(|year| At {
            short: year.to_string(),
            long: year.to_string(),
        })
        .collect();
    let panels = lines(&[
        "Jyväskylä",
        "Jämsä",
        "Äänekoski",
        "Laukaa",
        "Keuruu",
        "Saarijärvi",
        "Viitasaari",
    ])
    .into_iter()
    .map(|mut line| {
        line.values.truncate(6);
        line
    });
    let multiples = Multiples {
        heading: heading("c", "Havaintoja vuosittain", "Eniten Jyväskylässä."),
        times: years,
        panels: panels.collect(),
        panel_head: "Kunta".to_owned(),
        numbers: FI,
        words: words(),
    };
    show(&multiples.draw()?, "");
    println!("</div><div class=\"n-aside\">");
    show(&county("d", "15").tiles()?, "");
    show(&county("e", "15").borders(&made_up_borders())?, "");
    for (id, code) in [
        ("f", "19"),
        ("g", "21"),
        ("h", "05"),
        ("i", "91"),
        ("j", "90"),
        ("k", "08"),
        ("l", "16"),
    ] {
        show(&county(id, code).tiles()?, "");
    }
    println!("</div></div></main></body></html>");
    Ok(())
}
