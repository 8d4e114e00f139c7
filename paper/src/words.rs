//! The few words that a report says by itself. They are the same on the page and on paper, and belong to no
//! feature, so they stand here and not in a feature's messages.

use kernel::{language::Language, time::Date};

/// Words of one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Before the number of a table: "Taulukko".
    pub table: &'static str,
    /// Before the number of a figure: "Kuvio".
    pub figure: &'static str,
    /// Opens the table of a figure on a page.
    pub as_table: &'static str,
    /// Heads the tables of figures at the end of a printed report.
    pub numbers: &'static str,
    /// Before the address where a figure's table is on paper: "Luvut:".
    pub see: &'static str,
    pub summary: &'static str,
    pub contents: &'static str,
    pub issuer: &'static str,
    pub date: &'static str,
    pub version: &'static str,
    pub address: &'static str,
    /// Before a page's number, for those who hear it.
    pub page: &'static str,
    /// Heads what must be known to read the report right.
    pub note: &'static str,
}

const FI: Words = Words {
    table: "Taulukko",
    figure: "Kuvio",
    as_table: "Näytä taulukkona",
    numbers: "Kuvioiden luvut",
    see: "Luvut taulukkona sivulla",
    summary: "Tiivistelmä",
    contents: "Sisällys",
    issuer: "Julkaisija",
    date: "Päivätty",
    version: "Versio",
    address: "Osoite",
    page: "Sivu",
    note: "Huomaa",
};

const EASY: Words = Words {
    summary: "Lyhyesti",
    issuer: "Tekijä",
    date: "Päivä",
    numbers: "Kuvien luvut",
    figure: "Kuva",
    ..FI
};

const SV: Words = Words {
    table: "Tabell",
    figure: "Figur",
    as_table: "Visa som tabell",
    numbers: "Figurernas siffror",
    see: "Siffrorna i tabell på sidan",
    summary: "Sammandrag",
    contents: "Innehåll",
    issuer: "Utgivare",
    date: "Daterad",
    version: "Version",
    address: "Adress",
    page: "Sida",
    note: "Obs.",
};

const EN: Words = Words {
    table: "Table",
    figure: "Figure",
    as_table: "Show as a table",
    numbers: "Figures in numbers",
    see: "The numbers in a table on page",
    summary: "Summary",
    contents: "Contents",
    issuer: "Published by",
    date: "Date",
    version: "Version",
    address: "Address",
    page: "Page",
    note: "Note",
};

impl Words {
    pub const fn of(language: Language) -> &'static Self {
        match language {
            Language::Fi => &FI,
            Language::Easy => &EASY,
            Language::Sv => &SV,
            Language::En => &EN,
        }
    }
}

const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub(crate) fn date(language: Language, date: Date) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    match language {
        Language::En => {
            let name = MONTHS_EN[usize::try_from(month - 1).unwrap_or(0)];
            format!("{day}\u{a0}{name} {year}")
        }
        Language::Fi | Language::Sv | Language::Easy => format!("{day}.{month}.{year}"),
    }
}
