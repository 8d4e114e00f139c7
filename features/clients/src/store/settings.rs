//! What a county may decide about its clients: the bounds of each number.

use kernel::oid::Oid;

use super::ClientSettings;

/// A value that a county may not choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The key, as it stands in the configuration.
    pub key: &'static str,
    /// What is there.
    pub value: String,
    /// What may be there.
    pub may: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} is {}, but may be {}", self.key, self.value, self.may)
    }
}

/// The fault of a number outside its bounds.
///
/// # Errors
/// When it is outside.
pub fn within(key: &'static str, value: i64, least: i64, most: i64) -> Result<(), Fault> {
    if (least..=most).contains(&value) {
        return Ok(());
    }
    Err(Fault {
        key,
        value: value.to_string(),
        may: format!("{least}-{most}"),
    })
}

impl ClientSettings {
    /// Checks that every value is one that a county may choose: a mistake of the file must not switch a limit off.
    ///
    /// # Errors
    /// The first value that is not.
    pub fn check(&self) -> Result<(), Fault> {
        if Oid::parse(&self.organisation).is_err() {
            return Err(Fault {
                key: "organisation",
                value: format!("\"{}\"", self.organisation),
                may: "an OID such as \"1.2.246.10.12345678\"".to_owned(),
            });
        }
        for (key, value, least, most) in [
            (
                "identifier_branch",
                i64::from(self.identifier_branch),
                1,
                999_999,
            ),
            ("tail_days", self.tail_days, 0, 90),
            ("recorder_days", self.recorder_days, 1, 30),
            ("searches_an_hour", self.searches_an_hour, 1, 1_000),
            ("searches_a_day", self.searches_a_day, 1, 5_000),
            (
                "name_searches_an_hour",
                self.name_searches_an_hour,
                1,
                1_000,
            ),
            ("searches_in_vain", self.searches_in_vain, 1, 100),
            ("pause_minutes", self.pause_minutes, 1, 1_440),
            ("exceptional_hours", self.exceptional_hours, 1, 24),
            (
                "review_working_days",
                i64::from(self.review_working_days),
                1,
                20,
            ),
            ("escalation_days", self.escalation_days, 1, 60),
            // A merge can be undone for 90 days at least: the right to merge asks it (row AD-09).
            ("merge_days", self.merge_days, 90, 365),
            ("watch_night_from", self.watch_night_from, 0, 23),
            ("watch_night_until", self.watch_night_until, 0, 23),
            ("watch_one_house", self.watch_one_house, 2, 100),
        ] {
            within(key, value, least, most)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_house_begins_with_is_within_bounds() {
        assert_eq!(ClientSettings::default().check(), Ok(()));
    }

    #[test]
    fn a_value_out_of_bounds_is_named_with_its_bounds() {
        type Change = fn(&mut ClientSettings);
        let cases: [(Change, &str); 5] = [
            (|all| all.tail_days = 91, "tail_days is 91, but may be 0-90"),
            (|all| all.searches_an_hour = 0, "searches_an_hour is 0"),
            (|all| all.exceptional_hours = -4, "exceptional_hours is -4"),
            (|all| all.merge_days = 30, "merge_days is 30, but may be 90"),
            (|all| all.organisation = "keski".to_owned(), "\"keski\""),
        ];
        for (change, said) in cases {
            let mut all = ClientSettings::default();
            change(&mut all);
            let fault = all.check().map_err(|fault| fault.to_string());
            assert!(
                fault.clone().is_err_and(|fault| fault.contains(said)),
                "{fault:?}"
            );
        }
    }
}
