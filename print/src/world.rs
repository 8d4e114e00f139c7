//! What typst may see while it sets one report: the template, the report as data, its drawings and the fonts. There
//! is nothing else: no disk, no clock, no packages.

use std::{collections::HashMap, sync::LazyLock};

use typst::{
    Feature, Library, LibraryExt, World,
    diag::{FileError, FileResult},
    foundations::{Bytes, Datetime, Duration},
    syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};

use crate::{data, letters::FONTS};
use paper::Paper;

/// Heads of rows are told to the reader by a function that typst still keeps behind a switch.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = std::iter::once(Feature::A11yExtras).collect();
    LazyHash::new(Library::builder().with_features(features).build())
});
static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static TEMPLATE: LazyLock<Source> =
    LazyLock::new(|| Source::new(file("report.typ"), include_str!("report.typ").to_owned()));

/// One report on the desk.
pub(crate) struct Desk {
    files: HashMap<FileId, Bytes>,
}

impl Desk {
    pub(crate) fn new(paper: &Paper) -> Self {
        let report = data::of(paper);
        let mut files: HashMap<FileId, Bytes> = report
            .drawings
            .into_iter()
            .map(|(name, drawing)| (file(&name), Bytes::from_string(drawing)))
            .collect();
        files.insert(
            file("paper.json"),
            Bytes::from_string(report.json.to_string()),
        );
        Self { files }
    }
}

fn file(name: &str) -> FileId {
    let path = VirtualPath::new(name).expect("names are of this room and plain");
    FileId::new(RootedPath::new(VirtualRoot::Project, path))
}

/// The line of the template that an error speaks of.
pub(crate) fn line(span: DiagSpan) -> Option<usize> {
    let start = match span.get() {
        DiagSpanKind::Detached => return None,
        DiagSpanKind::Number { num, sub_range, .. } => TEMPLATE.range(num, sub_range)?.start,
        DiagSpanKind::Range { range, .. } => range.start,
    };
    let before = TEMPLATE.text().get(..start)?;
    Some(before.matches('\n').count() + 1)
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        TEMPLATE.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == TEMPLATE.id() {
            Ok(TEMPLATE.clone())
        } else {
            Err(FileError::AccessDenied)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.get(&id).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    /// The day of a report is its own, never the machine's.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
