//! A small county on both engines: every act of the history is accepted, and invariant I1 holds.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use intake::domain::IntakeSettings;
use intake::store::Desk;
use kernel::time::from_millis;
use store::{Query, StoreError};
use synth::Plan;
use synth::stress::{self, Size};

mod common;

use common::{endings, migrations};

/// The same things as `Written` counts, as the tables tell them.
const TRUTHS: [&str; 10] = [
    "select count(*) from document where kind = 'assessment'",
    "select count(*) from document where kind = 'assessment' and state = 'finished'",
    "select count(*) from plan where in_force_at is not null",
    "select count(*) from plan_goal where since_version is not null",
    "select count(*) from plan_review",
    "select count(*) from plan_review_goal where attained = 'attained'",
    "select count(*) from plan_review_goal where attained = 'partly'",
    "select count(*) from document where kind = 'note' and state = 'finished'",
    "select count(*) from document where kind = 'note' and state = 'draft'",
    "select count(distinct client_id) from special_support",
];

/// The same things as `Reported` counts, as the tables tell them on the day of the county.
const REPORTED: [&str; 12] = [
    "select count(*) from observation",
    "select count(*) from observation where state = 'sent'",
    "select count(*) from observation where state = 'screened'",
    "select count(*) from observation where state = 'set_aside'",
    "select count(*) from phenomenon_observation",
    "select count(*) from phenomenon",
    "select count(*) from proposal",
    "select count(*) from proposal where state = 'draft'",
    "select count(distinct proposal_id) from proposal_response",
    "select count(*) from proposal where state in ('sent', 'received') and due_on < '2026-03-12'",
    "select count(*) from response_action",
    "select count(*) from phenomenon_influence",
];

/// Participation: gatherings, those that were held, what was proposed at them, stages of Bikva, steps of the cycle, decisions.
const TOOK_PART: [&str; 6] = [
    "select count(*) from gathering",
    "select count(*) from gathering where state = 'held'",
    "select count(*) from gathering_proposal",
    "select count(*) from bikva_stage",
    "select count(*) from cycle_step",
    "select count(*) from forum_decision",
];

/// Ended matters, and what is left of them: plans that have not ended, assessors.
const ENDED: &str = "select (select count(*) from matter where ended_at is not null), (select count(*) from plan p join matter m on m.id = p.matter_id where m.ended_at is not null and p.state <> 'ended') + (select count(*) from relation r join matter m on m.id = r.object_id where m.ended_at is not null and r.kind = 'assessor' and r.ends_at is null)";

#[test]
fn a_small_county_on_both_engines() {
    let seen = std::sync::Mutex::new(Vec::new());
    testkit::for_each_engine(&migrations(), |test| {
        let desk = Desk {
            clock: test.clock.clone(),
            chance: test.chance.clone(),
            settings: Arc::new(IntakeSettings::default()),
            calendar: Arc::new(law::Calendar::finland()),
        };
        let desks = synth::Desks::of(desk, &web::Secrets::new([7; 32]), endings());
        let now = from_millis(1_773_306_000_000); // Thursday 12.3.2026 at 11.00
        let plan = Plan {
            county: "15".to_owned(),
            persons: 150,
            years: 1,
            seed: 3,
            now,
            identity_key: identity::IdentityKey::of(&web::Secrets::new([7; 32])),
            register: None,
        };
        // 2024-10-01 is the day from which anybody has the rights that the history uses (act 703/2023 and decree 457/2024).
        let early = Plan {
            years: 2,
            ..plan.clone()
        };
        let refused = synth::fill(&test.store(), &desks, &test.clock, &early, &mut |_, _| {});
        let words = refused.expect_err("before the law").to_string();
        assert!(
            words.contains("begin on 2024-03-12") && words.contains("since 2024-10-01"),
            "{words}"
        );
        let mut told = 0;
        let made = synth::fill(
            &test.store(),
            &desks,
            &test.clock,
            &plan,
            &mut |done, all| {
                assert!(done <= all);
                told += 1;
            },
        )
        .expect("every act is accepted");
        assert!(told > 2);
        assert!(made.contacts > 200 && made.open >= 10, "{made}");
        let wrong: (i64, i64, i64) = test
            .store()
            .read_blocking(|tx| {
                let row = tx.query_one(
                    "select (select count(*) from contact), (select count(*) from contact c where c.state = 'open' and (select count(*) from holding h where h.contact_id = c.id and h.ended_at is null) <> 1), (select count(*) from contact c where c.state = 'ended' and exists (select 1 from holding h where h.contact_id = c.id and h.ended_at is null))",
                    &[],
                )?;
                Ok::<_, StoreError>((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .expect("counts");
        assert_eq!(wrong, (i64::try_from(made.contacts).expect("small"), 0, 0));
        let ended: (i64, i64) = test
            .store()
            .read_blocking(|tx| {
                let row = tx.query_one(ENDED, &[])?;
                Ok::<_, StoreError>((row.get(0)?, row.get(1)?))
            })
            .expect("counts");
        assert!(ended.0 > 0, "some matters have ended");
        assert_eq!(ended.1, 0, "what belongs to a matter ends with it");
        let counted = counts(test, &TRUTHS);
        let written = made.written;
        let told = [
            written.assessments_begun,
            written.assessments_finished,
            written.plans,
            written.goals,
            written.reviews,
            written.goals_attained,
            written.goals_partly,
            written.notes_finished,
            written.notes_left,
            written.special_support,
        ];
        assert_eq!(counted, told, "{written:?}");
        let reported = made.reported;
        let told = [
            reported.observations,
            reported.waiting,
            reported.ungrouped,
            reported.set_aside,
            reported.grouped,
            reported.phenomena,
            reported.proposals,
            reported.drafts,
            reported.answered,
            reported.late,
            reported.actions,
            reported.brought_on,
        ];
        assert_eq!(counts(test, &REPORTED), told, "{reported:?}");
        assert!(
            told.iter().all(|count| *count > 0),
            "each state is there: {reported:?}"
        );
        let met = counts(test, &TOOK_PART);
        assert_eq!(met, [6, 3, 4, 3, 6, 2], "gatherings, Bikva, cycle, forums");
        let figures = counts(
            test,
            &[
                "select count(*) from statistic_indicator",
                "select count(*) from statistic_value",
            ],
        );
        assert!(figures[0] == 10 && figures[1] > 2_000, "{figures:?}");
        assert!(
            written.plans >= 5 && written.reviews >= 1 && written.rent_debts >= 1,
            "{written:?}"
        );
        let again = synth::fill(&test.store(), &desks, &test.clock, &plan, &mut |_, _| {});
        assert!(matches!(again, Err(synth::SynthError::NotEmpty)));
        grows(test, &desks, &plan);
        seen.lock().expect("no panic").push(made);
    });
    let seen = seen.into_inner().expect("no panic");
    assert_eq!(seen[0], seen[1], "both engines tell the same history");
}

/// The county grows to a size that is measured with; a run that is cut off goes on where it stood.
fn grows(test: &testkit::TestStore, desks: &synth::Desks, plan: &Plan) {
    let size = Size {
        clients: 220,
        open: 12,
        texts: 5,
        entries: 6_000,
    };
    const GROWN: [&str; 4] = [
        "select count(*) from client",
        "select count(*) from matter where ended_at is null",
        "select count(*) from document",
        "select count(*) from matter",
    ];
    let before = counts(test, &GROWN);
    let cut = catch_unwind(AssertUnwindSafe(|| {
        stress::grow(
            &test.store(),
            desks,
            &test.clock,
            (plan, size),
            &mut |done, _| assert!(done < 1, "the power is cut"),
        )
    }));
    assert!(cut.is_err(), "{cut:?}");
    assert_eq!(stress::done(&test.store()).expect("read"), Some(2));
    let entries = stress::grow(
        &test.store(),
        desks,
        &test.clock,
        (plan, size),
        &mut |done, all| assert!(done <= all, "{done} of {all}"),
    )
    .expect("every act is accepted");
    assert_eq!(entries, 6_000);
    let after = counts(test, &GROWN);
    let more: Vec<usize> = after
        .iter()
        .zip(before)
        .map(|(one, was)| one - was)
        .collect();
    // Each open matter has five texts, each ended one a note.
    assert_eq!(more, [220, 12, 12 * 5 + 208, 220]);
}

fn counts(test: &testkit::TestStore, all: &[&'static str]) -> Vec<usize> {
    let all = all.to_vec();
    test.store()
        .read_blocking(move |tx| {
            all.iter()
                .map(|sql| tx.query_one(sql, &[])?.get::<i64>(0))
                .collect::<Result<Vec<_>, StoreError>>()
        })
        .expect("counts")
        .into_iter()
        .map(|count| usize::try_from(count).expect("small"))
        .collect()
}
