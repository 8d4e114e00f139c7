//! The county's themes in versions.

use kernel::time::Date;
use store::{Query, Row, StoreError, WriteTx, params};

use super::observe::date;
use super::{Editor, unreadable};
use crate::domain::{ReportError, Theme, ThemeVersion, Themes, Wrong};

const VERSION: &str = "select code, valid_from, name_fi, name_sv, name_en, name_easy, keywords, indicators, sensitive, retired from theme_version";

fn version(row: &Row) -> Result<ThemeVersion, StoreError> {
    let words = |text: String| {
        text.split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect()
    };
    Ok(ThemeVersion {
        theme: Theme::from_code(&row.get::<String>(0)?).ok_or_else(unreadable)?,
        valid_from: date(&row.get::<String>(1)?)?,
        name_fi: row.get(2)?,
        name_sv: row.get(3)?,
        name_en: row.get(4)?,
        name_easy: row.get(5)?,
        keywords: words(row.get(6)?),
        indicators: row
            .get::<String>(7)?
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        sensitive: row.get(8)?,
        retired: row.get(9)?,
    })
}

/// The themes that stand on a day.
///
/// # Errors
/// When the engine fails.
pub fn on(query: &mut impl Query, day: Date) -> Result<Themes, StoreError> {
    let rows = query.query(VERSION, &[])?;
    let versions: Vec<_> = rows.iter().map(version).collect::<Result<_, _>>()?;
    Ok(Themes::on(day, versions))
}

/// Every version of one, the newest first.
///
/// # Errors
/// [`ReportError::NotFound`] without the right, or when there is none.
pub fn versions(
    query: &mut impl Query,
    editor: &Editor,
    theme: &Theme,
) -> Result<Vec<ThemeVersion>, ReportError> {
    editor.right("observation", "read", super::GROUPED)?;
    let rows = query.query(
        &format!("{VERSION} where code = $1 order by valid_from desc"),
        &params![theme.code()],
    )?;
    if rows.is_empty() {
        return Err(ReportError::NotFound);
    }
    Ok(rows.iter().map(version).collect::<Result<_, _>>()?)
}

/// Keeps a version of a theme; one that begins the same day is replaced, since nothing has stood on it yet. Themes stand for the whole
/// county, so that figures of years can be laid beside each other: what was, stays.
///
/// # Errors
/// [`ReportError::Field`] when a text is wrong or the day is past, [`ReportError::NotFound`] without the right.
pub fn save(
    tx: &mut WriteTx<'_>,
    editor: &Editor,
    version: ThemeVersion,
) -> Result<(), ReportError> {
    let row = editor.right("publication", "edit_draft", super::EVIDENCE)?;
    let version = version.checked()?;
    if version.valid_from < editor.today() {
        return Err(ReportError::Field("valid_from", Wrong::Past));
    }
    tx.execute(
        "insert into theme_version (code, valid_from, name_fi, name_sv, name_en, name_easy, keywords, indicators, sensitive, retired) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (code, valid_from) do update set name_fi = excluded.name_fi, name_sv = excluded.name_sv, name_en = excluded.name_en, name_easy = excluded.name_easy, keywords = excluded.keywords, indicators = excluded.indicators, sensitive = excluded.sensitive, retired = excluded.retired",
        &params![
            version.theme.code(),
            version.valid_from.to_string(),
            version.name_fi.as_str(),
            version.name_sv.as_str(),
            version.name_en.as_str(),
            version.name_easy.as_str(),
            version.keywords.join(", "),
            version.indicators.join(" "),
            version.sensitive,
            version.retired
        ],
    )?;
    editor.log(tx, row, "theme.save", version.theme.code().to_owned())?;
    Ok(())
}
