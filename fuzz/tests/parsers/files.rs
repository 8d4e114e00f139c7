//! Files of rows and settings that are imported, and answers of other services in small.

use fuzz::{Target, kind, outcome};
use kernel::chance::Chance;
use kernel::identity_code::IdentityCode;
use kernel::time::Date;

use crate::{pick, repeated, text, told};

fn clients_csv(input: &[u8]) -> u64 {
    match casework::import::read(input) {
        Ok((rows, refusals)) => {
            let first = refusals
                .first()
                .map(|refusal| kind(&format!("{refusal:?}")));
            outcome((rows.len().min(3), refusals.len().min(3), first))
        }
        Err(error) => kind(&format!("{error:?}")),
    }
}

fn figures_csv(input: &[u8]) -> u64 {
    match statistics::import::read(&text(input), "fuzz", None) {
        Ok(_) => 1,
        Err(refusals) => outcome((
            refusals.len().min(3),
            refusals.first().map(|one| kind(&format!("{one:?}"))),
        )),
    }
}

/// The input as it is, and under the heading that every file must have.
fn register_csv(input: &[u8]) -> u64 {
    let key = identity::IdentityKey::new([5; 32]);
    let text = text(input);
    let read = |text: &str| {
        identity::facts::register::read(text, &key)
            .map(|entries| {
                let drops = entries.iter().filter(|one| one.right.drops_code).count();
                (entries.len().min(6), drops.min(3))
            })
            .map_err(|bad| (bad.column, bad.line.min(5)))
    };
    let columns = identity::facts::register::COLUMNS;
    outcome((read(&text), read(&format!("{columns}\n{text}"))))
}

fn artificial(number: usize) -> String {
    let born = Date::constant(1990, 1 + (number % 12) as i8, 1 + (number % 28) as i8);
    let code = IdentityCode::artificial(born, (number / 28 % 100) as u16);
    code.map_or_else(String::new, |code| code.expose().to_owned())
}

fn register_line(code: &str, chance: &dyn Chance) -> String {
    const DAYS: [&str; 6] = [
        "2020-01-01",
        "2026-12-31",
        "",
        "31.12.2026",
        "2026-02-30",
        "0000-00-00",
    ];
    const FLAGS: [&str; 5] = ["", "0", "1", "2", "true"];
    let kinds = [
        "social_worker",
        "social_counsellor",
        "health_professional",
        "",
        "boss",
    ];
    [
        code,
        pick(chance, &kinds),
        pick(chance, &["12345678901", "", "ä"]),
        pick(chance, &DAYS[..2 + chance.below(5) as usize]),
        pick(chance, &DAYS),
        pick(chance, &["", "Saa toimia vain toisen valvonnassa"]),
        pick(chance, &FLAGS[..3 + chance.below(3) as usize]),
        pick(chance, &FLAGS[..3]),
    ]
    .join(pick(chance, &[";", "; ", " ;"]))
}

fn made_register(chance: &dyn Chance) -> Vec<u8> {
    let lines: Vec<String> = (0..chance.below(6))
        .map(|_| register_line(&artificial(chance.below(2_000) as usize), chance))
        .collect();
    lines
        .join(pick(chance, &["\n", "\r\n", "\n\n"]))
        .into_bytes()
}

fn register_of_many(length: usize) -> Vec<u8> {
    let mut file = String::new();
    let mut number = 0;
    while file.len() < length {
        file.push_str(&artificial(number));
        file.push_str(";social_worker;12345678901;2020-01-01;;;0;0\n");
        number += 1;
    }
    file.into_bytes()
}

fn sotkanet(input: &[u8]) -> u64 {
    let text = text(input);
    outcome((
        told(opendata::sotkanet::read_csv(&text)),
        told(opendata::sotkanet::read_indicators(&text)),
        told(opendata::sotkanet::read_indicator(&text, 127)),
        told(opendata::sotkanet::read_regions(&text)),
    ))
}

fn thl(input: &[u8]) -> u64 {
    told(opendata::thl::read_dimensions(&text(input)))
}

fn questions_toml(input: &[u8]) -> u64 {
    told(statistics::ask::Questions::read(&text(input)))
}

pub const TARGETS: &[Target] = &[
    Target::new(
        "clients_csv",
        clients_csv,
        &[
            ",",
            ";",
            "\"",
            "\n",
            "client_id",
            "identity_code",
            "birth_date",
            "131052-908P",
            "1980-05-04",
            "4.5.1980",
        ],
    )
    .growing(&[
        ("many clients", |length| {
            let row = |number: usize| format!("{number},,1980-05-04,Testinen,Aino{number}\n");
            let mut file =
                "client_id,identity_code,birth_date,family_name,given_names\n".to_owned();
            for number in 0.. {
                if file.len() >= length {
                    break;
                }
                file.push_str(&row(number));
            }
            file.into_bytes()
        }),
        ("the same client again and again", |length| {
            repeated(
                length,
                "client_id,identity_code,birth_date,family_name,given_names\n",
                "1,131052-908P,,Testinen,Aino\n",
                "",
            )
        }),
    ]),
    Target::new(
        "figures_csv",
        figures_csv,
        &[
            ",",
            ";",
            "\"",
            "\n",
            "source",
            "indicator",
            "year",
            "gender",
            "2024",
            "total",
        ],
    )
    .growing(&[
        ("many years", |length| {
            let mut file =
                "source,indicator,category,code,year,gender,value,title,unit\n".to_owned();
            for number in 0.. {
                if file.len() >= length {
                    break;
                }
                let year = 1990 + number % 37;
                file.push_str(&format!(
                    "own,i{},KUNTA,179,{year},total,{number},Luku,kpl\n",
                    number / 37
                ));
            }
            file.into_bytes()
        }),
        ("Sotkanet's own", |length| {
            repeated(
                length,
                "indicator;region;year;gender;primary value;absolute value\n",
                "127;69;2009;total;2406;\n",
                "",
            )
        }),
    ]),
    Target::new(
        "register_csv",
        register_csv,
        &[";", "\n", "social_worker", "2026-01-01", "131052-908P"],
    )
    .made(made_register)
    .growing(&[("many lines", register_of_many)]),
    Target::new(
        "sotkanet",
        sotkanet,
        &[
            ";",
            "\n",
            "indicator",
            "region",
            "year",
            "gender",
            "absolute.value",
            "primary.value",
            "{\"id\":",
            "\"title\":{\"fi\":\"",
            "total",
        ],
    ),
    Target::new(
        "thl",
        thl,
        &[
            "thl.pivot.loadDimensions(",
            ");",
            "\"children\":[",
            "\"stage\":",
            "\"sid\":",
            "\"label\":{\"fi\":",
        ],
    ),
    Target::new(
        "questions_toml",
        questions_toml,
        &[
            "[[",
            "]]",
            " = ",
            "\"",
            "\n",
            "[",
            "]",
            "true",
            "2026-01-01",
        ],
    )
    .growing(&[("many tables", |length| {
        repeated(length, "", "[[question]]\nname = \"a\"\n", "")
    })]),
];
