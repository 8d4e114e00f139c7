//! The start page, and how a session begins and ends.

use askama::Template;
use axum::extract::State;
use kernel::language::Language;
use store::StoreError;
use web::{
    Answer, Failure, Feature, Guard, House, LanguageLink, Page, Posted, Route, Visit, go_to,
};

use crate::people::{self, Staff, StaffId, Unit};
use crate::session;
use crate::signin::arrive::{end_own, home_of_visit, onward, session_cookie};

/// The start page and sign-out; in a demo also entering as one of its artificial people.
///
/// Outside a demo the route of entering does not exist, so no setting or mistake can open it.
pub fn feature(demo: bool) -> Feature {
    let mut routes = vec![
        Route::get("/", Guard::Public, start),
        Route::get("/{lang}/alku", Guard::Public, start_in_language),
        Route::post("/sign-out", Guard::Public, sign_out),
    ];
    routes.extend(crate::signin::routes());
    if demo {
        routes.push(Route::post("/demo/enter", Guard::Public, enter));
    }
    Feature {
        name: "identity",
        routes,
        migrations: crate::MIGRATIONS,
        nav: Vec::new(),
        jobs: Vec::new(),
        messages: web::messages!(),
        events: crate::accounts::EVENTS,
        checks: &[],
    }
}

/// An artificial person whom a visitor of the demo may try to be.
struct Identity {
    id: String,
    name: String,
    title: String,
    unit: String,
    /// What this person does in the demo, in a sentence.
    does: String,
}

#[derive(Template)]
#[template(path = "enter.html")]
struct StartPage {
    page: Page,
    identities: Vec<Identity>,
    /// Set when somebody is signed in: the way to where the day begins.
    desk: Option<&'static str>,
}

async fn start(State(house): State<House>, visit: Visit) -> Answer {
    if let Some(home) = home_of_visit(&visit)? {
        return Ok(go_to(home));
    }
    show(&house, &visit).await
}

/// The same page at its own address in each language. It also opens to somebody signed in, so that
/// a visitor of the demo can change persons.
async fn start_in_language(State(house): State<House>, visit: Visit) -> Answer {
    show(&house, &visit).await
}

async fn show(house: &House, visit: &Visit) -> Answer {
    let identities = if house.demo {
        identities(house, visit).await?
    } else {
        Vec::new()
    };
    let mut page = visit.page("public-enter-title");
    page.languages = languages(visit.language);
    let desk = home_of_visit(visit)?;
    Ok(web::page(StartPage {
        page,
        identities,
        desk,
    }))
}

async fn identities(house: &House, visit: &Visit) -> Result<Vec<Identity>, Failure> {
    let (staff, units) = house
        .store
        .read(|tx| Ok::<_, StoreError>((people::list_demo_staff(tx)?, people::list_units(tx)?)))
        .await?;
    let t = visit.t();
    let unit_name = |staff: &Staff| {
        let unit = units.iter().find(|unit: &&Unit| unit.id == staff.unit);
        unit.map_or_else(String::new, |unit| unit.name(visit.language).to_owned())
    };
    let today = house.today();
    Ok(staff
        .iter()
        .filter(|staff| staff.ended_on.is_none_or(|last| last >= today))
        .map(|staff| Identity {
            id: staff.id.to_string(),
            name: staff.name.clone(),
            title: t.get(&format!("title-{}", staff.title)),
            unit: unit_name(staff),
            does: t.get(&format!("public-enter-does-{}", staff.title)),
        })
        .collect())
}

/// Links to this page in every language, also from `/`, whose address names none.
fn languages(current: Language) -> Vec<LanguageLink> {
    let names = ["Suomi", "Selkosuomi", "Svenska", "English"];
    [Language::Fi, Language::Easy, Language::Sv, Language::En]
        .into_iter()
        .zip(names)
        .map(|(language, name)| LanguageLink {
            code: language.code(),
            tag: language.tag(),
            name,
            href: format!("/{}/alku", language.code()),
            current: language == current,
        })
        .collect()
}

/// `POST /demo/enter`: begins a session as a demo identity, always with a new token.
async fn enter(State(house): State<House>, visit: Visit, posted: Posted) -> Answer {
    let wanted: StaffId = posted
        .value("staff")
        .parse()
        .map_err(|_| Failure::NotFound)?;
    let today = house.today();
    let known = house
        .store
        .read(move |tx| people::list_demo_staff(tx))
        .await?
        .into_iter()
        .any(|staff| staff.id == wanted && staff.ended_on.is_none_or(|last| last >= today));
    if !known {
        return Err(Failure::NotFound);
    }
    end_own(&house, &visit).await?;
    let token = session::begin(&house, wanted).await?;
    let onward = onward(&house, wanted, "", None).await?;
    session_cookie(&house, go_to(&onward), &token)
}

/// `POST /sign-out`: ends the session at once and takes the cookie away. Does no harm twice.
async fn sign_out(State(house): State<House>, visit: Visit) -> Answer {
    end_own(&house, &visit).await?;
    session_cookie(&house, go_to("/"), "; Max-Age=0")
}
