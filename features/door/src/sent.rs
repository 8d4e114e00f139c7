//! After sending: the receipt code, who answers now and by when.

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use web::receipt::ReceiptCode;
use web::{Answer, Failure, House, Page, Visit, client_page, go_to};

use crate::receive::look;
use crate::state_page::Answering;
use crate::{cookies, local};

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Contact,
    Notification,
}

impl Sent {
    const fn path(self) -> &'static str {
        match self {
            Self::Contact => "/yhteydenotto/lahetetty",
            Self::Notification => "/ilmoitus/lahetetty",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Contact => "public-sent-title",
            Self::Notification => "public-sent-notification-title",
        }
    }

    const fn next(self) -> &'static [&'static str] {
        match self {
            Self::Contact => &[
                "public-sent-step-1",
                "public-sent-step-2",
                "public-sent-step-3",
            ],
            Self::Notification => &[
                "public-sent-notification-step-1",
                "public-sent-notification-step-2",
                "public-sent-notification-step-3",
            ],
        }
    }
}

#[derive(Template)]
#[template(path = "sent.html")]
struct SentPage {
    page: Page,
    code: String,
    number: String,
    answering: Answering,
    steps: Vec<String>,
}

/// Leads to the page of the receipt; a browser that takes no cookies gets the page at once.
///
/// # Errors
/// As the store fails.
pub async fn after(visit: &Visit, takes_cookies: bool, code: &ReceiptCode, sent: Sent) -> Answer {
    if !takes_cookies {
        return receipt(visit, code, sent).await;
    }
    let mut response = go_to(&local(visit, sent.path()));
    cookies::keep_receipt(&visit.house, &mut response, code)?;
    Ok(response)
}

/// The receipt of a contact.
pub async fn show_contact(State(house): State<House>, visit: Visit, headers: HeaderMap) -> Answer {
    show(&house, &visit, &headers, Sent::Contact).await
}

/// The receipt of a notification.
pub async fn show_notification(
    State(house): State<House>,
    visit: Visit,
    headers: HeaderMap,
) -> Answer {
    show(&house, &visit, &headers, Sent::Notification).await
}

async fn show(house: &House, visit: &Visit, headers: &HeaderMap, sent: Sent) -> Answer {
    match cookies::receipt(house, headers) {
        Some(code) => receipt(visit, &code, sent).await,
        None => Ok(go_to(&local(visit, "/tunnus"))),
    }
}

async fn receipt(visit: &Visit, code: &ReceiptCode, sent: Sent) -> Answer {
    let Some((view, logged)) = look(&visit.house, code).await? else {
        return Err(Failure::NotFound);
    };
    let page = visit.page(sent.title());
    let mut answering = Answering::of(&page, &view, visit.house.today());
    if view.holder_name.is_none() {
        // What the duty holder does is the first of the steps below.
        answering.about.clear();
    }
    let steps = sent.next().iter().map(|key| page.t.get(key)).collect();
    let template = SentPage {
        answering,
        code: code.shown(),
        number: view.number,
        steps,
        page,
    };
    let mut response = client_page(template, logged);
    cookies::keep_receipt(&visit.house, &mut response, code)?;
    Ok(response)
}
