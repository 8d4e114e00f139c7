//! Matters, plans and own workers: every figure of them as it is counted by hand.

use sample::{AINO, SANNA, VILLE};
use store::params;

use crate::counting::{ADULT, each, expect, stock, table};
use crate::county::{DAY, at, noon};

#[test]
fn own_workers_plans_homes_and_special_support() {
    each(|county| {
        let (one, two, three) = (
            county.client(Some("179"), ADULT),
            county.client(Some("179"), ADULT),
            county.client(Some("182"), ADULT),
        );
        county.own_worker(one, AINO, noon(2025, 1, 2), Some(noon(2025, 4, 1)));
        county.own_worker(one, VILLE, noon(2025, 4, 1), Some(noon(2025, 8, 1)));
        county.own_worker(one, SANNA, noon(2025, 8, 1), None);
        county.own_worker(two, AINO, noon(2023, 1, 2), Some(noon(2024, 12, 1)));
        county.run(
            "insert into own_worker_waiver (id, client_id, reason, words, recorded_at, recorded_by) values ($1, $2, 'unnecessary', '', $3, $4)",
            params![county.id(), two.bytes(), noon(2025, 1, 2), AINO],
        );
        assert_eq!(
            stock(county, "own-worker"),
            expect(&[
                ("179", "named", 1),
                ("179", "waived", 1),
                ("182", "without", 1)
            ])
        );
        assert_eq!(
            stock(county, "own-worker-changes"),
            expect(&[
                ("179", "more_workers", 1),
                ("179", "none_or_one", 1),
                ("182", "none_or_one", 1)
            ])
        );
        let matter = county.matter(&[one, three], noon(2025, 2, 3), None);
        county.plan(matter, &[one, three], noon(2025, 3, 3), "2025-12-30");
        assert_eq!(
            stock(county, "plan-in-force"),
            expect(&[("179", "yes", 1), ("179", "no", 1), ("182", "yes", 1)])
        );
        assert_eq!(
            stock(county, "plan-overdue"),
            expect(&[("179", "late", 1), ("182", "late", 1)])
        );
        assert_eq!(
            table(county, "plan-wait"),
            expect(&[("179", "days_31", 1), ("182", "days_31", 1)])
        );
        county.run(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, valid_to, source, recorded_at) values ($1, $2, 'homelessness', 'friends', 0, '2025-05-01', null, 'client', 2)",
            params![county.id(), one.bytes()],
        );
        county.run(
            "insert into client_detail (id, client_id, kind, value, protected, valid_from, valid_to, source, recorded_at) values ($1, $2, 'homelessness', 'outdoors', 0, '2025-05-01', '2025-10-31', 'client', 2)",
            params![county.id(), two.bytes()],
        );
        assert_eq!(
            stock(county, "homeless"),
            expect(&[("179", "yes", 1), ("179", "no", 1), ("182", "no", 1)])
        );
        county.run(
            "insert into special_support (id, client_id, matter_id, grounds, words, decides, decides_words, assessed_on, assessed_by, review_on, recorded_at, recorded_by) values ($1, $2, $3, 'x', '', 'social_worker', '', '2025-03-01', $4, '2026-03-01', $5, $4)",
            params![county.id(), three.bytes(), matter, AINO, noon(2025, 3, 1)],
        );
        assert_eq!(
            stock(county, "special-support"),
            expect(&[("179", "no", 2), ("182", "yes", 1)])
        );
    });
}

#[test]
fn matters_limits_assessments_and_what_came_of_them() {
    each(|county| {
        let (one, two) = (
            county.client(Some("179"), ADULT),
            county.client(Some("182"), ADULT),
        );
        let done = county.matter(
            &[one, two],
            noon(2025, 2, 3),
            Some((noon(2025, 9, 1), "handled")),
        );
        county.matter(
            &[one],
            noon(2025, 3, 3),
            Some((noon(2025, 3, 4), "mistake")),
        );
        county.matter(&[two], noon(2025, 3, 3), Some((noon(2025, 5, 4), "moved")));
        county.matter(
            &[two],
            noon(2024, 12, 30),
            Some((noon(2025, 5, 4), "declined")),
        );
        assert_eq!(
            table(county, "matters-begun"),
            expect(&[("179", "application", 1), ("182", "application", 2)])
        );
        assert_eq!(
            table(county, "matters-closed"),
            expect(&[
                ("179", "handled", 1),
                ("182", "handled", 1),
                ("182", "other_reason", 1),
                ("182", "declined", 1)
            ])
        );
        // The last moment of the last day is in time.
        for (no, (due, ended, event)) in [
            (
                "2025-02-12",
                Some(at(2025, 2, 13, 0) - 1),
                Some("assessment_started"),
            ),
            (
                "2025-02-12",
                Some(at(2025, 2, 13, 0)),
                Some("assessment_started"),
            ),
            ("2025-02-12", None, None),
            (
                "2025-12-31",
                Some(noon(2025, 12, 20)),
                Some("assessment_unnecessary"),
            ),
            (
                "2026-01-01",
                Some(noon(2025, 12, 20)),
                Some("assessment_started"),
            ),
        ]
        .into_iter()
        .enumerate()
        {
            county.run(
                "insert into matter_clock (id, matter_id, code, version, trigger_event, trigger_at, due_on, ended_at, end_event) values ($1, $2, 'PTA_START_WD7_CONTACT', '1', 'contact_made', $3, $4, $5, $6)",
                params![
                    county.id(),
                    done,
                    noon(2025, 2, 3) + i64::try_from(no).unwrap(),
                    due,
                    ended,
                    event.map(str::to_owned)
                ],
            );
        }
        assert_eq!(
            table(county, "assessment-seven-days"),
            expect(&[
                ("179", "in_time", 1),
                ("182", "in_time", 1),
                ("179", "late", 2),
                ("182", "late", 2),
                ("179", "no_assessment", 1),
                ("182", "no_assessment", 1)
            ])
        );
        county.document("assessment", done, &[one], noon(2025, 2, 3) + 7 * DAY);
        county.document("assessment", done, &[two], noon(2025, 2, 3) + 92 * DAY + 1);
        county.document("note", done, &[two], noon(2025, 2, 4));
        assert_eq!(
            table(county, "assessment-wait"),
            expect(&[("179", "days_7", 1), ("182", "days_over", 1)])
        );
        let plan = county.plan(done, &[one, two], noon(2025, 3, 1), "2025-09-01");
        let review = county.id();
        county.run(
            "insert into plan_review (id, document_id, version_no, reviewed_on, at, by_staff, services, services_used, methods, words) values ($1, $2, 2, '2025-08-01', $3, $4, '', '', '', '')",
            params![review, plan, noon(2025, 8, 1), AINO],
        );
        for (client, attained) in [
            (None, "partly"),
            (Some(one), "attained"),
            (Some(two), "not"),
        ] {
            let goal = county.id();
            county.run(
                "insert into plan_goal (id, document_id, client_id, words, kind, steps, helps, hinders, state, revision, made_at, changed_at, changed_by) values ($1, $2, $3, '', '1', '', '', '', 'open', 1, 1, 1, $4)",
                params![goal, plan, client.map(|one| one.bytes()), AINO],
            );
            county.run(
                "insert into plan_review_goal (id, review_id, goal_id, attained, client_words, worker_words, helped, helped_words, hindered, hindered_words) values ($1, $2, $3, $4, '', '', '', '', '', '')",
                params![county.id(), review, goal, attained],
            );
        }
        assert_eq!(
            table(county, "goals"),
            expect(&[
                ("179", "partly", 1),
                ("182", "partly", 1),
                ("179", "attained", 1),
                ("182", "not", 1)
            ])
        );
        for (client, answer) in [(one, "mostly"), (two, "declined")] {
            county.run(
                "insert into closing_voice (id, matter_id, client_id, answer, words, asked_at, asked_by) values ($1, $2, $3, $4, '', $5, $6)",
                params![county.id(), done, client.bytes(), answer, noon(2025, 9, 1), AINO],
            );
        }
        assert_eq!(
            table(county, "heard"),
            expect(&[("179", "mostly", 1), ("182", "no_answer", 1)])
        );
        county.run(
            "insert into plan_waiver (id, matter_id, client_id, reason, words, own_words, recorded_at, recorded_by) values ($1, $2, $3, 'declined', '', 'en halua', $4, $5)",
            params![county.id(), done, one.bytes(), noon(2025, 6, 1), AINO],
        );
        assert_eq!(
            table(county, "plans-declined"),
            expect(&[("179", "declined", 1)])
        );
    });
}
