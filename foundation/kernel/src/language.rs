//! Languages of the pages.

/// A message set: three languages and Easy Finnish, which public and client pages also speak.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    #[default]
    Fi,
    Sv,
    En,
    /// Easy Finnish (selkosuomi).
    Easy,
}

impl Language {
    pub const ALL: [Self; 4] = [Self::Fi, Self::Sv, Self::En, Self::Easy];

    /// The code used in addresses, files and the store: `fi`, `sv`, `en`, `easy`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
            Self::Easy => "easy",
        }
    }

    /// The BCP 47 tag for `lang` attributes; Easy Finnish is Finnish.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Fi | Self::Easy => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language of a code, `None` for an unknown one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}
