//! Made-up people: common names, municipalities by their real populations, phone numbers that belong
//! to nobody. No identity code is made where none is needed.

use kernel::chance::Chance;

use crate::places::weights;

/// A made-up person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub municipality: String,
    pub phone: String,
    pub language: &'static str,
}

const GIVEN: [&str; 64] = [
    "Aino", "Aleksi", "Anna", "Anneli", "Antti", "Arto", "Eeva", "Eila", "Elias", "Elina",
    "Emilia", "Emma", "Eero", "Hanna", "Hannu", "Heidi", "Heikki", "Helena", "Ida", "Ilkka",
    "Irma", "Jaakko", "Janne", "Jari", "Johanna", "Joonas", "Juha", "Jukka", "Kaarina", "Kaisa",
    "Kalle", "Kari", "Katri", "Kirsi", "Kyösti", "Laura", "Lauri", "Leena", "Liisa", "Maija",
    "Maria", "Marjatta", "Marko", "Matti", "Mika", "Mikko", "Minna", "Noora", "Olli", "Outi",
    "Päivi", "Pekka", "Pirjo", "Riikka", "Ritva", "Sami", "Sanna", "Sari", "Seppo", "Tapio",
    "Tarja", "Timo", "Tuula", "Ville",
];
const FAMILY: [&str; 72] = [
    "Aalto",
    "Aho",
    "Ahonen",
    "Anttila",
    "Eskola",
    "Halonen",
    "Hakala",
    "Hämäläinen",
    "Heikkinen",
    "Heino",
    "Heinonen",
    "Hiltunen",
    "Hirvonen",
    "Huttunen",
    "Hyvönen",
    "Häkkinen",
    "Jokinen",
    "Järvinen",
    "Kallio",
    "Karjalainen",
    "Kettunen",
    "Kinnunen",
    "Koivisto",
    "Kokkonen",
    "Koponen",
    "Korhonen",
    "Koskinen",
    "Kuusisto",
    "Laaksonen",
    "Lahtinen",
    "Laine",
    "Laitinen",
    "Lampinen",
    "Lehtinen",
    "Lehtonen",
    "Leinonen",
    "Leppänen",
    "Lindroos",
    "Manninen",
    "Mattila",
    "Miettinen",
    "Mustonen",
    "Mäkelä",
    "Mäkinen",
    "Nieminen",
    "Niskanen",
    "Nurmi",
    "Nykänen",
    "Oksanen",
    "Ojala",
    "Pasanen",
    "Peltonen",
    "Pitkänen",
    "Pulkkinen",
    "Puttonen",
    "Rantala",
    "Räsänen",
    "Rinne",
    "Ruotsalainen",
    "Saarinen",
    "Salminen",
    "Salo",
    "Savolainen",
    "Seppälä",
    "Sorsa",
    "Tikkanen",
    "Toivonen",
    "Tuominen",
    "Turunen",
    "Uusitalo",
    "Virtanen",
    "Väisänen",
];
const OTHER: [(&str, &str); 16] = [
    ("Fatima", "Hassan"),
    ("Mohammed", "Ali"),
    ("Olena", "Kovalenko"),
    ("Dmytro", "Shevchenko"),
    ("Natalia", "Ivanova"),
    ("Nguyen", "Thi Lan"),
    ("Amina", "Yusuf"),
    ("Sofia", "Lindqvist"),
    ("Erik", "Söderholm"),
    ("Ali", "Rezaei"),
    ("Maryam", "Ahmadi"),
    ("Kofi", "Mensah"),
    ("Ana-Maria", "Popescu"),
    ("Jean-Paul", "Nzeyimana"),
    ("Björn", "von Essen"),
    ("Åsa", "Öhman"),
];

/// Picks one of a list.
pub fn pick<'a, T>(chance: &dyn Chance, list: &'a [T]) -> &'a T {
    let index = usize::try_from(chance.below(list.len() as u64)).unwrap_or(0);
    &list[index]
}

/// True in so many cases of a hundred.
pub fn percent(chance: &dyn Chance, share: u64) -> bool {
    chance.below(100) < share
}

/// A name common in Finland.
pub fn name(chance: &dyn Chance) -> String {
    if percent(chance, 8) {
        let (given, family) = pick(chance, &OTHER);
        return format!("{given} {family}");
    }
    format!("{} {}", pick(chance, &GIVEN), pick(chance, &FAMILY))
}

/// People of the county's municipalities, in proportion to their populations in 2022.
pub fn make(chance: &dyn Chance, county: &str, count: u32) -> Vec<Person> {
    let weights = weights(county);
    let all: u64 = weights.iter().map(|(_, population)| population).sum();
    (0..count)
        .map(|_| {
            let mut place = chance.below(all.max(1));
            let municipality = weights
                .iter()
                .find(|(_, population)| {
                    let here = place < *population;
                    place = place.saturating_sub(*population);
                    here
                })
                .map_or_else(String::new, |(code, _)| (*code).to_owned());
            let language = match chance.below(100) {
                0..=87 => "fi",
                88..=90 => "sv",
                91..=95 => "en",
                _ => "other",
            };
            Person {
                name: name(chance),
                municipality,
                phone: phone(chance),
                language,
            }
        })
        .collect()
}

/// A number in a series that is kept for examples: 045 0000 xxx does not lead to anybody here.
fn phone(chance: &dyn Chance) -> String {
    format!("045 000 {:04}", chance.below(10_000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::chance::SeededChance;

    #[test]
    fn people_spread_by_population() {
        let people = make(&SeededChance::new(1), "15", 3_000);
        let share = |code: &str| {
            people.iter().filter(|one| one.municipality == code).count() * 100 / people.len()
        };
        // Jyväskylä has 144 473 of the county's 272 437 people (2022), Luhanka 699.
        assert!((49..=57).contains(&share("179")), "{}", share("179"));
        assert!(share("435") <= 1);
        assert!(people.iter().all(|one| !one.municipality.is_empty()));
    }

    #[test]
    fn the_same_seed_gives_the_same_people() {
        assert_eq!(
            make(&SeededChance::new(7), "15", 50),
            make(&SeededChance::new(7), "15", 50)
        );
    }
}
