//! The parts of a decision one by one: bars that stop a part, service tasks, conditions that follow
//! from others.

use super::*;
use crate::rights::tasks::covers;

/// What one subject is told about one object, with nothing special unless a test says so.
struct Ask<'a> {
    subject: Subject,
    class: &'a str,
    action: &'a str,
    service_task: &'a str,
    relations: &'a [&'a str],
    given: &'a [&'a str],
    bars: &'a [Bar],
}

impl Ask<'_> {
    fn says(&self) -> String {
        let decision = RightsTable::built_in().decide(&Question {
            subject: &self.subject,
            class: self.class,
            action: self.action,
            service_task: self.service_task,
            relations: self.relations,
            given: self.given,
            bars: self.bars,
            on: TODAY,
        });
        format!("{} {}", decision.answer(), decision.rule())
    }
}

fn own_worker<'a>(class: &'a str, action: &'a str, bars: &'a [Bar]) -> Ask<'a> {
    Ask {
        subject: Subject::employee(["broad_responsibility"], ["sw+office"]),
        class,
        action,
        service_task: "working_age",
        relations: &["own_worker"],
        given: &[],
        bars,
    }
}

#[test]
fn a_prohibition_stops_giving_out_and_not_own_use() {
    let bars = &[Bar::B10];
    assert_eq!(own_worker("plan", "read", bars).says(), "allow OW-04");
    let export = Ask {
        given: &["consent"],
        ..own_worker("plan", "export", bars)
    };
    assert_eq!(export.says(), "deny B10");
    assert_eq!(
        Ask {
            bars: &[],
            ..export
        }
        .says(),
        "allow OW-24"
    );
    let shared = Ask {
        given: &["ground_or_consent"],
        ..own_worker("partner_item", "create", bars)
    };
    assert_eq!(shared.says(), "deny B10");
    let partner = Ask {
        subject: Subject::outside("partner_kela"),
        relations: &["partner_share"],
        given: &["consent", "agreed_sections"],
        ..own_worker("plan", "read", bars)
    };
    assert_eq!(partner.says(), "deny B10");
    assert_eq!(
        Ask {
            bars: &[],
            ..partner
        }
        .says(),
        "allow PA-02"
    );
}

#[test]
fn secret_contact_details_open_by_their_own_right_alone() {
    let without = own_worker("contact_details_secret", "read", &[Bar::B07]);
    assert_eq!(without.says(), "deny OW-02:secret_right");
    let with = Ask {
        given: &["secret_right"],
        ..without
    };
    assert_eq!(with.says(), "allow OW-02");
    // The bar masks what is secret; the rest of the record stays open.
    assert_eq!(
        own_worker("plan", "read", &[Bar::B07]).says(),
        "allow OW-04"
    );
}

#[test]
fn a_restricted_unit_lets_an_emergency_event_through_and_nothing_else() {
    let emergency = Ask {
        subject: Subject::employee(["emergency_duty"], ["sw+office"]),
        relations: &["emergency_event"],
        ..own_worker("plan", "read", &[Bar::B08])
    };
    assert_eq!(emergency.says(), "allow EM-03");
    let no_event = Ask {
        relations: &[],
        ..emergency
    };
    assert_eq!(no_event.says(), "deny B08");
    assert_eq!(own_worker("plan", "read", &[Bar::B08]).says(), "deny B08");
}

#[test]
fn a_minors_ban_stops_the_guardian_alone_and_not_a_partys_right() {
    let guardian = Ask {
        subject: Subject::outside("guardian_minor"),
        relations: &["ward"],
        // Told by mistake beside the ban: the ban wins.
        given: &["custody_checked", "no_ban_51", "finished_only"],
        ..own_worker("decision", "read", &[Bar::B11])
    };
    assert_eq!(guardian.says(), "deny GU-01:no_ban_51");
    let party = Ask {
        relations: &["ward", "ward_party"],
        given: &["party_right_over_ban"],
        ..guardian
    };
    assert_eq!(party.says(), "allow GU-02");
    assert_eq!(
        own_worker("plan", "read", &[Bar::B11]).says(),
        "allow OW-04"
    );
}

#[test]
fn after_a_death_only_the_narrow_relations_stay() {
    assert_eq!(own_worker("plan", "read", &[Bar::B12]).says(), "deny B12");
    let archive = Ask {
        subject: Subject::employee(["archive"], ["other"]),
        relations: &["archive_request"],
        given: &["request_open"],
        ..own_worker("plan", "read", &[Bar::B12])
    };
    assert_eq!(archive.says(), "allow AC-01");
    let officer = Ask {
        subject: Subject::employee(["dpo"], ["other"]),
        relations: &[],
        ..own_worker("use_log", "see_log", &[Bar::B12])
    };
    assert_eq!(officer.says(), "allow DP-01");
}

#[test]
fn a_weak_session_reads_and_does_not_decide() {
    let bars = &[Bar::B17];
    assert_eq!(own_worker("plan", "read", bars).says(), "allow OW-04");
    for (class, action) in [
        ("plan", "sign"),
        ("decision", "decide"),
        ("plan", "export"),
        ("matter", "merge"),
        ("contact_details_secret", "read"),
    ] {
        assert_eq!(
            own_worker(class, action, bars).says(),
            "deny B17",
            "{class} {action}"
        );
    }
}

#[test]
fn a_full_search_stops_searching_only_and_never_the_emergency_duty() {
    let bars = &[Bar::B20];
    let search = Ask {
        service_task: "na",
        given: &["exact_match"],
        ..own_worker("person", "search", bars)
    };
    assert_eq!(search.says(), "deny B20");
    assert_eq!(own_worker("plan", "read", bars).says(), "allow OW-04");
    let emergency = Ask {
        subject: Subject::employee(["emergency_duty"], ["sw+office"]),
        given: &["exact_or_name"],
        ..search
    };
    assert_eq!(emergency.says(), "allow EM-01");
}

#[test]
fn retention_and_tokens_have_bars_of_their_own() {
    assert_eq!(own_worker("plan", "read", &[Bar::B16]).says(), "deny B16");
    let disposal = Ask {
        subject: Subject::employee(["archive"], ["other"]),
        service_task: "all",
        ..own_worker("retention", "read", &[Bar::B16])
    };
    assert_eq!(disposal.says(), "allow AC-02");
    assert_eq!(
        own_worker("plan", "read", &[Bar::B18]).says(),
        "allow OW-04"
    );
    let token = Ask {
        subject: Subject::outside("api_token"),
        relations: &["token_grant"],
        ..own_worker("configuration", "read", &[Bar::B18])
    };
    assert_eq!(token.says(), "deny B18");
}

#[test]
fn the_first_bar_told_is_the_answer_and_codes_are_read_back() {
    let bars = &[Bar::B07, Bar::B10, Bar::B02, Bar::B01];
    assert_eq!(own_worker("plan", "read", bars).says(), "deny B02");
    for bar in Bar::ALL {
        assert_eq!(Bar::parse(bar.code()), Some(bar));
        assert_eq!(bar.to_string(), bar.code());
    }
    assert_eq!((Bar::parse("B00"), Bar::parse("b01")), (None, None));
}

#[test]
fn columns_cover_the_service_tasks_of_the_decree() {
    let covered = |column: &str, token: &str| -> Vec<&str> {
        SERVICE_TASKS
            .into_iter()
            .filter(|asked| covers(column, asked, &|own| own == token))
            .collect()
    };
    assert_eq!(covered("fwo", ""), ["working_age", "families", "older"]);
    assert_eq!(covered("all", "").len(), SERVICE_TASKS.len());
    assert_eq!(
        covered("other_tasks", ""),
        [
            "families",
            "older",
            "disability",
            "child_protection",
            "substance",
            "family_law"
        ]
    );
    // 18 § names six; family law is not among them.
    let six = covered("six", "");
    assert_eq!(six.len(), 6);
    assert!(!six.contains(&"family_law"));
    assert_eq!(covered("working_age", ""), ["working_age"]);
    assert_eq!(covered("own_task", ""), ["working_age"]);
    assert_eq!(covered("own_task", "task_of_employment").len(), 7);
    assert_eq!(covered("own_service", ""), ["working_age"]);
    assert_eq!(covered("own_service", "own_or_linked_service").len(), 7);
    assert_eq!(covered("as_tutor", ""), ["working_age"]);
}

#[test]
fn a_narrower_condition_is_enough_for_a_wider_one() {
    let nurse = Ask {
        subject: Subject::employee(["centre_health"], ["hp"]),
        service_task: "all",
        relations: &[],
        given: &["consent"],
        ..own_worker("contact", "create", &[])
    };
    assert_eq!(nurse.says(), "allow CH-07");
    let without = Ask {
        given: &["ground_or_consent"],
        ..nurse
    };
    assert_eq!(without.says(), "deny CH-07:consent_or_35_2");
}

#[test]
fn the_widest_view_answers_when_several_rows_allow() {
    let lead_who_took_over = Ask {
        subject: Subject::employee(["lead"], ["sw+office"]),
        relations: &["unit_lead", "contact_holder"],
        given: &["taken_over_in_own_name"],
        ..own_worker("contact", "read", &[])
    };
    assert_eq!(lead_who_took_over.says(), "allow N-11");
    let lead = Ask {
        relations: &["unit_lead"],
        ..lead_who_took_over
    };
    assert_eq!(lead.says(), "allow LE-01");
}
