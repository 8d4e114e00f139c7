//! The example report. Its figures are made up.

use charts::map::CountyMap;
use charts::multiples::Multiples;
use charts::series::{At, Line, Note, Series};
use charts::{Heading, Id, Numbers, Picture, Scale, Trouble, Value};
use kernel::{language::Language, place, time::Date};
use paper::{Block, Cell, Paper, Table};

const NUMBERS: Numbers = Numbers::whole(Language::Fi);
const MONTHS: [u32; 24] = [
    21, 24, 22, 19, 23, 26, 28, 31, 27, 30, 34, 33, 36, 38, 35, 32, 37, 41, 44, 43, 47, 52, 49, 55,
];
/// Text that would be markup of typst, JSON, XML or PDF.
pub const HOSTILE: &str = r##"#panic("a") $x^2$ [b] \ `c` */ /* // <d> @e *f* _g_ = h - i + j "k" 'l' {m} ~ -- --- &amp; %n (o) \u{1F}"##;

pub fn report(kind: &str) -> Result<Paper, Trouble> {
    let language = Language::from_code(kind).unwrap_or_default();
    if kind == "hostile" {
        return Ok(hostile());
    }
    Ok(Paper {
        title: "Yksin asuvien häätöuhka Keski-Suomessa".to_owned(),
        language,
        summary: Some(
            "Yksin asuvien häätöuhkaa koskevat havainnot ovat yli kaksinkertaistuneet kahdessa vuodessa. Eniten niitä on \
             Jyväskylässä ja Äänekoskella, mutta kasvu näkyy myös pienissä kunnissa.\n\nSosiaalityö ehdottaa kolmea \
             muutosta. Niistä yksi on jo hyväksytty ja yksi odottaa vastausta."
                .to_owned(),
        ),
        issuer: "Keski-Suomen hyvinvointialue".to_owned(),
        date: Date::constant(2026, 11, 3),
        address: Some("https://noste.example.fi/publications/haatouhka-2026".to_owned()),
        version: Some("2".to_owned()),
        blocks: blocks()?,
    })
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading {
        level,
        text: text.to_owned(),
    }
}

fn words(text: &str) -> Block {
    Block::Text(text.to_owned())
}

fn figure(picture: &Picture, title: &str, description: &str, note: Option<&str>) -> Block {
    Block::Figure {
        svg: picture.markup(),
        title: title.to_owned(),
        description: description.to_owned(),
        table: Table {
            caption: picture.table.caption.clone(),
            head: picture.table.head.clone(),
            rows: picture.table.rows.iter().map(|row| cells(row)).collect(),
            note: note.map(str::to_owned),
        },
    }
}

fn cells(row: &[String]) -> Vec<Cell> {
    row.iter()
        .enumerate()
        .map(|(column, text)| {
            if column == 0 {
                Cell::head(text)
            } else {
                Cell::number(text)
            }
        })
        .collect()
}

fn blocks() -> Result<Vec<Block>, Trouble> {
    Ok(vec![
        heading(2, "Mitä on havaittu"),
        words(
            "Vuosina 2024–2026 kirjattiin 827 havaintoa, jotka koskevat yksin asuvan vaaraa menettää asuntonsa \
             vuokravelan takia. Havainnon on voinut tehdä ammattilainen, kumppani, asiakas tai asukas. Sama ilmiö \
             toistuu: velka kasvaa ensimmäisestä erääntyneestä laskusta häätöhakemukseen keskimäärin neljässä \
             kuukaudessa, eikä kukaan ota ihmiseen yhteyttä sinä aikana.",
        ),
        figure(
            &months("a", &["Havaintoja"]).draw()?,
            "Havaintoja kuukaudessa",
            "Määrä kasvoi 21:stä 55:een. Vaalea alue kertoo satunnaisvaihtelun, 90 prosenttia.",
            None,
        ),
        heading(3, "Missä kunnissa"),
        words(
            "Havaintoja kymmentätuhatta asukasta kohti on eniten Jyväskylässä. Pienten kuntien lukuja ei näytetä, kun \
             havaintoja on alle viisi.",
        ),
        figure(
            &county("b").tiles()?,
            "Havaintoja 10 000 asukasta kohti kunnittain",
            "Eniten Jyväskylässä 34 ja Äänekoskella 31. Kuuden kunnan lukua ei näytetä.",
            Some("Alle viiden havainnon lukuja ei näytetä tietosuojan vuoksi."),
        ),
        figure(
            &months("c", &["Jyväskylä", "Jämsä", "Äänekoski", "Laukaa"]).draw()?,
            "Neljä suurinta kuntaa",
            "Jyväskylän luku kasvoi eniten. Aukko on kuukausi, jonka lukua ei näytetä tai tiedetä.",
            None,
        ),
        figure(
            &years("d").draw()?,
            "Havaintoja vuosittain kunnissa",
            "Kaikilla pienillä kuvilla on sama asteikko.",
            None,
        ),
        heading(3, "Keitä ilmiö koskee"),
        Block::Table(people()),
        heading(2, "Mitä asiakkaat kertovat"),
        Block::Quote {
            text: "Kukaan ei soittanut. Kirjeitä tuli, mutta en avannut niitä, kun tiesin jo mitä niissä lukee.".to_owned(),
            source: Some("Kehittäjäasiakas, kahvila Jämsässä 12.3.2026".to_owned()),
        },
        words("Kehittäjäasiakkaiden ryhmä luki luonnoksen ja nosti esiin kolme asiaa:"),
        Block::List {
            ordered: false,
            items: [
                "Yhteydenotto puhelimella tai käymällä ennen kirjettä.",
                "Yksi ihminen, joka tuntee asian alusta loppuun, myös silloin kun asuminen, velat ja terveys ovat eri \
                 palveluissa ja kukin niistä pyytää samat tiedot uudelleen.",
                "Maksusuunnitelma, jonka voi oikeasti maksaa.",
            ]
            .map(str::to_owned)
            .to_vec(),
        },
        heading(2, "Ehdotukset ja vastaukset"),
        Block::Table(proposals()),
        heading(3, "Mitä seurataan"),
        Block::List {
            ordered: true,
            items: [
                "Häätöhakemukset yksin asuvilta (ulosotto), vuosittain.",
                "Asumisneuvonnan ensikontakti vuokravelan toisesta erästä, päivinä.",
            ]
            .map(str::to_owned)
            .to_vec(),
        },
        heading(2, "Kunnat kuukausittain"),
        Block::Table(monthly()),
        heading(2, "Tietoa raportista"),
        Block::Facts(vec![
            ("Aineisto".to_owned(), "827 havaintoa, 3/2024–2/2026".to_owned()),
            ("Laatija".to_owned(), "Rakenteellisen sosiaalityön ryhmä".to_owned()),
            ("Tarkastettu".to_owned(), "Kahden henkilön hyväksyntä 2.11.2026".to_owned()),
        ]),
        Block::Note(
            "Havainnot eivät ole tilasto kaikista häätöuhista: ne kertovat, mitä työssä on nähty. Yhtäkään ihmistä ei voi \
             tunnistaa luvuista."
                .to_owned(),
        ),
        Block::Link {
            text: "Ilmiön sivu ja kaikki sen ehdotukset".to_owned(),
            href: "/phenomena/haatouhka".to_owned(),
        },
        Block::Link {
            text: "Sotkanet: yhden hengen asuntokunnat".to_owned(),
            href: "https://sotkanet.fi/".to_owned(),
        },
    ])
}

fn chart_words() -> charts::Words {
    charts::Words {
        missing: "ei tietoa".to_owned(),
        hidden: "alle 5, ei näytetä".to_owned(),
    }
}

fn chart_heading(id: &str, title: &str, description: &str) -> Heading {
    Heading {
        id: Id::new(id).expect("the ids are good"),
        title: title.to_owned(),
        description: description.to_owned(),
    }
}

fn months(id: &str, names: &[&str]) -> Series {
    let times = (0..MONTHS.len()).map(|at| {
        let short = format!("{}/{}", (at + 2) % 12 + 1, 2024 + (at + 2) / 12);
        At {
            long: short.clone(),
            short,
        }
    });
    let band = |figure: &u32| {
        let figure = f64::from(*figure);
        Some((figure - 1.6 * figure.sqrt(), figure + 1.6 * figure.sqrt()))
    };
    Series {
        heading: chart_heading(id, "Havaintoja kuukaudessa", "Määrä kasvoi 21:stä 55:een."),
        times: times.collect(),
        lines: lines(names),
        band: if names.len() == 1 {
            MONTHS.iter().map(band).collect()
        } else {
            Vec::new()
        },
        notes: vec![Note {
            at: 13,
            text: "Ehdotus 1 kunnille".to_owned(),
        }],
        time_head: "Kuukausi".to_owned(),
        numbers: NUMBERS,
        words: chart_words(),
    }
}

/// Lines with some figures hidden and some missing.
fn lines(names: &[&str]) -> Vec<Line> {
    let line = |(index, name): (usize, &&str)| Line {
        name: (*name).to_owned(),
        values: MONTHS
            .iter()
            .enumerate()
            .map(|(at, figure)| match (at + index * 5) % 11 {
                7 => Value::Hidden,
                9 if index > 1 => Value::Missing,
                _ => Value::Known(
                    f64::from(*figure) / f64::from(u32::try_from(index + 1).unwrap_or(1)),
                ),
            })
            .collect(),
    };
    names.iter().enumerate().map(line).collect()
}

fn years(id: &str) -> Multiples {
    let panels = lines(&[
        "Jyväskylä",
        "Jämsä",
        "Äänekoski",
        "Laukaa",
        "Keuruu",
        "Saarijärvi",
        "Viitasaari",
    ]);
    Multiples {
        heading: chart_heading(id, "Havaintoja vuosittain kunnissa", "Eniten Jyväskylässä."),
        times: (2019..2027)
            .map(|year| At {
                short: year.to_string(),
                long: year.to_string(),
            })
            .collect(),
        panels: panels
            .into_iter()
            .map(|mut line| {
                line.values.truncate(8);
                line
            })
            .collect(),
        panel_head: "Kunta".to_owned(),
        numbers: NUMBERS,
        words: chart_words(),
    }
}

fn county(id: &str) -> CountyMap {
    CountyMap {
        heading: chart_heading(
            id,
            "Havaintoja kunnittain",
            "Eniten Jyväskylässä ja Äänekoskella.",
        ),
        county: "15".to_owned(),
        values: place::municipalities_of("15")
            .iter()
            .enumerate()
            .map(|(index, one)| {
                let value = match index % 7 {
                    3 => Value::Hidden,
                    6 if index > 10 => Value::Missing,
                    _ => Value::Known(f64::from(u32::try_from(index * 13 % 37).unwrap_or(0))),
                };
                (one.code.to_owned(), value)
            })
            .collect(),
        scale: Scale::new(&[0.0, 10.0, 15.0, 25.0], NUMBERS, "{0} tai yli").expect("good bounds"),
        place_head: "Kunta".to_owned(),
        value_head: "Havaintoja".to_owned(),
        words: chart_words(),
    }
}

fn people() -> Table {
    let row = |name: &str, figures: [&str; 4]| {
        std::iter::once(Cell::head(name))
            .chain(figures.map(Cell::number))
            .collect()
    };
    Table {
        caption: "Havainnot iän ja sukupuolen mukaan".to_owned(),
        head: ["Ikä", "Naiset", "Miehet", "Yhteensä", "Osuus, %"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            row("18–24", ["61", "88", "149", "18,0"]),
            row("25–39", ["112", "176", "288", "34,8"]),
            row("40–64", ["124", "201", "325", "39,3"]),
            row("65 tai yli", ["alle 5", "alle 65", "65", "7,9"]),
        ],
        note: Some(
            "Lähde: sosiaalityön havainnot 3/2024–2/2026. Alle viiden lukuja ei näytetä."
                .to_owned(),
        ),
    }
}

fn proposals() -> Table {
    let row = |cells: [&str; 4]| {
        cells
            .iter()
            .enumerate()
            .map(|(at, text)| {
                if at == 0 {
                    Cell::head(*text)
                } else {
                    Cell::text(*text)
                }
            })
            .collect()
    };
    Table {
        caption: "Ehdotukset, vastaanottajat ja vastaukset".to_owned(),
        head: ["Ehdotus", "Vastaanottaja", "Viimeistään", "Vastaus"]
            .map(str::to_owned)
            .to_vec(),
        rows: vec![
            row([
                "Ilmoitus vuokravelasta asumisneuvontaan toisesta erästä alkaen",
                "Kuntien vuokrataloyhtiöt",
                "30.5.2025",
                "Hyväksytty: viisi seitsemästä yhtiöstä aloitti 1.9.2025",
            ]),
            row([
                "Yhteinen asumisneuvoja Äänekoskelle ja Laukaalle",
                "Äänekosken kaupunki",
                "31.1.2026",
                "Osittain: puolikas virka 2026, arvio syksyllä",
            ]),
            row([
                "Perusosan alentamisesta tieto samana päivänä",
                "Kela, läntinen",
                "16.3.2026",
                "Odottaa vastausta",
            ]),
        ],
        note: None,
    }
}

fn monthly() -> Table {
    let mut head = vec!["Kunta".to_owned()];
    head.extend((1..=12).map(|month| format!("{month}/2025")));
    head.push("Yhteensä".to_owned());
    let rows = place::municipalities_of("15")
        .into_iter()
        .enumerate()
        .map(|(at, one)| {
            let mut row = vec![Cell::head(one.name(Language::Fi))];
            row.extend((0..13).map(|month| match (at * 7 + month * 3) % 9 {
                0 => Cell::number("alle 5"),
                other => Cell::number((other * 7 + at).to_string()),
            }));
            row
        });
    Table {
        caption: "Havainnot kunnittain ja kuukausittain vuonna 2025".to_owned(),
        rows: rows.collect(),
        head,
        note: Some("Alle viiden lukuja ei näytetä.".to_owned()),
    }
}

/// The same words everywhere.
fn hostile() -> Paper {
    let own = || HOSTILE.to_owned();
    let table = Table {
        caption: own(),
        head: vec![own(), own()],
        rows: vec![vec![Cell::head(HOSTILE), Cell::number(HOSTILE)]],
        note: Some(own()),
    };
    Paper {
        title: own(),
        language: Language::En,
        summary: Some(own()),
        issuer: own(),
        date: Date::constant(2026, 11, 3),
        address: Some(own()),
        version: Some(own()),
        blocks: vec![
            heading(2, HOSTILE),
            words(HOSTILE),
            Block::List {
                ordered: false,
                items: vec![own(), own()],
            },
            Block::Facts(vec![(own(), own())]),
            Block::Quote {
                text: own(),
                source: Some(own()),
            },
            Block::Table(table.clone()),
            Block::Figure {
                svg: "<svg viewBox=\"0 0 560 20\"><path d=\"M0 0H560\"/></svg>".to_owned(),
                title: own(),
                description: own(),
                table,
            },
            Block::Note(own()),
            Block::Link {
                text: own(),
                href: "https://example.org/#$[`*/".to_owned(),
            },
        ],
    }
}
