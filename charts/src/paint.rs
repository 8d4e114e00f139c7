//! How each class looks where no theme sets it: in a saved file and on paper.
//!
//! Presentation attributes lose to every rule of a style sheet, so the theme (and its dark side) wins on
//! pages. The values are those of the light theme.

/// Marks of a picture. The name is the class that the theme sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Axis,
    Grid,
    Band,
    Line,
    Dot,
    Note,
    Text,
    Strong,
    Land,
    Tile(u8),
    NoTile,
    TileText,
    TileNumber,
}

const INK: &str = "#1d1d1b";
const INK_SOFT: &str = "#57534e";
const RULE: &str = "#d6d3d1";
const EDGE: &str = "#8a8580";
const ACCENT: &str = "#035e64";
const FONT: (&str, &str) = ("font-family", "Inter, Arial, sans-serif");

impl Class {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Axis => "c-axis",
            Self::Grid => "c-grid",
            Self::Band => "c-band",
            Self::Line => "c-line",
            Self::Dot => "c-dot",
            Self::Note => "c-note",
            Self::Text => "c-text",
            Self::Strong => "c-val",
            Self::Land => "c-land",
            Self::Tile(1) => "c-tile-1",
            Self::Tile(2) => "c-tile-2",
            Self::Tile(3) => "c-tile-3",
            Self::Tile(4) => "c-tile-4",
            Self::Tile(_) => "c-tile-0",
            Self::NoTile => "c-tile-none",
            Self::TileText => "c-tile-text",
            Self::TileNumber => "c-tile-num",
        }
    }

    pub(crate) const fn plain(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Axis => &[("stroke", EDGE)],
            Self::Grid => &[("stroke", RULE)],
            Self::Band => &[("fill", "#c0e0e4")],
            Self::Line => &[
                ("fill", "none"),
                ("stroke", ACCENT),
                ("stroke-width", "2"),
                ("stroke-linejoin", "round"),
                ("stroke-linecap", "round"),
            ],
            Self::Dot => &[("fill", ACCENT), ("stroke", "#fff"), ("stroke-width", "2")],
            Self::Note => &[("stroke", EDGE), ("stroke-dasharray", "2 3")],
            Self::Text => &[FONT, ("font-size", "12"), ("fill", INK_SOFT)],
            Self::Strong => &[
                FONT,
                ("font-size", "12"),
                ("font-weight", "600"),
                ("fill", INK),
            ],
            Self::Land => &[("fill", "#f5f4f2"), ("stroke", RULE)],
            Self::Tile(1) => &[("fill", "#e1f1f4")],
            Self::Tile(2) => &[("fill", "#c0e0e4")],
            Self::Tile(3) => &[("fill", ACCENT)],
            Self::Tile(4) => &[("fill", "#022f33")],
            Self::Tile(_) => &[
                ("fill", "#fff"),
                ("stroke", EDGE),
                ("stroke-dasharray", "3 2"),
            ],
            Self::NoTile => &[("fill", "#f5f4f2"), ("stroke", RULE)],
            Self::TileText => &[FONT, ("font-size", "11"), ("font-weight", "500")],
            Self::TileNumber => &[FONT, ("font-size", "12"), ("font-weight", "600")],
        }
    }
}

/// The class and colour of words on a tile of a class.
pub(crate) const fn words_on(tile: Class) -> (&'static str, &'static str) {
    match tile {
        Class::Tile(3 | 4) => ("c-on-dark", "#fff"),
        _ => ("c-on-light", "#022f33"),
    }
}

/// Dashes of the lines of one picture, so that they differ without colour; the first is unbroken.
pub(crate) const DASHES: [&str; 5] = ["none", "7 4", "2 4", "10 3 2 3", "4 2"];
/// Their colours where no theme sets them.
pub(crate) const STROKES: [&str; 5] = [ACCENT, "#684a31", "#7a2e8e", "#1d1d1b", "#b3261e"];
