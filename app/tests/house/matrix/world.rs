//! The county in which every answer is asked for: a client with a matter to be copied, and those who stand around.

use clients::ClientId;
use kernel::time::Date;

use crate::actors::{Cast, spare};
use crate::county::County;

pub struct World<'c> {
    pub county: &'c County,
    pub model: (ClientId, [u8; 16]),
    /// Name of the model and of all its copies.
    pub person: String,
    pub cast: Cast,
    pub today: Date,
}

impl<'c> World<'c> {
    pub fn of(county: &'c County) -> Self {
        let model = spare(county)[0];
        let person = county
            .rows(
                "select display_name from client where id = $1",
                &[model.0.bytes().into()],
                |row| row.get::<String>(0),
            )
            .remove(0);
        Self {
            county,
            model,
            person,
            cast: Cast::of(county),
            today: county.built.house.today(),
        }
    }
}
