//! Observations of the staff: written from any page by a key, followed on the writer's own page when she wants it.
//!
//! These forms keep no draft: a draft is its owner's and has a moment, and would tell who wrote what (I11). Nothing here is
//! logged for the same reason.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use identity::session::CurrentUser;
use web::{
    Answer, Choice, Failure, Form, House, Page, Posted, TOKEN_FIELD, Visit, go_to, page,
    page_with_status,
};

use super::named::with_names;
use super::public::{StepView, put};
use super::written::{self, Look, Options};
use crate::store::observe::{self, Source};

/// Purpose of the key under which a unit has a name without meaning: only its number is ever told.
const UNIT: &str = "noste 2026 observation unit";
/// What the writer chooses: not to be known, or the steps on her own page.
const ANONYMOUS: &str = "anonymous";
const OWN: &str = "own";

#[derive(Template)]
#[template(path = "observation-new.html")]
struct NewPage {
    page: Page,
    form: Form,
    look: Look,
    options: Options,
    ways: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "observation-sent.html")]
struct SentPage {
    page: Page,
    code: String,
}

#[derive(Template)]
#[template(path = "observation-mine.html")]
struct MinePage {
    page: Page,
    notice: String,
    rows: Vec<(String, StepView)>,
    /// Something ties her to what she wrote, and she may end that.
    tied: bool,
}

#[derive(Template)]
#[template(path = "observation-forget.html")]
struct ForgetPage {
    page: Page,
}

fn new_page(visit: &Visit, form: Form, look: Look) -> NewPage {
    let page = visit.page("observation-new-title");
    let t = &page.t;
    let mut names = written::names(t);
    names.push(("way", t.get("observation-way")));
    NewPage {
        options: Options::new(&visit.house, t, &form, true, &look),
        look,
        ways: vec![
            Choice::new(ANONYMOUS, t.get("observation-way-anonymous"))
                .hint(t.get("observation-way-anonymous-hint")),
            Choice::new(OWN, t.get("observation-way-own")).hint(t.get("observation-way-own-hint")),
        ],
        form: with_names(t, form, &names),
        page,
    }
}

pub(super) async fn show(State(house): State<House>, visit: Visit) -> Answer {
    let mut form = Form::new();
    form.set("way", ANONYMOUS);
    Ok(page(new_page(&visit, form, Look::now(&house).await?)))
}

pub(super) async fn send(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    posted: Posted,
) -> Answer {
    super::editor(&house, &user).right("observation", "create", &["no_client_link"])?;
    let mut form = posted.form();
    let own = match form.value("way") {
        ANONYMOUS => false,
        OWN => true,
        _ => {
            form.error("way", "observation-way-missing");
            false
        }
    };
    let county = house.county.code.clone();
    let mut look = Look::now(&house).await?;
    let read = written::read(&mut form, &county, visit.language, true, &look.themes);
    let again = match &read {
        Some(written) => look.through(&house, &visit.t(), &mut form, written).await?,
        None => true,
    };
    let Some(written) = read.filter(|_| !again && form.is_valid()) else {
        let status = written::status(&form);
        return Ok(page_with_status(status, new_page(&visit, form, look)));
    };
    let source = if own {
        named(&house, &user).await?
    } else {
        Source::default()
    };
    let code = put(&house, posted.value(TOKEN_FIELD), written, source).await?;
    if own {
        return Ok(go_to("/observations/mine?done=sent"));
    }
    Ok(page(SentPage {
        page: visit.page("observation-sent-title"),
        code: code.shown(),
    }))
}

/// The random names of a writer and her unit.
async fn named(house: &House, user: &CurrentUser) -> Result<Source, Failure> {
    let (chance, staff) = (std::sync::Arc::clone(&house.chance), user.staff.id);
    let digest = house.secrets.digest(UNIT, &user.unit.id.bytes());
    let mut unit = [0; 16];
    unit.copy_from_slice(&digest.as_bytes()[..16]);
    let writer = house
        .store
        .write(move |tx| observe::writer(tx, &*chance, staff))
        .await?
        .value;
    Ok(Source {
        writer: Some(writer),
        unit: Some(unit),
    })
}

pub(super) async fn mine(
    State(house): State<House>,
    visit: Visit,
    user: CurrentUser,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer {
    let staff = user.staff.id;
    let (mine, tied) = house
        .store
        .read(move |tx| {
            Ok::<_, store::StoreError>((observe::mine(tx, staff)?, observe::is_tied(tx, staff)?))
        })
        .await?;
    let page = visit.page("observation-mine-title");
    let rows = mine
        .into_iter()
        .map(|(body, step)| (body, StepView::new(&page.t, step)))
        .collect();
    Ok(web::page(MinePage {
        notice: super::done(&visit, &pairs),
        rows,
        tied,
        page,
    }))
}

pub(super) async fn ask_forget(visit: Visit) -> Response {
    page(ForgetPage {
        page: visit.page("observation-forget-title"),
    })
}

pub(super) async fn forget(State(house): State<House>, user: CurrentUser) -> Answer {
    let staff = user.staff.id;
    house
        .store
        .write(move |tx| observe::forget(tx, staff))
        .await?;
    Ok(go_to("/observations/mine?done=forgotten"))
}
