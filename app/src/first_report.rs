//! The demo's first report: the sheet that its editor has drafted is checked by her, read and released by its publisher, each with
//! her own rights, as people would on their pages. So the public list, a printed report and open data have something to show.

use std::time::Duration;

use figures::store::releases::newest;
use figures::{FiguresError, dictionary};
use identity::facts;
use identity::people::{self, StaffId};
use publications::domain::{Kind, PublishError, Quarter, VersionState};
use publications::store::{PublicationId, read};
use publications::{Printer, release};
use reporting::store::Editor;
use store::StoreError;
use web::House;

/// The demo identities of the two.
const EDITOR: &str = "structural_editor";
const PUBLISHER: &str = "structural_publisher";
/// A figure that the sheet draws in.
const FIGURE: &str = "contact-themes";
/// Own figures are made by their job when the house opens; so long they are waited for, in seconds.
const PATIENCE: usize = 30;

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Figures(#[from] FiguresError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error("the demo has nobody for it")]
    Nobody,
}

/// Releases the sheet of a county that has just been made.
///
/// # Errors
/// What is in the way: then a rule of the product has been broken.
pub async fn give_out(house: &House, printer: Printer) -> Result<(), NoReport> {
    let (editor, publisher) = (one(house, EDITOR).await?, one(house, PUBLISHER).await?);
    figures_made(house).await?;
    let by = editor.clone();
    let sheet = house
        .store
        .read(move |tx| {
            let all = read::list(tx, &by)?;
            let sheet = all
                .into_iter()
                .find(|one| one.kind == Kind::Sheet && one.state.is_open());
            Ok::<_, PublishError>(sheet.map(|one| (one.at.0, one.state)))
        })
        .await?;
    let Some((sheet, state)) = sheet else {
        return Ok(());
    };
    // A house that was closed in between goes on where it was.
    if state == VersionState::Draft {
        let at = (sheet, revision(house, &editor, sheet).await?);
        release::check(house, &editor, at).await?;
    }
    if state != VersionState::Reviewed {
        let at = (sheet, revision(house, &publisher, sheet).await?);
        release::review(house, &publisher, at).await?;
    }
    let at = (sheet, revision(house, &publisher, sheet).await?);
    release::release(house, &publisher, at, printer).await?;
    Ok(())
}

/// The demo's identity with a task, as she stands now.
async fn one(house: &House, task: &'static str) -> Result<Editor, NoReport> {
    let now = house.now();
    let found = house
        .store
        .read(move |tx| {
            let staff: Option<StaffId> = people::list_demo_staff(tx)?
                .into_iter()
                .find(|one| one.tasks.iter().any(|own| own == task))
                .map(|one| one.id);
            let Some(staff) = staff else { return Ok(None) };
            let subject = facts::subject(tx, staff, now)?;
            Ok::<_, StoreError>(subject.map(|subject| Editor {
                staff,
                subject,
                now,
            }))
        })
        .await?;
    found.ok_or(NoReport::Nobody)
}

async fn revision(house: &House, editor: &Editor, of: PublicationId) -> Result<i64, NoReport> {
    let by = editor.clone();
    Ok(house
        .store
        .read(move |tx| Ok::<_, PublishError>(read::newest(tx, &by, of)?.revision))
        .await?)
}

/// Waits until the figure that the sheet draws in has been released; without it the sheet goes out without.
async fn figures_made(house: &House) -> Result<(), NoReport> {
    let Some(definition) = dictionary::find(FIGURE) else {
        return Ok(());
    };
    // The last quarter of the sheet.
    let last = Quarter::of(house.today()).previous().year;
    for _ in 0..PATIENCE {
        let key = figures::seal_key(&house.secrets);
        let made = house
            .store
            .read(move |tx| newest(tx, &key, definition.code, definition.version))
            .await?;
        if made.iter().any(|one| one.meta.year >= last) {
            break;
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    Ok(())
}
