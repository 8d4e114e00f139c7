//! The parts of a plan and their fields: what is written besides goals and actions. Together they hold what SHL 39 § 2,
//! 703/2023 43 § and structure 15020 ask; `documents/types/client-plan.csv` says which field stands where.

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// One line.
    Line,
    /// Several lines.
    Text,
    /// The client's own words.
    Own,
    /// A day.
    Day,
    /// Yes, or nothing.
    Tick,
    /// Any of the codes.
    Codes(&'static [&'static str]),
    /// One of the codes.
    One(&'static [&'static str]),
}

/// A field of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Name in forms and versions, and the end of the message key `plan-field-<part>-<name>`.
    pub name: &'static str,
    pub input: Input,
    /// There is a hint under the label: `plan-hint-<part>-<name>`.
    pub hint: bool,
}

/// A part of the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartType {
    pub code: &'static str,
    /// In a joint plan each client has one of her own, which those see who may see her.
    pub own: bool,
    pub law: &'static str,
    pub fields: &'static [Field],
}

/// Codes of "palvelut joita asiakas tällä hetkellä saa" of structure 15020.
pub const CURRENT_SERVICES: [&str; 27] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "25", "26", "99",
];

/// Codes of "palvelu" of structure 15020.
pub const SERVICES: [&str; 25] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "99",
];

/// How long the client relation is thought to last.
pub const LENGTHS: [&str; 5] = ["month", "months", "half", "year", "long"];

const fn field(name: &'static str, input: Input) -> Field {
    Field {
        name,
        input,
        hint: false,
    }
}

const fn hinted(name: &'static str, input: Input) -> Field {
    Field {
        name,
        input,
        hint: true,
    }
}

/// Every part in its order on the page.
pub const PARTS: &[PartType] = &[
    PartType {
        code: "life",
        own: true,
        law: "SHL 39 § 2 mom. 1, 5 ja 10 k.",
        fields: &[
            hinted("own", Input::Own),
            field("situation", Input::Text),
            hinted("strengths", Input::Own),
            hinted("interests", Input::Own),
            hinted("week", Input::Text),
            field("surroundings", Input::Text),
        ],
    },
    PartType {
        code: "need",
        own: true,
        law: "SHL 39 § 2 mom. 1 ja 2 k.",
        fields: &[
            field("client", Input::Own),
            field("worker", Input::Text),
            hinted("proposal", Input::Own),
            field("current", Input::Codes(&CURRENT_SERVICES)),
            field("current_words", Input::Text),
        ],
    },
    PartType {
        code: "means",
        own: false,
        law: "SHL 39 § 2 mom. 3 ja 8 k.",
        fields: &[
            field("services", Input::Codes(&SERVICES)),
            field("services_words", Input::Text),
            hinted("start", Input::Line),
            field("methods", Input::Text),
            hinted("providers", Input::Text),
            hinted("people", Input::Text),
        ],
    },
    PartType {
        code: "together",
        own: false,
        law: "SHL 39 § 2 mom. 4 ja 7 k., 42 § 5 mom.",
        fields: &[
            hinted("rhythm", Input::Line),
            hinted("pace", Input::Line),
            hinted("fallback", Input::Text),
            field("length", Input::One(&LENGTHS)),
            field("length_words", Input::Line),
            hinted("end", Input::Text),
            field("next", Input::Text),
        ],
    },
    PartType {
        code: "sectors",
        own: true,
        law: "SHL 39 § 3 mom.",
        fields: &[
            field("consent", Input::One(&["yes", "no"])),
            hinted("consent_words", Input::Own),
            field("with", Input::Text),
        ],
    },
    PartType {
        code: "made",
        own: false,
        law: "SHL 39 § 1 mom., AsL 5 §",
        fields: &[
            field("day", Input::Day),
            field("place", Input::Line),
            field("people", Input::Line),
            field("explained", Input::Tick),
            field("explained_how", Input::Line),
            field("dissent", Input::Text),
            hinted("review_place", Input::Line),
            field("copies", Input::Line),
            field("more", Input::Text),
        ],
    },
];

/// Fields of a part for a special law or a partner.
pub const SECTION: PartType = PartType {
    code: "section",
    own: false,
    law: "SHL 39 § 3 mom.",
    fields: &[
        field("aims", Input::Text),
        field("means", Input::Text),
        field("responsible", Input::Line),
        field("review", Input::Line),
    ],
};

/// The part of a code.
pub fn part(code: &str) -> Option<&'static PartType> {
    PARTS.iter().find(|part| part.code == code)
}

impl PartType {
    /// The field of a name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_names_one_part_and_every_name_one_field() {
        for one in PARTS {
            assert_eq!(part(one.code), Some(one));
            for field in one.fields {
                assert_eq!(one.field(field.name), Some(field), "{}", field.name);
            }
        }
        assert_eq!(part("section"), None);
    }

    /// The table of structure 15020 names parts and fields that are here.
    #[test]
    fn the_table_of_national_fields_names_fields_that_exist() {
        let table = include_str!("../../../../documents/types/client-plan.csv");
        let mut named = 0;
        for line in table.lines().skip(1) {
            let place = line.split(',').nth(1).unwrap_or_default();
            for one in place.split("; ") {
                if let Some((code, name)) = one.split_once('.')
                    && let Some(part) = part(code)
                {
                    assert!(part.field(name).is_some(), "{one}");
                    named += 1;
                }
            }
        }
        assert!(named > 20, "{named}");
    }
}
