//! What an assessment must hold before it is finished (SHL 37 §, 42 § 1, 44 §; 703/2023 42 §).

use clients::ClientId;
use documents::Fields;

use super::parts::{Area, END, own_part};

/// Something that is missing, and the part where it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    pub part: String,
    /// The message `assessment-missing-<code>`.
    pub code: &'static str,
}

/// Everything that is missing, in the order of the parts. `part` gives the fields of a part.
pub fn missing<'a>(
    clients: &[ClientId],
    part: impl Fn(&str) -> Option<&'a Fields>,
) -> Vec<Missing> {
    let none = Fields::default();
    let mut found = Vec::new();
    let mut miss = |part: &str, code| {
        found.push(Missing {
            part: part.to_owned(),
            code,
        });
    };
    for client in clients {
        let code = own_part(*client);
        let own = part(&code).unwrap_or(&none);
        // The client's own view, unless there is an obvious obstacle (37 § 3).
        if own.get("own").is_empty() && own.get("obstacle").is_empty() {
            miss(&code, "own");
        }
    }
    let areas = part(super::parts::AREAS).unwrap_or(&none);
    let opened = Area::opened(areas);
    if opened.is_empty() {
        miss(super::parts::AREAS, "areas");
    }
    for area in opened {
        let fields = part(area.code()).unwrap_or(&none);
        if fields.get("need").is_empty() {
            miss(area.code(), "need");
        }
        // Whoever cares for a child: her situation is checked (44 §).
        let children = fields.get("children");
        if area == Area::Relations
            && (children == "unknown"
                || children.is_empty()
                || (children == "concern" && fields.get("children_words").is_empty()))
        {
            miss(area.code(), "children");
        }
    }
    let end = part(END).unwrap_or(&none);
    for (field, code) in [
        ("conclusions", "conclusions"),
        ("continues", "continues"),
        ("own_worker", "own-worker"),
        ("plan", "plan"),
    ] {
        if end.get(field).is_empty() {
            miss(END, code);
        }
    }
    if end.get("plan") == "no" && end.get("no_plan").is_empty() {
        miss(END, "no-plan");
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::parts::AREAS;
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().copied().collect()
    }

    fn codes(parts: &BTreeMap<String, Fields>) -> Vec<&'static str> {
        missing(&[ClientId::from_bytes([1; 16])], |code| parts.get(code))
            .into_iter()
            .map(|one| one.code)
            .collect()
    }

    #[test]
    fn each_thing_of_the_law_is_asked_for() {
        let client = ClientId::from_bytes([1; 16]);
        let mut parts = BTreeMap::new();
        assert_eq!(
            codes(&parts),
            [
                "own",
                "areas",
                "conclusions",
                "continues",
                "own-worker",
                "plan"
            ]
        );
        parts.insert(own_part(client), fields(&[("obstacle", "Ei puhu")]));
        parts.insert(
            AREAS.to_owned(),
            fields(&[("open", "housing"), ("open", "relations")]),
        );
        parts.insert(
            END.to_owned(),
            fields(&[
                ("conclusions", "Tarvitsee tukea"),
                ("continues", "yes"),
                ("own_worker", "yes"),
                ("plan", "no"),
            ]),
        );
        assert_eq!(codes(&parts), ["need", "need", "children", "no-plan"]);
        parts.insert("housing".to_owned(), fields(&[("need", "no")]));
        parts.insert(
            "relations".to_owned(),
            fields(&[("need", "yes"), ("children", "concern")]),
        );
        parts
            .get_mut(END)
            .unwrap()
            .set("no_plan", "Neuvonta riitti");
        assert_eq!(codes(&parts), ["children"], "a concern is told in words");
        parts
            .get_mut("relations")
            .unwrap()
            .set("children_words", "Ilmoitus tehty");
        assert_eq!(codes(&parts), [""; 0]);
    }
}
