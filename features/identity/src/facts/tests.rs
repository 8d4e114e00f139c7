//! The subject that facts make, by cases.

use super::*;
use kernel::time::{Time, moment};

const TODAY: Date = Date::constant(2026, 3, 12);

fn noon() -> Timestamp {
    moment(TODAY, Time::constant(12, 0, 0, 0))
}

fn day_of(text: &str) -> Date {
    kernel::time::iso_date(text).unwrap()
}

fn job(kind: EmploymentKind) -> Fact {
    Fact::Employment {
        kind,
        begins_on: day_of("2020-01-01"),
        ends_at: None,
    }
}

fn right(kind: RightKind, until: &str, drops: bool) -> Fact {
    Fact::Right {
        kind,
        valid_from: day_of("2015-06-01"),
        valid_until: kernel::time::iso_date(until),
        drops,
        temporary: false,
    }
}

fn task(code: &str, from: &str, until: &str) -> Fact {
    Fact::Task {
        task: code.to_owned(),
        begins_on: day_of(from),
        ends_on: kernel::time::iso_date(until),
    }
}

fn qualifications(facts: Vec<Fact>) -> String {
    Standing(facts).subject(noon()).map_or_else(
        || "nobody".to_owned(),
        |subject| {
            subject
                .qualifications
                .into_iter()
                .collect::<Vec<_>>()
                .join(" ")
        },
    )
}

#[test]
fn qualifications_follow_rights_and_offices_in_force() {
    use EmploymentKind::{Contract, Hired, Placement, PublicOffice};
    use RightKind::{Geronomi, HealthProfessional, ProtectedTitle, SocialCounsellor, SocialWorker};
    let cases: [(&str, Vec<Fact>, &str); 14] = [
        (
            "no employment",
            vec![right(SocialWorker, "", false)],
            "nobody",
        ),
        (
            "office",
            vec![job(PublicOffice), right(SocialWorker, "", false)],
            "sw sw+office",
        ),
        (
            "contract",
            vec![job(Contract), right(SocialWorker, "", false)],
            "sw",
        ),
        (
            "hired",
            vec![job(Hired), right(SocialWorker, "", false)],
            "sw",
        ),
        ("placement", vec![job(Placement)], "other"),
        (
            "counsellor in office",
            vec![job(PublicOffice), right(SocialCounsellor, "", false)],
            "sc sc+office",
        ),
        (
            "geronomi",
            vec![job(Contract), right(Geronomi, "", false)],
            "sc",
        ),
        (
            "nurse in office",
            vec![job(PublicOffice), right(HealthProfessional, "", false)],
            "hp",
        ),
        (
            "a protected title alone",
            vec![job(PublicOffice), right(ProtectedTitle, "", false)],
            "other",
        ),
        (
            "last day of the right",
            vec![job(PublicOffice), right(SocialWorker, "2026-03-12", false)],
            "sw sw+office",
        ),
        (
            "the day after (B04)",
            vec![job(PublicOffice), right(SocialWorker, "2026-03-11", false)],
            "other",
        ),
        (
            "restricted (B04)",
            vec![job(PublicOffice), right(SocialWorker, "", true)],
            "other",
        ),
        (
            "restricted as one, whole as another",
            vec![
                job(PublicOffice),
                right(SocialWorker, "", true),
                right(SocialCounsellor, "", false),
            ],
            "sc sc+office",
        ),
        (
            "two employments, one in office",
            vec![
                job(Contract),
                job(PublicOffice),
                right(SocialWorker, "", false),
            ],
            "sw sw+office",
        ),
    ];
    for (what, facts, expected) in cases {
        assert_eq!(qualifications(facts), expected, "{what}");
    }
}

#[test]
fn an_employment_ends_at_its_minute() {
    let facts = |ends_at: Timestamp| {
        Standing(vec![Fact::Employment {
            kind: EmploymentKind::PublicOffice,
            begins_on: TODAY,
            ends_at: Some(ends_at),
        }])
    };
    let minute = kernel::time::SignedDuration::from_mins(1);
    assert!(facts(noon() + minute).subject(noon()).is_some());
    assert!(
        facts(noon()).subject(noon()).is_none(),
        "the end is the first moment not worked"
    );
    assert!(facts(noon() - minute).subject(noon()).is_none());
    let before = moment(day_of("2026-03-11"), Time::constant(23, 59, 0, 0));
    assert!(facts(noon()).subject(before).is_none(), "not begun");
}

#[test]
fn tasks_hold_between_their_days() {
    let standing = Standing(vec![
        job(EmploymentKind::Contract),
        task("arranging", "2026-01-01", ""),
        task("carrying_out", "2026-01-01", "2026-03-11"),
        task("duty_holder", "2026-03-13", ""),
        task("lead", "2026-03-12", "2026-03-12"),
    ]);
    let tasks = standing.subject(noon()).unwrap().tasks;
    let tasks: Vec<&str> = tasks.iter().map(String::as_str).collect();
    assert_eq!(tasks, ["arranging", "lead", "staff"]);
}

#[test]
fn temporary_means_that_no_licence_stands_beside() {
    let temporary = Fact::Right {
        kind: RightKind::SocialWorker,
        valid_from: day_of("2026-01-01"),
        valid_until: Some(day_of("2026-12-31")),
        drops: false,
        temporary: true,
    };
    let job = job(EmploymentKind::PublicOffice);
    assert!(Standing(vec![job.clone(), temporary.clone()]).is_temporary(TODAY));
    let both = vec![
        job.clone(),
        temporary,
        right(RightKind::SocialWorker, "", false),
    ];
    assert!(!Standing(both).is_temporary(TODAY));
    assert!(!Standing(vec![job]).is_temporary(TODAY));
}
