//! What an assessment must hold before it is finished (SHL 37 §, 42 § 1, 44 §; 703/2023 42 §).

use clients::ClientId;
use documents::Fields;

use super::parts::{Area, END, Owners, codes_of};

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
    owners: &Owners,
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
        let codes = codes_of("own", &[*client], owners, |_| false);
        // The client's own view, unless there is an obvious obstacle (37 § 3).
        let told = codes
            .iter()
            .filter_map(|code| part(code))
            .any(|own| !own.get("own").is_empty() || !own.get("obstacle").is_empty());
        if let Some(code) = codes.first().filter(|_| !told) {
            miss(code, "own");
        }
    }
    let areas = part(super::parts::AREAS).unwrap_or(&none);
    let opened = Area::opened(areas);
    if opened.is_empty() {
        miss(super::parts::AREAS, "areas");
    }
    let written = |code: &str| part(code).is_some_and(|fields| !fields.is_empty());
    for (area, code) in opened.into_iter().flat_map(|area| {
        let codes = codes_of(area.code(), clients, owners, written);
        codes.into_iter().map(move |code| (area, code))
    }) {
        let fields = part(&code).unwrap_or(&none);
        if fields.get("need").is_empty() {
            miss(&code, "need");
        }
        // Whoever cares for a child: her situation is checked (44 §).
        let children = fields.get("children");
        if area == Area::Relations
            && (children == "unknown"
                || children.is_empty()
                || (children == "concern" && fields.get("children_words").is_empty()))
        {
            miss(&code, "children");
        }
    }
    for here in codes_of(END, clients, owners, written) {
        let end = part(&here).unwrap_or(&none);
        for (field, code) in [
            ("conclusions", "conclusions"),
            ("continues", "continues"),
            ("own_worker", "own-worker"),
            ("plan", "plan"),
        ] {
            if end.get(field).is_empty() {
                miss(&here, code);
            }
        }
        if end.get("plan") == "no" && end.get("no_plan").is_empty() {
            miss(&here, "no-plan");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::parts::{AREAS, own_part};
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().copied().collect()
    }

    fn codes(parts: &BTreeMap<String, Fields>) -> Vec<&'static str> {
        missing(
            &[ClientId::from_bytes([1; 16])],
            &Owners::default(),
            |code| parts.get(code),
        )
        .into_iter()
        .map(|one| one.code)
        .collect()
    }

    #[test]
    fn in_a_joint_assessment_each_has_her_own_conclusions() {
        let clients = [1, 2].map(|no| ClientId::from_bytes([no; 16]));
        let mut parts = BTreeMap::new();
        parts.insert(
            AREAS.to_owned(),
            fields(&[("open", "housing"), ("open", "work")]),
        );
        let count = |parts: &BTreeMap<String, Fields>, code: &str| {
            missing(&clients, &Owners::default(), |code| parts.get(code))
                .iter()
                .filter(|one| one.code == code)
                .count()
        };
        assert_eq!(count(&parts, "need"), 3, "one home, the work of each");
        assert_eq!(count(&parts, "conclusions"), 2);
        let of = |part: &str, no: usize| format!("{part}-{}", clients[no]);
        parts.insert(of(END, 0), fields(&[("conclusions", "Tarvitsee tukea")]));
        parts.insert(of("work", 1), fields(&[("need", "no")]));
        assert_eq!(
            (count(&parts, "conclusions"), count(&parts, "need")),
            (1, 2)
        );
        // A common text that was written before stands for both.
        parts.insert(
            END.to_owned(),
            fields(&[("conclusions", "Tarvitsevat tukea")]),
        );
        assert_eq!(count(&parts, "conclusions"), 0);
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
