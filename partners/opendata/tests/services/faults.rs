//! Each way in which a service fails: the error says which, and no value gets out.

use std::time::{Duration, Instant};

use opendata::sotkanet::Sotkanet;
use opendata::{Fault, OpenDataError, Settings};

use crate::sotkanet::question;
use crate::stand_in::{AGENT, Manner, StandIn};

/// What one manner leads to, at a question about areas, about values as JSON and as CSV.
async fn all_three(service: &StandIn) -> [(&'static str, Option<OpenDataError>); 3] {
    let sotkanet = Sotkanet::new(service.settings()).unwrap();
    [
        ("regions", sotkanet.regions().await.err()),
        ("json", sotkanet.data(&question()).await.err()),
        ("csv", sotkanet.data_csv(&question()).await.err()),
    ]
}

#[tokio::test]
async fn every_fault_is_told_by_its_name() {
    type Check = fn(&Fault) -> bool;
    let cases: [(Manner, Check); 13] = [
        (Manner::BrokenOff, |fault| {
            matches!(fault, Fault::Truncated(_))
        }),
        (Manner::Half, |fault| matches!(fault, Fault::Truncated(_))),
        (Manner::Slow, |fault| matches!(fault, Fault::Slow(_))),
        (Manner::Dripping, |fault| matches!(fault, Fault::Slow(_))),
        (
            Manner::Elsewhere,
            |fault| matches!(fault, Fault::Redirected(to) if to.contains("elsewhere.example")),
        ),
        (Manner::OtherPort, |fault| {
            matches!(fault, Fault::Redirected(_))
        }),
        (Manner::Circle, |fault| {
            matches!(fault, Fault::Redirected(_))
        }),
        (Manner::Oversized, |fault| {
            matches!(fault, Fault::Oversized(200_000))
        }),
        (Manner::Page, |fault| matches!(fault, Fault::Wrong(_))),
        (Manner::NotText, |fault| matches!(fault, Fault::Wrong(_))),
        (Manner::Packed, |fault| matches!(fault, Fault::Wrong(_))),
        (
            Manner::Error,
            |fault| matches!(fault, Fault::Status(500, said) if said == "Virhe kanta ei vastaa"),
        ),
        (Manner::Busy, |fault| {
            matches!(fault, Fault::Busy(Some(120)))
        }),
    ];
    for (manner, expected) in cases {
        let service = StandIn::start().await;
        service.behave(manner);
        for (what, error) in all_three(&service).await {
            let error = error.unwrap_or_else(|| panic!("{manner:?} {what}: no error"));
            assert!(expected(&error.fault), "{manner:?} {what}: {error}");
            // The person at the command line is told which address it was.
            assert!(error.to_string().starts_with(&service.origin), "{error}");
        }
    }
}

#[tokio::test]
async fn an_answer_to_another_question_is_refused() {
    let service = StandIn::start().await;
    let sotkanet = Sotkanet::new(service.settings()).unwrap();
    for (manner, why) in [(Manner::Other, "not asked"), (Manner::Double, "two values")] {
        service.behave(manner);
        let error = sotkanet.data(&question()).await.unwrap_err();
        assert!(
            matches!(&error.fault, Fault::Wrong(told) if told.contains(why)),
            "{manner:?}: {error}"
        );
    }
    service.behave(Manner::Other);
    assert!(sotkanet.data_csv(&question()).await.is_err());
    assert!(sotkanet.indicator(127).await.is_err());
    service.behave(Manner::Empty);
    assert!(sotkanet.indicators().await.is_err());
    assert!(sotkanet.regions().await.is_err());
    // No rows are an answer: a cell that is missing is a row that is missing.
    assert_eq!(sotkanet.data(&question()).await.unwrap(), []);
}

#[tokio::test]
async fn a_move_within_the_service_is_followed() {
    let service = StandIn::start().await;
    service.behave(Manner::Onward);
    let sotkanet = Sotkanet::new(service.settings()).unwrap();
    assert_eq!(sotkanet.data(&question()).await.unwrap().len(), 12);
    let asked = service.asked();
    assert!(
        asked.len() == 2 && asked[1].starts_with("/moved/rest/1.1/json?indicator=127"),
        "{asked:?}"
    );
}

#[tokio::test]
async fn patience_ends_in_time_and_the_next_question_goes_on() {
    let service = StandIn::start().await;
    service.behave(Manner::Dripping);
    let sotkanet = Sotkanet::new(service.settings()).unwrap();
    let begun = Instant::now();
    assert!(sotkanet.regions().await.is_err());
    assert!(
        begun.elapsed() < Duration::from_secs(10),
        "{:?}",
        begun.elapsed()
    );
    service.behave(Manner::Right);
    assert!(sotkanet.regions().await.is_ok());
}

#[tokio::test]
async fn nobody_there() {
    let port = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap().port()
    };
    let settings = Settings::new(format!("http://127.0.0.1:{port}/rest"), AGENT);
    let error = Sotkanet::new(settings)
        .unwrap()
        .regions()
        .await
        .unwrap_err();
    assert!(matches!(error.fault, Fault::Unreachable(_)), "{error}");
}

#[test]
fn settings_that_cannot_be_used() {
    for (base, agent) in [
        ("http://sotkanet.fi/rest/1.1", AGENT),
        ("ftp://127.0.0.1/rest", AGENT),
        ("https://user:word@sotkanet.fi/rest", AGENT),
        ("https://sotkanet.fi/rest?x=1", AGENT),
        ("sotkanet.fi", AGENT),
        ("https://sotkanet.fi/rest/1.1", ""),
        ("https://sotkanet.fi/rest/1.1", "two\nlines"),
    ] {
        let error = Sotkanet::new(Settings::new(base, agent)).unwrap_err();
        assert!(matches!(error.fault, Fault::Settings(_)), "{base} {agent}");
    }
    assert!(Sotkanet::new(Settings::new("https://sotkanet.fi/rest/1.1/", AGENT)).is_ok());
}
