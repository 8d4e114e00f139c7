//! Who took part in the handling of a phenomenon, on its page: stages, numbers, and the share of experts by experience.

use reporting::panels::{Around, Line, Panel};
use store::{ReadTx, StoreError};

use crate::domain::Stage;
use crate::pages::labels;
use crate::store::share::{self, Share};

/// The part of a phenomenon's page; three statements.
///
/// # Errors
/// When the engine fails.
pub fn of_phenomenon(
    tx: &mut ReadTx<'_>,
    around: &Around<'_>,
) -> Result<Option<Panel>, StoreError> {
    let t = around.t;
    let share = share::share(tx, around.phenomenon)?;
    let mut panel = Panel {
        id: "participation".to_owned(),
        heading: t.get("participation-panel-title"),
        columns: [
            "participation-panel-stage",
            "participation-panel-people",
            "participation-panel-experts",
        ]
        .map(|key| t.get(key))
        .into(),
        empty: t.get("participation-panel-empty"),
        ..Panel::default()
    };
    panel.rows = Stage::ALL
        .iter()
        .filter_map(|stage| Some((stage, share.stages.get(stage)?)))
        .map(|(stage, count)| Line {
            title: labels::stage(t, *stage),
            sub: t.with(
                "participation-panel-gatherings",
                &[("count", count.gatherings.into())],
            ),
            cells: vec![
                (count.people.to_string(), String::new()),
                (count.experts.to_string(), String::new()),
            ],
            ..Line::default()
        })
        .collect();
    panel.notes.extend(of_all(t, &share));
    Ok(Some(panel))
}

/// Everybody who came, each gathering once, and how many of them know the matter by experience.
fn of_all(t: &web::Texts, share: &Share) -> Option<String> {
    Some(t.with(
        "participation-panel-share",
        &[
            ("people", share.people.into()),
            ("experts", share.experts.into()),
            ("percent", share.percent()?.into()),
        ],
    ))
}
