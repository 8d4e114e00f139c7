//! What is asked in each part of an assessment. The parts and fields hold what structure 1012 asks of adult social work;
//! `needs-assessment.csv` of the room of documents tells which field of the structure is where.

mod owners;
mod tables;

use clients::ClientId;
use documents::{Body, Fields};
use kernel::coded;

pub use owners::Owners;
pub use tables::EXPERT;

use tables::{
    CONCLUSIONS, EARLIER, EVERYDAY, HEALTH, HOUSING, IMMIGRATION, INCLUSION, MONEY, OPEN, OWN,
    PLAIN, RELATIONS, STRENGTHS, WAY, WORK,
};

coded! {
    /// Areas of life, in the order in which they are offered: housing first. Only those that are needed are opened.
    Area {
        Housing = "housing",
        Everyday = "everyday",
        Money = "money",
        Health = "health",
        Substances = "substances",
        Work = "work",
        Relations = "relations",
        Safety = "safety",
        Inclusion = "inclusion",
        Authorities = "authorities",
        Immigration = "immigration",
    }
}

/// Codes of a choice with their common name: the messages are `assessment-<name>-<code>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Codes {
    pub name: &'static str,
    pub codes: &'static [&'static str],
}

/// How a field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Input {
    /// The client's own words.
    Own,
    Text,
    Line,
    YesNo,
    Day,
    One(Codes),
    Many(Codes),
}

/// A field: its label is the message `assessment-field-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub input: Input,
}

/// A part with its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PartSpec {
    pub code: &'static str,
    pub fields: &'static [Field],
}

/// Whether there is a need in an area, and of which nature (SHL 37 § 1).
pub const NEEDS: [&str; 5] = ["no", "yes", "temporary", "recurring", "long_term"];
/// Needs of support of SHL 11 § as classification 1282 codes them.
pub const SUPPORT_NEEDS: [&str; 12] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "99",
];
/// Services as structure 1012 codes them.
pub const SERVICES: [&str; 25] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17",
    "18", "19", "20", "21", "22", "23", "24", "99",
];
/// Authorities as structure 1012 codes them; the point is a hyphen in message keys.
pub const AUTHORITIES: [&str; 17] = [
    "1", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "2", "3", "4", "5", "6", "7", "8", "9", "10",
    "11",
];

const fn spec(code: &'static str, fields: &'static [Field]) -> PartSpec {
    PartSpec { code, fields }
}

/// Part of the areas that are opened, with the client's wish of where to begin.
pub const AREAS: &str = "areas";
/// Part of how the assessment is made.
pub const HOW: &str = "way";
/// Part of one's strengths and interests.
pub const STRENGTHS_PART: &str = "strengths";
/// Part of a client's own view: one part for each client.
const OWN_PART: &str = "own";
/// Parts that each client of a joint assessment has for herself: her health, work and strengths are not the other's. What is
/// shared, such as the home and the money, is told once.
const PERSONAL: [&str; 8] = [
    OWN_PART,
    STRENGTHS_PART,
    END,
    "health",
    "substances",
    "work",
    "safety",
    "immigration",
];
/// Beginning of the codes of experts' sections.
const EXPERT_PREFIX: &str = "expert-";
/// Part of the conclusions.
pub const END: &str = "conclusions";

/// Parts that every assessment has.
const COMMON: [PartSpec; 5] = [
    spec(HOW, WAY),
    spec(AREAS, OPEN),
    spec(STRENGTHS_PART, STRENGTHS),
    spec("earlier", EARLIER),
    spec(END, CONCLUSIONS),
];

impl Area {
    /// The area's part.
    pub const fn spec(self) -> PartSpec {
        let fields = match self {
            Self::Housing => HOUSING,
            Self::Everyday => EVERYDAY,
            Self::Money => MONEY,
            Self::Health => HEALTH,
            Self::Substances | Self::Safety | Self::Authorities => PLAIN,
            Self::Work => WORK,
            Self::Relations => RELATIONS,
            Self::Inclusion => INCLUSION,
            Self::Immigration => IMMIGRATION,
        };
        spec(self.code(), fields)
    }

    /// Areas that are opened, the one first with which the client wishes to begin.
    pub fn opened(areas: &Fields) -> Vec<Self> {
        let wish = Self::from_code(areas.get("wish")).filter(|area| areas.has("open", area.code()));
        let rest = Self::ALL
            .iter()
            .copied()
            .filter(|area| areas.has("open", area.code()) && Some(*area) != wish);
        wish.into_iter().chain(rest).collect()
    }
}

/// The code of a client's own view.
pub fn own_part(client: ClientId) -> String {
    format!("{OWN_PART}-{client}")
}

/// The part, and the one client whose own it is.
pub fn split(code: &str) -> (&str, Option<ClientId>) {
    let Some((part, client)) = code.split_once('-') else {
        return (code, None);
    };
    match client.parse() {
        Ok(client) if PERSONAL.contains(&part) => (part, Some(client)),
        _ => (code, None),
    }
}

/// The client whose own part it is.
pub fn own_client(code: &str) -> Option<ClientId> {
    split(code).1
}

/// The codes of a part in an assessment of these clients: one for each where it is personal and there are several. A common
/// text of an assessment that was begun before stays one: `written` tells what is there. Who had two records has what was
/// written under both.
pub fn codes_of(
    part: &str,
    clients: &[ClientId],
    owners: &Owners,
    written: impl Fn(&str) -> bool,
) -> Vec<String> {
    let each = || {
        clients.iter().flat_map(|client| {
            let mut codes: Vec<String> = owners.written(part, *client).cloned().collect();
            if codes.is_empty() {
                codes.push(format!("{part}-{client}"));
            }
            codes
        })
    };
    let several = clients.len() > 1
        || clients
            .iter()
            .any(|client| owners.written(part, *client).next().is_some());
    if part == OWN_PART || PERSONAL.contains(&part) && several && !written(part) {
        each().collect()
    } else {
        vec![part.to_owned()]
    }
}

/// The codes of the parts in the order in which they are written: how it is made, the own views, the areas that are opened,
/// strengths, what was before, conclusions.
pub fn order(
    clients: &[ClientId],
    areas: &Fields,
    owners: &Owners,
    written: impl Fn(&str) -> bool,
) -> Vec<String> {
    let opened = Area::opened(areas);
    [HOW, OWN_PART, AREAS]
        .into_iter()
        .chain(opened.iter().map(|area| area.code()))
        .chain([STRENGTHS_PART, "earlier", END])
        .flat_map(|part| codes_of(part, clients, owners, &written))
        .collect()
}

/// The code of an expert's section.
pub fn expert_part(section: super::SectionId) -> String {
    format!("{EXPERT_PREFIX}{section}")
}

/// The section that a part is.
pub fn expert_section(code: &str) -> Option<super::SectionId> {
    code.strip_prefix(EXPERT_PREFIX)?.parse().ok()
}

/// What the part of a code asks; `None` for a code that no part has.
pub fn of(code: &str) -> Option<PartSpec> {
    let (code, client) = split(code);
    if let Some(area) = Area::from_code(code) {
        return Some(area.spec());
    }
    if code == OWN_PART && client.is_some() {
        return Some(spec("own", OWN));
    }
    if expert_section(code).is_some() {
        return Some(spec("expert", EXPERT));
    }
    COMMON.into_iter().find(|part| part.code == code)
}

/// Every field of every part, for tests and the table of fields.
pub fn all() -> Vec<PartSpec> {
    let areas = Area::ALL.iter().map(|area| area.spec());
    COMMON
        .into_iter()
        .chain([spec("own", OWN), spec("expert", EXPERT)])
        .chain(areas)
        .collect()
}

/// The stage of home loss that a housing part tells.
pub fn eviction(housing: &Fields) -> super::Eviction {
    super::Eviction::from_code(housing.get("eviction")).unwrap_or(super::Eviction::None)
}

/// The texts of a document as a body; parts that only steer the pages stay, because a version is whole.
pub fn body<'a>(parts: impl IntoIterator<Item = (&'a str, &'a Fields)>) -> Body {
    let mut body = Body::default();
    for (code, fields) in parts {
        body.put(code, fields.clone());
    }
    body
}

#[cfg(test)]
mod tests;
