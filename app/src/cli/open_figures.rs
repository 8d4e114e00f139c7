//! Arguments of `noste statistics`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Debug, Subcommand)]
pub enum StatisticsCommand {
    /// Fetch figures, one question at a time; begun again, it goes on from where it was
    ///
    /// Years whose data the service has not changed are not asked again. What cannot be fetched leaves the old figures as
    /// they were. Exit code 1 when something was not fetched. An SQLite county is open to one program at a time: stop the
    /// server first.
    Fetch(FetchArgs),
    /// Take borders of municipalities from a GeoJSON file, for the maps
    ///
    /// The official file is Statistics Finland's "Kuntapohjaiset tilastointialueet"; 1:4 500 000 is enough. A file that is refused
    /// leaves the borders of before, and the exit code is 1.
    Borders(BordersArgs),
    /// Take figures from a CSV file, without a network
    ///
    /// Columns and forms: docs/statistics.md. A file with a wrong line changes nothing: each wrong line is told, and the exit code
    /// is 1. The same file again changes nothing.
    Import(StatisticsImportArgs),
}

/// Whose data.
#[derive(Debug, Args)]
pub struct WhereArgs {
    /// Configuration file of the server
    #[arg(long, conflicts_with = "data", required_unless_present = "data")]
    pub config: Option<PathBuf>,
    /// Which county of the configuration; needed when there are several
    #[arg(long, requires = "config")]
    pub county: Option<String>,
    /// Folder of a demo
    #[arg(long)]
    pub data: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct FetchArgs {
    /// Page or e-mail address by which the keepers of the service reach the county
    #[arg(long, env = "NOSTE_STATISTICS_CONTACT")]
    pub contact: String,
    /// Which service is asked
    #[arg(long, value_enum, default_value_t = ServiceOf::Sotkanet)]
    pub source: ServiceOf,
    /// File of questions to StatFin or THL (TOML), see docs/statistics.md
    #[arg(long, required_if_eq_any([("source", "statfin"), ("source", "thl")]))]
    pub ask: Option<PathBuf>,
    /// Sotkanet's ids of indicators; without this, those that adult social work follows
    #[arg(long, value_delimiter = ',')]
    pub indicator: Vec<u32>,
    /// First year; ten years back without this
    #[arg(long)]
    pub from: Option<i16>,
    /// Last year
    #[arg(long)]
    pub to: Option<i16>,
    /// Ask again also for what has not changed
    #[arg(long)]
    pub again: bool,
    /// Keep a year also when it has less than half of the values of last time
    #[arg(long)]
    pub accept_fewer: bool,
    /// Another address of the service
    #[arg(long)]
    pub base: Option<String>,
    /// A name to go by when the usual one is refused; may be told many times
    #[arg(long)]
    pub agent: Vec<String>,
    /// Pause between two questions, in milliseconds
    #[arg(long, default_value_t = 1_000)]
    pub gap: u64,
    #[command(flatten)]
    pub at: WhereArgs,
}

#[derive(Debug, Args)]
pub struct StatisticsImportArgs {
    /// The file: CSV, or with --ask an answer of StatFin or THL (JSON-stat)
    pub file: PathBuf,
    /// File of questions that says how the answer is read
    #[arg(long, requires = "series")]
    pub ask: Option<PathBuf>,
    /// Which series of the questions the answer is to
    #[arg(long, requires = "ask")]
    pub series: Option<String>,
    /// Sotkanet's list of areas (its answer to /regions), for a file in Sotkanet's own form
    #[arg(long)]
    pub areas: Option<PathBuf>,
    #[command(flatten)]
    pub at: WhereArgs,
}

/// A service that is asked over the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ServiceOf {
    Sotkanet,
    Statfin,
    Thl,
}

#[derive(Debug, Args)]
pub struct BordersArgs {
    /// The file
    pub file: PathBuf,
    /// How its producer is named under the map
    #[arg(long)]
    pub attribution: Option<String>,
    #[command(flatten)]
    pub at: WhereArgs,
}
