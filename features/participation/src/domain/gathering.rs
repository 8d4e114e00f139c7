//! A gathering: people met, and what came of it. Numbers, never names.

use kernel::language::Language;
use kernel::time::Date;
use reporting::domain::{LONGEST, LONGEST_NAME, LONGEST_PROPOSAL, Theme, check_text};

use super::{Kind, PartError, Reward, Wrong};

/// Most people of one gathering: a slip of the finger is more.
pub const MOST_PEOPLE: u32 = 10_000;
/// Longest hours, in characters.
pub const LONGEST_HOURS: usize = 40;

/// The plan of a gathering after the guide of client evaluation (Sokra): eight questions, any of which may wait.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    pub what: String,
    pub many: String,
    pub how: String,
    pub when: String,
    pub collects: String,
    pub sums_up: String,
    pub results: String,
    pub told: String,
}

impl Plan {
    /// The fields with their names, in the order of the guide.
    pub fn fields(&self) -> [(&'static str, &str); 8] {
        [
            ("plan_what", &self.what),
            ("plan_many", &self.many),
            ("plan_how", &self.how),
            ("plan_when", &self.when),
            ("plan_collects", &self.collects),
            ("plan_sums_up", &self.sums_up),
            ("plan_results", &self.results),
            ("plan_told", &self.told),
        ]
    }

    fn each(&mut self) -> [(&'static str, &mut String); 8] {
        [
            ("plan_what", &mut self.what),
            ("plan_many", &mut self.many),
            ("plan_how", &mut self.how),
            ("plan_when", &mut self.when),
            ("plan_collects", &mut self.collects),
            ("plan_sums_up", &mut self.sums_up),
            ("plan_results", &mut self.results),
            ("plan_told", &mut self.told),
        ]
    }
}

/// A gathering as it is planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    pub kind: Kind,
    pub title: String,
    pub language: Language,
    pub place: String,
    /// A municipality's code; the whole county without.
    pub municipality: Option<String>,
    pub held_on: Date,
    /// As it is told; may be empty.
    pub hours: String,
    /// Anybody may come, so the public list tells of it.
    pub is_open: bool,
    /// In which role somebody holds it, never a name.
    pub held_by: String,
    pub themes: Vec<Theme>,
    pub plan: Plan,
}

impl Planned {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`PartError::Field`] with the first that is wrong.
    pub fn checked(mut self) -> Result<Self, PartError> {
        for (field, text, most, needed) in [
            ("title", &mut self.title, LONGEST_NAME, true),
            ("place", &mut self.place, LONGEST_NAME, true),
            ("hours", &mut self.hours, LONGEST_HOURS, false),
            ("held_by", &mut self.held_by, LONGEST_NAME, true),
        ] {
            checked(field, text, most, needed)?;
        }
        for (field, text) in self.plan.each() {
            checked(field, text, LONGEST_PROPOSAL, false)?;
        }
        self.themes.sort_unstable();
        self.themes.dedup();
        if self.themes.is_empty() {
            return Err(PartError::Field("theme", Wrong::Missing));
        }
        let is_code = |code: &String| code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        if self.municipality.as_ref().is_some_and(|one| !is_code(one)) {
            return Err(PartError::Field("municipality", Wrong::Choice));
        }
        Ok(self)
    }
}

/// What came of a gathering.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    pub people: u32,
    /// Of them experts by experience.
    pub experts: u32,
    /// Of them developer clients.
    pub developers: u32,
    pub reward: Option<Reward>,
    pub notes: String,
    pub outcome: String,
}

impl Outcome {
    /// Checks the fields; texts come out trimmed.
    ///
    /// # Errors
    /// [`PartError::Field`] with the first that is wrong.
    pub fn checked(mut self) -> Result<Self, PartError> {
        if self.people > MOST_PEOPLE {
            return Err(PartError::Field("people", Wrong::Number));
        }
        if self.experts > self.people {
            return Err(PartError::Field("experts", Wrong::TooMany));
        }
        if self.experts.saturating_add(self.developers) > self.people {
            return Err(PartError::Field("developers", Wrong::TooMany));
        }
        checked("notes", &mut self.notes, LONGEST, false)?;
        checked("outcome", &mut self.outcome, LONGEST_PROPOSAL, true)?;
        Ok(self)
    }
}

/// Trims a text and checks it.
///
/// # Errors
/// [`PartError::Field`] with the field's name.
pub fn checked(
    field: &'static str,
    text: &mut String,
    most: usize,
    needed: bool,
) -> Result<(), PartError> {
    *text = text.trim().to_owned();
    Ok(check_text(field, text, most, needed)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn housing() -> Theme {
        Theme::from_code("asuminen").expect("a code")
    }

    fn planned() -> Planned {
        Planned {
            kind: Kind::Cafe,
            title: " Keskustelukahvila ".to_owned(),
            language: Language::Fi,
            place: "Pääkirjasto".to_owned(),
            municipality: Some("179".to_owned()),
            held_on: Date::constant(2026, 5, 4),
            hours: "13-15".to_owned(),
            is_open: true,
            held_by: "sosiaaliohjaaja".to_owned(),
            themes: vec![housing(), housing()],
            plan: Plan::default(),
        }
    }

    fn wrong<T: std::fmt::Debug>(result: Result<T, PartError>) -> (&'static str, Wrong) {
        match result {
            Err(PartError::Field(field, wrong)) => (field, wrong),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_plan_is_refused_at_the_field_that_is_wrong() {
        let good = planned().checked().expect("right");
        assert_eq!(good.title, "Keskustelukahvila");
        assert_eq!(good.themes, [housing()]);
        type Spoil = fn(&mut Planned);
        let cases: [(Spoil, &str, Wrong); 7] = [
            (|p| p.title = "  ".to_owned(), "title", Wrong::Missing),
            (|p| p.place = String::new(), "place", Wrong::Missing),
            (|p| p.hours = "x".repeat(41), "hours", Wrong::Long),
            (
                |p| p.held_by = "010594Y9032".to_owned(),
                "held_by",
                Wrong::Person,
            ),
            (|p| p.themes.clear(), "theme", Wrong::Missing),
            (
                |p| p.municipality = Some("17a".to_owned()),
                "municipality",
                Wrong::Choice,
            ),
            (
                |p| p.plan.told = "hetu 010594Y9032".to_owned(),
                "plan_told",
                Wrong::Person,
            ),
        ];
        for (spoil, field, told) in cases {
            let mut one = planned();
            spoil(&mut one);
            assert_eq!(wrong(one.checked()), (field, told));
        }
    }

    #[test]
    fn experts_and_developers_are_among_those_who_came() {
        let result = |people, experts, developers| Outcome {
            people,
            experts,
            developers,
            reward: None,
            notes: String::new(),
            outcome: "Kolme ehdotusta".to_owned(),
        };
        for (people, experts, developers, told) in [
            (8, 2, 6, None),
            (8, 9, 0, Some(("experts", Wrong::TooMany))),
            (8, 2, 7, Some(("developers", Wrong::TooMany))),
            (8, 0, u32::MAX, Some(("developers", Wrong::TooMany))),
            (MOST_PEOPLE + 1, 0, 0, Some(("people", Wrong::Number))),
            (0, 0, 0, None),
        ] {
            let checked = result(people, experts, developers).checked();
            match told {
                None => assert!(checked.is_ok(), "{people} {experts} {developers}"),
                Some(told) => assert_eq!(wrong(checked), told),
            }
        }
        let bare = Outcome {
            outcome: " ".to_owned(),
            ..result(1, 0, 0)
        };
        assert_eq!(wrong(bare.checked()), ("outcome", Wrong::Missing));
    }
}
