//! `POST /notes/new`: three fields from the desk become the text of a new note in the client's matter. Nothing is stored
//! as a note yet, and nothing typed is in an address: the text moves as a draft, and the note's own page asks the rest.

use axum::extract::State;
use casework::store::list;
use clients::{ClientId, Reader};
use documents::DocError;
use identity::session::CurrentUser;
use web::{Answer, Failure, House, Posted, drafts, go_to};

use super::choose;
use super::common::casework;
use super::note::new_in;
use super::sheet::Place;
use crate::domain::FormId;

/// The draft of the desk's own three fields, kept when no note can be begun from them.
pub const DRAFT: &str = "quick-note";

pub(super) async fn send(State(house): State<House>, user: CurrentUser, posted: Posted) -> Answer {
    let value = |name: &str| posted.value(name).trim().to_owned();
    let (client, happened, next) = (value("client"), value("happened"), value("next"));
    let (casework, reader) = (casework(&house)?, Reader::from(&user));
    let matter = match client.parse::<ClientId>() {
        Ok(id) if !happened.is_empty() => {
            let asked = reader.clone();
            let found = house
                .store
                .show(move |tx| choose::of_client(tx, &casework, &asked, id))
                .await;
            let found = found.map_err(|_: DocError| Failure::NotFound)?;
            found.value.own.first().map(|row: &list::ListRow| row.id)
        }
        _ => None,
    };
    let owner = reader.staff.bytes();
    let now = house.now();
    let form = FormId::new(&*house.clock, &*house.chance).to_string();
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let (key, fields, way) = match matter {
        Some(matter) => (
            Place::New(matter).draft_key(&form),
            vec![
                field("form", &form),
                field("client", &client),
                field("body", &happened),
                field("next-1", &next),
            ],
            new_in(matter),
        ),
        None => (
            DRAFT.to_owned(),
            vec![
                field("client", &client),
                field("happened", &happened),
                field("next", &next),
            ],
            "/desk?done=quick".to_owned(),
        ),
    };
    let begun = matter.is_some();
    house
        .store
        .write(move |tx| {
            if begun {
                drafts::delete(tx, owner, DRAFT)?;
            }
            drafts::save(tx, owner, &key, &fields, now)
        })
        .await?;
    Ok(go_to(&way))
}
