//! The text of a note in parts: what is common to all its clients, and what concerns one of them alone. Whoever may not
//! see a client gets neither her part nor a step that is hers (bar B13), because both stand in her part.

use std::collections::BTreeMap;

use clients::ClientId;
use documents::{Body, Fields, Part};
use identity::people::StaffId;

/// The part that concerns every client of the note.
pub const COMMON: &str = "common";
/// Steps that one note may agree on.
pub const LINES: usize = 3;
const CLIENT: &str = "client-";
/// Fields of a step, without the number of its line.
const STEP: [&str; 4] = ["next", "who", "who_name", "by"];

/// The code of the part of one client.
pub fn part_of(client: ClientId) -> String {
    format!("{CLIENT}{client}")
}

/// Whose part a code is; `None` for the common one.
pub fn client_of(code: &str) -> Option<ClientId> {
    code.strip_prefix(CLIENT)?.parse().ok()
}

/// Who does a step: exactly one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    Worker(StaffId),
    Client(ClientId),
    /// A partner by name.
    Other(String),
}

impl Owner {
    /// Reads the choice of a form and the name beside it.
    pub fn read(choice: &str, name: &str) -> Option<Self> {
        match choice.split_once(':') {
            Some(("staff", id)) => id.parse().ok().map(Self::Worker),
            Some(("client", id)) => id.parse().ok().map(Self::Client),
            _ if choice == "other" && !name.trim().is_empty() => Some(Self::Other(
                name.split_whitespace().collect::<Vec<_>>().join(" "),
            )),
            _ => None,
        }
    }
}

/// A step as it was written, checked or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// From 1.
    pub no: usize,
    pub next: String,
    pub who: String,
    pub who_name: String,
    pub by: String,
}

impl Line {
    /// Whether anything is written.
    pub fn is_empty(&self) -> bool {
        self.next.is_empty() && self.by.is_empty() && self.who_name.is_empty()
    }

    /// Who does it, when that was chosen.
    pub fn owner(&self) -> Option<Owner> {
        Owner::read(&self.who, &self.who_name)
    }

    fn of(fields: &Fields, no: usize) -> Self {
        let get = |name: &str| fields.get(&format!("{name}-{no}")).to_owned();
        Self {
            no,
            next: get("next"),
            who: get("who"),
            who_name: get("who_name"),
            by: get("by"),
        }
    }

    /// The part in which it stands: a step of a client stands in hers.
    fn part(&self) -> String {
        match self.owner() {
            Some(Owner::Client(client)) => part_of(client),
            _ => COMMON.to_owned(),
        }
    }
}

/// A note as it is written: fields by part.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written(pub BTreeMap<String, Fields>);

impl Written {
    /// What a form holds: `fields` gives every pair of it. Parts of clients who are not chosen are left out.
    pub fn of_form<'f>(
        fields: impl Iterator<Item = (&'f str, &'f str)>,
        clients: &[ClientId],
    ) -> Self {
        let mut own: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        let mut steps = Fields::default();
        for (name, value) in fields {
            if is_step(name) {
                steps.set(name, value);
                continue;
            }
            let (part, field) = match name.strip_prefix("body-") {
                Some(id) => match id.parse::<ClientId>() {
                    Ok(client) if clients.contains(&client) => (part_of(client), "body"),
                    _ => continue,
                },
                None if is_common(name) => (COMMON.to_owned(), name),
                None => continue,
            };
            own.entry(part)
                .or_default()
                .entry(field.to_owned())
                .or_default()
                .push(value.to_owned());
        }
        let mut written = Self::default();
        for (part, fields) in own {
            let mut kept = Fields::default();
            for (name, values) in fields {
                kept.set_all(&name, values);
            }
            written.0.insert(part, kept);
        }
        written.put_lines((1..=LINES).map(|no| Line::of(&steps, no)), clients);
        // Every chosen client and the common part are told, so that what was taken away goes.
        written.0.entry(COMMON.to_owned()).or_default();
        for client in clients {
            written.0.entry(part_of(*client)).or_default();
        }
        written
    }

    /// Without the fields of other kinds than the one chosen.
    #[must_use]
    pub fn only_of(mut self, what: super::What) -> Self {
        if let Some(common) = self.0.get_mut(COMMON) {
            for extra in super::EXTRAS
                .iter()
                .filter(|extra| !extra.of.contains(&what))
            {
                common.0.remove(extra.name);
            }
        }
        self
    }

    fn put_lines(&mut self, lines: impl Iterator<Item = Line>, clients: &[ClientId]) {
        for line in lines.filter(|line| !line.is_empty()) {
            let part = match line.owner() {
                Some(Owner::Client(client)) if !clients.contains(&client) => COMMON.to_owned(),
                _ => line.part(),
            };
            let fields = self.0.entry(part).or_default();
            for (name, value) in STEP
                .iter()
                .zip([&line.next, &line.who, &line.who_name, &line.by])
            {
                fields.set(&format!("{name}-{}", line.no), value.clone());
            }
        }
    }

    /// The working text.
    pub fn of_parts(parts: &[Part]) -> Self {
        Self(
            parts
                .iter()
                .map(|part| (part.code.clone(), part.fields.clone()))
                .collect(),
        )
    }

    /// A finished version.
    pub fn of_body(body: Body) -> Self {
        Self(body.0)
    }

    /// What is finished.
    pub fn body(&self) -> Body {
        let mut body = Body::default();
        for (code, fields) in &self.0 {
            body.put(code.clone(), fields.clone());
        }
        body
    }

    /// What a reader gets who may see these clients of the note.
    #[must_use]
    pub fn seen_by(self, clients: &[ClientId]) -> Self {
        self.stored_for(&super::Owners::default(), clients)
    }

    /// A field of the common part.
    pub fn common(&self, name: &str) -> &str {
        self.0.get(COMMON).map_or("", |fields| fields.get(name))
    }

    /// What the note is about besides a goal, as the choices of the form.
    pub fn chosen_links(&self) -> Vec<String> {
        self.0
            .get(COMMON)
            .map_or_else(Vec::new, |fields| fields.all("link").to_vec())
    }

    /// What concerns one client alone.
    pub fn own(&self, client: ClientId) -> &str {
        self.0
            .get(&part_of(client))
            .map_or("", |fields| fields.get("body"))
    }

    /// The steps, in their order.
    pub fn lines(&self) -> Vec<Line> {
        let mut lines: Vec<Line> = self
            .0
            .values()
            .flat_map(|fields| (1..=LINES).map(|no| Line::of(fields, no)))
            .filter(|line| !line.is_empty())
            .collect();
        lines.sort_by_key(|line| line.no);
        lines
    }

    /// Whether something happened that is told of, to all or to somebody.
    pub fn has_body(&self) -> bool {
        self.0.values().any(|fields| !fields.get("body").is_empty())
    }

    /// What one client's history holds of it: never another client's part.
    pub fn text_for(&self, client: ClientId) -> String {
        let own = self.clone().seen_by(&[client]);
        let mut texts = vec![own.common("body").to_owned(), own.own(client).to_owned()];
        for name in [
            "place",
            "participants",
            "asked",
            "source",
            "receiver",
            "opinion",
        ] {
            texts.push(own.common(name).to_owned());
        }
        texts.extend(own.lines().into_iter().map(|line| line.next));
        texts.retain(|text| !text.is_empty());
        texts.join("\n")
    }
}

fn is_step(name: &str) -> bool {
    name.rsplit_once('-').is_some_and(|(field, no)| {
        STEP.contains(&field)
            && no
                .parse::<usize>()
                .is_ok_and(|no| (1..=LINES).contains(&no))
    })
}

fn is_common(name: &str) -> bool {
    matches!(name, "what" | "when" | "goal" | "body" | "done" | "link")
        || super::EXTRAS.iter().any(|extra| extra.name == name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn client(no: u8) -> ClientId {
        ClientId::from_bytes([no; 16])
    }

    #[test]
    fn a_step_of_a_client_stands_in_her_part() {
        let (anna, pekka) = (client(1), client(2));
        let who = format!("client:{anna}");
        let form = [
            ("what", "home"),
            ("body", "Käytiin läpi laskut"),
            ("next-1", "Toimita tiliote"),
            ("who-1", who.as_str()),
            ("by-1", "13.3.2026"),
            ("next-2", "Soita vuokranantajalle"),
            ("who-2", "other"),
            ("who_name-2", " Velka-  neuvoja "),
            ("by-2", "14.3.2026"),
            ("_token", "x"),
            ("next-9", "ei riviä"),
        ];
        let written = Written::of_form(form.into_iter(), &[anna, pekka]);
        assert_eq!(written.lines().len(), 2);
        let pekkas = written.clone().seen_by(&[pekka]);
        assert_eq!(pekkas.lines().len(), 1);
        assert_eq!(
            pekkas.lines()[0].owner(),
            Some(Owner::Other("Velka- neuvoja".to_owned()))
        );
        assert!(!pekkas.text_for(pekka).contains("tiliote"));
        assert!(written.text_for(anna).contains("tiliote"));
    }

    #[test]
    fn what_was_taken_away_goes() {
        let anna = client(1);
        let written = Written::of_form([("body", "")].into_iter(), &[anna]);
        assert_eq!(written.0.len(), 2);
        assert!(!written.has_body());
        assert_eq!(written.body(), Body::default());
    }

    /// Words by which a text is known again, whoever gets it.
    fn secret(no: u8) -> String {
        format!("salaisuus{no}sanoo")
    }

    proptest! {
        /// Nobody gets a word of the part of a client whom she may not see, nor a step of hers (B13).
        #[test]
        fn a_part_is_for_those_who_may_see_its_client(
            members in prop::collection::btree_set(1_u8..6, 1..5),
            seen in prop::collection::btree_set(1_u8..6, 0..5),
            steps in prop::collection::vec(1_u8..6, 0..=LINES),
        ) {
            let clients: Vec<ClientId> = members.iter().copied().map(client).collect();
            let mut form = vec![("body".to_owned(), "yhteinen".to_owned())];
            for no in &members {
                form.push((format!("body-{}", client(*no)), secret(*no)));
            }
            for (at, no) in steps.iter().enumerate().filter(|(_, no)| members.contains(no)) {
                form.push((format!("next-{}", at + 1), format!("{} tekee", secret(*no))));
                form.push((format!("who-{}", at + 1), format!("client:{}", client(*no))));
            }
            let written = Written::of_form(
                form.iter().map(|(name, value)| (name.as_str(), value.as_str())),
                &clients,
            );
            let may: Vec<ClientId> = seen.iter().copied().map(client).collect();
            let got = format!("{:?}", written.clone().seen_by(&may));
            for no in &members {
                prop_assert_eq!(got.contains(&secret(*no)), seen.contains(no));
                prop_assert_eq!(got.contains(&client(*no).to_string()), seen.contains(no));
                let history = written.text_for(client(*no));
                for other in members.iter().filter(|other| *other != no) {
                    prop_assert!(!history.contains(&secret(*other)));
                }
            }
            prop_assert!(got.contains("yhteinen"));
        }
    }
}
