//! What a figure is: the words and rules by which it is counted, the same for every reader and every release.

use kernel::language::Language;

/// A sentence in the languages of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    pub fi: &'static str,
    pub sv: &'static str,
    pub en: &'static str,
}

impl Words {
    /// In a reader's language; easy Finnish reads the Finnish.
    pub const fn of(&self, language: Language) -> &'static str {
        match language {
            Language::Fi | Language::Easy => self.fi,
            Language::Sv => self.sv,
            Language::En => self.en,
        }
    }
}

/// What one of the counted is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Clients,
    Contacts,
    Matters,
    Limits,
    Assessments,
    Plans,
    Goals,
    Offers,
    Talks,
    Answers,
}

impl Unit {
    /// The end of its message key.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clients => "clients",
            Self::Contacts => "contacts",
            Self::Matters => "matters",
            Self::Limits => "limits",
            Self::Assessments => "assessments",
            Self::Plans => "plans",
            Self::Goals => "goals",
            Self::Offers => "offers",
            Self::Talks => "talks",
            Self::Answers => "answers",
        }
    }
}

/// How time goes in a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// What happened in a time: months add up to the year.
    Flow,
    /// How things stand at the end of a month; the year is its last day.
    Stock,
    /// How things stand at the end of the period alone: what was so earlier is not kept.
    Now,
}

/// What is said of the counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Counts and counts for 1,000 inhabitants.
    PerHead,
    /// The share of these parts of all.
    Share(&'static [&'static str]),
    /// Counts by part, without inhabitants.
    Count,
}

/// A step by which a table is made coarser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// Parts with few are told together, with their names; never those whose share is told.
    SmallParts,
    /// Months and quarters become half-years.
    HalfYears,
    /// Ages are left out.
    Ages,
    /// Parts are told of the county alone.
    AreaParts,
    /// Parts are told of the whole period alone.
    TimeParts,
    /// The times within the period are left out.
    Times,
    /// Municipalities are left out.
    Areas,
    /// Parts are left out.
    Parts,
}

impl Merge {
    /// In words, for the data dictionary.
    pub const fn words(self) -> &'static str {
        match self {
            Self::SmallParts => "parts with few are told together",
            Self::HalfYears => "half-years instead of months",
            Self::Ages => "no ages",
            Self::AreaParts => "parts of the county alone",
            Self::TimeParts => "parts of the whole period alone",
            Self::Times => "no times within the period",
            Self::Areas => "no municipalities",
            Self::Parts => "no parts",
        }
    }
}

/// What is done where hiding small counts alone does not protect a table, or would leave little of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coarser {
    /// Taken one after the other, each on top of those before.
    pub merges: &'static [Merge],
    /// A step is taken while more of a hundred cells than this would be hidden.
    pub most_hidden: u8,
    /// Whether every count is rounded where the steps leave nothing but the total, or not even that.
    pub rounded: bool,
}

/// A figure that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Definition {
    /// Stable: addresses, releases and reports name it.
    pub code: &'static str,
    /// The version of this definition; another way of counting gets another number and begins a series of its own.
    pub version: u16,
    /// Questions of management it answers, 1-20.
    pub questions: &'static [u8],
    pub title: Words,
    /// What is counted: for a share the whole, and then the part.
    pub counts: Words,
    /// What is left out, and what else to know.
    pub omits: Words,
    pub unit: Unit,
    pub span: Span,
    pub measure: Measure,
    /// Codes of what the count is divided into, every one in exactly one; empty for none.
    pub parts: &'static [&'static str],
    /// Tables it is counted from.
    pub tables: &'static [&'static str],
    /// The municipality of each is known.
    pub areas: bool,
    /// The age of each is known.
    pub ages: bool,
    /// Days after the end of a period before it is counted.
    pub lag: u16,
    /// About something for which a county uses its higher threshold.
    pub sensitive: bool,
    /// What is done where hiding alone would not do.
    pub coarser: Coarser,
    /// Figures of the same name count the very same, divided otherwise: the totals of one are those of the other, and what one
    /// tells the other must know. Empty for none.
    pub same_as: &'static str,
    /// Another figure, and the part of it that this one counts.
    pub part_of: Option<(&'static str, &'static str)>,
}

impl Definition {
    /// The parts of which the share is told.
    pub const fn counted_parts(&self) -> &'static [&'static str] {
        match self.measure {
            Measure::Share(parts) => parts,
            Measure::PerHead | Measure::Count => &[],
        }
    }

    /// Whether counts of another figure are counts of this one, too.
    pub fn is_linked(&self, other: &Self) -> bool {
        let within = |one: &Self, of: &Self| one.part_of.is_some_and(|(code, _)| code == of.code);
        let same = !self.same_as.is_empty() && self.same_as == other.same_as;
        self.code == other.code || same || within(self, other) || within(other, self)
    }

    /// Whether there is nothing to tell but one number.
    pub const fn is_total_alone(&self) -> bool {
        !self.areas && self.parts.is_empty() && matches!(self.span, Span::Now)
    }

    /// Whether counts are set against inhabitants.
    pub const fn per_head(&self) -> bool {
        matches!(self.measure, Measure::PerHead)
    }
}

/// A question that the house cannot answer yet, and why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotRecorded {
    pub code: &'static str,
    pub question: u8,
    pub title: Words,
    pub because: Words,
}

/// A question that another page answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elsewhere {
    pub question: u8,
    pub title: Words,
    pub href: &'static str,
}
