//! How a member of staff reads and acts in the rooms of social reporting: as herself, in one transaction.

use std::sync::Arc;

use identity::session::CurrentUser;
use kernel::chance::Chance;
use kernel::clock::Clock;
use store::{ReadTx, StoreError, WriteTx};
use web::{House, drafts};

use crate::store::Editor;

/// Who acts now.
pub fn editor(house: &House, user: &CurrentUser) -> Editor {
    Editor {
        staff: user.staff.id,
        subject: user.subject.clone(),
        now: house.now(),
    }
}

/// Where ids come from.
pub struct Made {
    pub clock: Arc<dyn Clock>,
    pub chance: Arc<dyn Chance>,
}

impl Made {
    /// Those of a house.
    pub fn of(house: &House) -> Self {
        Self {
            clock: Arc::clone(&house.clock),
            chance: Arc::clone(&house.chance),
        }
    }

    /// As the store's functions take them.
    pub fn by(&self) -> (&dyn Clock, &dyn Chance) {
        (&*self.clock, &*self.chance)
    }
}

/// Reads as somebody who has signed in.
///
/// # Errors
/// Those of `read`, and what the store says.
pub async fn read<T, E>(
    house: &House,
    user: &CurrentUser,
    read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    read_as(house, editor(house, user), read).await
}

/// Reads as somebody.
///
/// # Errors
/// Those of `read`, and what the store says.
pub async fn read_as<T, E>(
    house: &House,
    editor: Editor,
    read: impl FnOnce(&mut ReadTx<'_>, &Editor) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    house.store.read(move |tx| read(tx, &editor)).await
}

/// Acts as somebody who has signed in, in one transaction; the draft of the form goes with it (`""` for none).
///
/// # Errors
/// Those of `act`, and what the store says; then the draft stays.
pub async fn act<T, E>(
    house: &House,
    user: &CurrentUser,
    draft: &str,
    act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let draft = draft.to_owned();
    act_as(house, editor(house, user), move |tx, editor, made| {
        let done = act(tx, editor, made)?;
        if !draft.is_empty() {
            drafts::delete(tx, editor.staff.bytes(), &draft)?;
        }
        Ok(done)
    })
    .await
}

/// Acts as somebody, in one transaction.
///
/// # Errors
/// Those of `act`, and what the store says.
pub async fn act_as<T, E>(
    house: &House,
    editor: Editor,
    act: impl FnOnce(&mut WriteTx<'_>, &Editor, &Made) -> Result<T, E> + Send + 'static,
) -> Result<T, E>
where
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let made = Made::of(house);
    let done = house.store.write(move |tx| act(tx, &editor, &made)).await?;
    Ok(done.value)
}
