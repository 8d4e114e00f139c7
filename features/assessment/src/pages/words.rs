//! The words of parts, fields and codes, so that every page says a thing in the same way.

use casework::pages::{capital, word};
use clients::ClientId;
use documents::Fields;
use kernel::time::Date;
use web::{Choice, Texts};

use crate::domain::parts::{self, Codes, Field, Input, PartSpec};
use crate::domain::sections::{ExpertGround, PartnerGround, Who};
use crate::domain::{Area, Eviction};
use crate::store::sections::Section;
use crate::store::view::View;

/// Something that is written, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub label: String,
    pub text: String,
    /// The client's own words.
    pub own: bool,
    /// Longer than a line: stands under its label.
    pub long: bool,
}

/// The name of a field.
pub fn label(t: &Texts, name: &str) -> String {
    word(t, "assessment-field", name)
}

/// The word of a code of a choice.
fn code_word(t: &Texts, codes: Codes, code: &str) -> String {
    let family = format!("assessment-{}", codes.name);
    word(t, &family, &code.replace('.', "-"))
}

/// What to choose from.
pub fn choices(t: &Texts, codes: Codes) -> Vec<Choice> {
    let choice = |code: &&str| Choice::new(*code, capital(&code_word(t, codes, code)));
    codes.codes.iter().map(choice).collect()
}

/// Yes and no.
pub fn yes_no(t: &Texts) -> Vec<Choice> {
    ["yes", "no"]
        .map(|code| Choice::new(code, word(t, "assessment-answer", code)))
        .to_vec()
}

/// A day that is kept as text, as people write it.
pub fn written(iso: &str) -> String {
    iso.parse::<Date>().map_or_else(
        |_| iso.to_owned(),
        |on| format!("{}.{}.{}", on.day(), on.month(), on.year()),
    )
}

/// What a field holds, in words; empty when nothing is written.
pub fn value(t: &Texts, field: &Field, fields: &Fields) -> String {
    let held = fields.get(field.name);
    if held.is_empty() {
        return String::new();
    }
    match field.input {
        Input::Own | Input::Text | Input::Line => held.to_owned(),
        Input::YesNo => word(t, "assessment-answer", held),
        Input::Day => written(held),
        Input::One(codes) => capital(&code_word(t, codes, held)),
        Input::Many(codes) => {
            let all: Vec<_> = fields
                .all(field.name)
                .iter()
                .map(|code| code_word(t, codes, code))
                .collect();
            capital(&all.join(", "))
        }
    }
}

/// What is written in a part, field by field.
pub fn told(t: &Texts, spec: PartSpec, fields: &Fields) -> Vec<Told> {
    spec.fields
        .iter()
        .filter_map(|field| {
            let text = value(t, field, fields);
            (!text.is_empty()).then(|| Told {
                label: label(t, field.name),
                own: field.input == Input::Own,
                long: matches!(field.input, Input::Own | Input::Text),
                text,
            })
        })
        .collect()
}

/// The name of an area.
pub fn area(t: &Texts, area: Area) -> String {
    capital(&word(t, "assessment-area", area.code()))
}

/// How far the loss of the home has come.
pub fn eviction(t: &Texts, stage: Eviction) -> String {
    capital(&word(t, "assessment-eviction", stage.code()))
}

/// The name of a part. `clients` names those whose own view a part may be.
pub fn part(t: &Texts, code: &str, clients: &[(ClientId, String)], sections: &[Section]) -> String {
    let (part, client) = parts::split(code);
    let name = clients.iter().find(|(id, _)| Some(*id) == client);
    if part == "own" && client.is_some() {
        return match name {
            Some((_, name)) if clients.len() > 1 => {
                t.with("assessment-part-own-of", &[("name", name.as_str().into())])
            }
            _ => t.get("assessment-part-own"),
        };
    }
    if client.is_some() {
        let heading = self::part(t, part, clients, sections);
        return name.map_or(heading.clone(), |(_, name)| format!("{heading}: {name}"));
    }
    if let Some(one) = Area::from_code(code) {
        return area(t, one);
    }
    if let Some(id) = parts::expert_section(code) {
        let found = sections.iter().find(|one| one.id == id);
        return found.map_or_else(|| t.get("assessment-part-expert"), |one| section(t, one));
    }
    word(t, "assessment-part", code)
}

/// The name of a part of an assessment: of a joined record's part as of hers who remains.
pub fn part_of(t: &Texts, code: &str, view: &View) -> String {
    let code = match view.owners.of(code) {
        Some(client) => format!("{}-{client}", parts::split(code).0),
        None => code.to_owned(),
    };
    part(t, &code, &view.clients, &view.sections)
}

/// What a section is called: whose expertise, and who.
pub fn section(t: &Texts, section: &Section) -> String {
    let kind = capital(&word(t, "assessment-expert", section.kind.code()));
    format!("{kind}: {}", section.name)
}

/// On what ground a partner was asked.
pub fn ground(t: &Texts, section: &Section) -> String {
    match &section.who {
        Who::Expert(_) => section.permit.as_ref().map_or_else(String::new, |permit| {
            let ground = word(t, "assessment-permit", permit.ground.code());
            format!("{}: {}", capital(&ground), permit.words)
        }),
        Who::Partner {
            ground,
            ground_words,
            ..
        } => {
            let ground = capital(&word(t, "assessment-ground", ground.code()));
            if ground_words.is_empty() {
                ground
            } else {
                format!("{ground}: {ground_words}")
            }
        }
    }
}

/// Grounds of a health expert to choose from.
pub fn permits(t: &Texts) -> Vec<Choice> {
    ExpertGround::ALL
        .iter()
        .map(|one| {
            Choice::new(
                one.code(),
                capital(&word(t, "assessment-permit", one.code())),
            )
        })
        .collect()
}

/// Grounds to choose from.
pub fn grounds(t: &Texts) -> Vec<Choice> {
    PartnerGround::ALL
        .iter()
        .map(|one| {
            Choice::new(
                one.code(),
                capital(&word(t, "assessment-ground", one.code())),
            )
        })
        .collect()
}
