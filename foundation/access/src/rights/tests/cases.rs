//! The worked cases: those of the domain and the product's own, each with the conditions and bars
//! that its situation gives.

use std::collections::BTreeMap;

use kernel::time::Date;

use crate::explain::{Asked, explain};
use crate::rights::RightsTable;

const TODAY: Date = Date::constant(2026, 3, 12);

/// A worked case as its file has it.
struct Case {
    id: String,
    role: String,
    qualification: String,
    relation: String,
    class: String,
    service_task: String,
    action: String,
    answer: String,
    rule: String,
}

impl Case {
    fn all(text: &str) -> Vec<Self> {
        csv::Reader::from_reader(text.as_bytes())
            .records()
            .map(|record| {
                let record = record.expect("a case");
                let field = |index: usize| record[index].to_owned();
                Self {
                    id: field(0),
                    role: field(2),
                    qualification: field(3),
                    relation: field(4),
                    class: field(6),
                    service_task: field(7),
                    action: field(8),
                    answer: field(9),
                    rule: field(10),
                }
            })
            .collect()
    }

    fn domain() -> Vec<Self> {
        Self::all(include_str!("../../../data/rights_cases.csv"))
    }

    fn own() -> Vec<Self> {
        Self::all(include_str!("../../../data/cases.csv"))
    }

    /// What the table says when `given` holds; the first line alone.
    fn ask(&self, given: &[String]) -> String {
        let asked = Asked {
            roles: vec![self.role.clone()],
            qualifications: vec![self.qualification.clone()],
            service_task: self.service_task.clone(),
            relations: vec![self.relation.clone()],
            class: self.class.clone(),
            action: self.action.clone(),
            given: given.to_vec(),
            on: None,
            verbose: false,
        };
        let lines = explain(RightsTable::built_in(), &asked, TODAY)
            .unwrap_or_else(|unknown| panic!("{}: {unknown}", self.id));
        lines.lines().next().unwrap_or_default().to_owned()
    }

    fn answer(&self) -> String {
        format!("{} {}", self.answer, self.rule)
    }

    /// Every condition of the row that answers, without the one that failed; a bar as itself.
    fn conditions(&self) -> Vec<String> {
        if self.rule.starts_with('B') && self.answer == "deny" {
            return vec![self.rule.clone()];
        }
        let (row, failing) = self.rule.split_once(':').unwrap_or((&self.rule, ""));
        RightsTable::built_in()
            .rows()
            .iter()
            .filter(|known| known.id == row)
            .flat_map(|row| row.tokens())
            .filter(|token| *token != failing)
            .map(str::to_owned)
            .collect()
    }
}

/// The conditions and bars that hold in each situation.
fn facts() -> BTreeMap<String, Vec<String>> {
    csv::Reader::from_reader(include_str!("../../../data/case_facts.csv").as_bytes())
        .records()
        .map(|record| {
            let record = record.expect("facts of a case");
            let holds = record[1].split(';').map(str::to_owned).collect();
            (record[0].to_owned(), holds)
        })
        .collect()
}

#[test]
fn the_domains_cases_are_answered_from_their_situations() {
    let facts = facts();
    let cases = Case::domain();
    assert_eq!(cases.len(), 111);
    for case in &cases {
        let given = facts.get(&case.id).cloned().unwrap_or_default();
        assert_eq!(
            case.ask(&given),
            case.answer(),
            "{} given {given:?}",
            case.id
        );
    }
}

/// Whoever gives the conditions of the row named in the answer, without the one that failed, gets it.
#[test]
fn every_case_is_answered_from_the_conditions_of_its_rule() {
    for case in Case::domain().iter().chain(&Case::own()) {
        let given = case.conditions();
        assert_eq!(
            case.ask(&given),
            case.answer(),
            "{} given {given:?}",
            case.id
        );
    }
}

/// A row of the product's own stands with an example that it allows, so that a reviewer sees what it
/// is for.
#[test]
fn every_own_row_has_a_case_that_it_allows() {
    let own = Case::own();
    let without: Vec<&str> = RightsTable::built_in()
        .rows()
        .iter()
        .map(|row| row.id.as_str())
        .filter(|id| id.starts_with("N-"))
        .filter(|id| {
            !own.iter()
                .any(|case| case.answer == "allow" && case.rule == *id)
        })
        .collect();
    assert!(without.is_empty(), "no case in data/cases.csv: {without:?}");
}

#[test]
fn cases_and_facts_name_what_exists() {
    let (domain, own) = (Case::domain(), Case::own());
    let ids: Vec<&str> = domain
        .iter()
        .chain(&own)
        .map(|case| case.id.as_str())
        .collect();
    for (at, id) in ids.iter().enumerate() {
        assert!(!ids[..at].contains(id), "{id} stands twice");
    }
    for id in facts().keys() {
        assert!(ids.contains(&id.as_str()), "facts of an unknown case {id}");
    }
}
