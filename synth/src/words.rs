//! What made-up people say: written for this county, by hand, in three languages.

use intake::domain::urgency::Signs;
use intake::domain::{Theme, Wish};
use kernel::chance::Chance;

use crate::people::pick;

/// Something somebody says.
#[derive(Debug, Clone)]
pub struct Words {
    pub language: String,
    pub theme: Option<Theme>,
    pub signs: Signs,
    pub title: String,
    pub words: String,
}

/// Reads the texts.
pub fn load() -> Result<Vec<Words>, csv::Error> {
    csv::Reader::from_reader(include_str!("../data/words.csv").as_bytes())
        .records()
        .map(|record| {
            let record = record?;
            let field = |index: usize| record.get(index).unwrap_or_default();
            let yes = |index: usize| field(index) == "1";
            Ok(Words {
                language: field(0).to_owned(),
                theme: Theme::from_code(field(1)),
                signs: Signs {
                    wish: Wish::from_code(field(2)),
                    danger: yes(3),
                    necessities: yes(4),
                    housing_risk: yes(5),
                    child_in_household: yes(6),
                },
                title: field(7).to_owned(),
                words: field(8).to_owned(),
            })
        })
        .collect()
}

impl Words {
    /// The words with a sum and a place in them.
    pub fn said(&self, chance: &dyn Chance, municipality: &str) -> String {
        let amount = (8 + chance.below(60)) * 50;
        let place =
            kernel::place::municipality(municipality).map_or("täällä", |one| one.name_fi);
        self.words
            .replace("{amount}", &amount.to_string())
            .replace("{municipality}", place)
    }
}

/// One of the texts in the person's language; Finnish for other languages, through an interpreter.
pub fn choose<'a>(chance: &dyn Chance, all: &'a [Words], language: &str) -> &'a Words {
    let language = if matches!(language, "sv" | "en") {
        language
    } else {
        "fi"
    };
    let own: Vec<&Words> = all
        .iter()
        .filter(|words| words.language == language)
        .collect();
    let chosen: &&Words = pick(chance, &own);
    chosen
}

/// Advice given: asked, advised, next.
pub const ADVICE: [(&str, &str, &str); 8] = [
    (
        "Miten toimeentulotukea haetaan Kelasta?",
        "Käytiin hakemus läpi puhelimessa ja katsottiin, mitä liitteitä tarvitaan.",
        "Lähettää hakemuksen tänään itse. Soittaa, jos tulee lisäselvityspyyntö.",
    ),
    (
        "Voiko vuokravakuuteen saada apua?",
        "Kerrottiin Kelan vuokravakuudesta ja siitä, milloin hakemus kannattaa tehdä.",
        "Hakee vakuutta, kun vuokrasopimus on sovittu.",
    ),
    (
        "Missä voi syödä edullisesti lähiaikoina?",
        "Katsottiin yhdessä ruoka-avun paikat ja yhteisölounaat.",
        "Menee torstain lounaalle. Kerrottiin, että voi tulla myös juttelemaan.",
    ),
    (
        "Mihin otetaan yhteyttä, kun läheinen juo?",
        "Kerrottiin päihdepalveluista ja läheisten ryhmästä.",
        "Miettii ja soittaa itse. Ovi jää auki.",
    ),
    (
        "Kuinka kauan päätöstä voi odottaa?",
        "Selitettiin määräaika ja katsottiin, milloin hakemus oli tullut.",
        "Odottaa perjantaihin ja ottaa sitten yhteyttä.",
    ),
    (
        "Voiko työpajalle mennä tutustumaan?",
        "Kerrottiin työpajoista ja sovittiin, kenelle voi soittaa.",
        "Työpajan ohjaaja soittaa hänelle ensi viikolla.",
    ),
    (
        "Vad ska jag göra när hyran inte räcker?",
        "Vi gick igenom bostadsbidraget och vem som kan hjälpa med en plan.",
        "Ringer själv FPA i dag och återkommer vid behov.",
    ),
    (
        "Miten digituen saa?",
        "Kerrottiin kirjaston digituesta ja luettiin yhdessä yksi viesti.",
        "Käy kirjastossa maanantaina.",
    ),
];
