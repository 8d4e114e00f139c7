//! The command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

mod keeping;
mod open_figures;

pub use keeping::{BackupArgs, BackupKeyArgs, PlaceArgs, RestoreArgs};
pub use open_figures::{
    BordersArgs, FetchArgs, ServiceOf, StatisticsCommand, StatisticsImportArgs, WhereArgs,
};

/// Folder of heads and log key that `synth` and `log verify` use for a database when none is told.
pub const USUAL_HEADS: &str = "data/synth";

/// Information system of adult social work in a Finnish wellbeing services county.
#[derive(Debug, Parser)]
#[command(name = "noste", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a synthetic county and serve it on this machine, with demo identities
    Demo(DemoArgs),
    /// Serve the counties of a configuration file
    Serve {
        /// Configuration file (TOML), see docs/running.md
        #[arg(long)]
        config: PathBuf,
    },
    /// Make keys and a configuration file to start from
    Init {
        /// Folder for keys and data
        #[arg(long, default_value = "data/noste")]
        data: PathBuf,
        /// Code of the wellbeing services county
        #[arg(long, default_value = "15")]
        county: String,
        /// Where to write the configuration file
        #[arg(long, default_value = "noste.toml")]
        config: PathBuf,
    },
    /// Bring the databases of a configuration up to this version
    Migrate {
        #[arg(long)]
        config: PathBuf,
    },
    /// Fill an empty county with synthetic people and contacts
    Synth(SynthArgs),
    /// The rights table
    Rights {
        #[command(subcommand)]
        command: RightsCommand,
    },
    /// Tokens by which programs use the interface
    Token {
        #[command(subcommand)]
        command: TokenCommand,
    },
    /// The log of use and change
    Log {
        #[command(subcommand)]
        command: LogCommand,
    },
    /// Write everything of a county into an encrypted file, while the house is open (docs/restore.md)
    Backup(BackupArgs),
    /// Restore a backup to an empty place; nothing is there before everything holds (docs/restore.md)
    Restore(RestoreArgs),
    /// Make a key that opens backups, and print its public part
    BackupKey(BackupKeyArgs),
    /// Check everything of each county: log, versions, counts, search index, statistics; exit 1 names what does not hold
    Verify(PlaceArgs),
    /// Print the due date of a rule or of a time limit in law
    ///
    /// An argument that parses as a rule (for example `WD(7)`) is a rule without validity; anything
    /// else is an id of the deadlines table. Exit codes: 0 the date is printed; 2 unknown rule or id,
    /// or an impossible date; 3 the rule is NONE, and its soft code is on standard error; 4 the id has
    /// no row in force on that date.
    Deadline {
        /// Rule or id
        rule: String,
        /// Trigger date, for example 2026-02-02
        date: String,
    },
    /// Personal identity codes
    Identity {
        #[command(subcommand)]
        command: IdentityCommand,
    },
    /// Disclosure control of tables of counts
    Disclosure {
        #[command(subcommand)]
        command: DisclosureCommand,
    },
    /// Accounts of workers
    Account {
        #[command(subcommand)]
        command: AccountCommand,
    },
    /// Bring data from another system
    Import {
        #[command(subcommand)]
        command: ImportCommand,
    },
    /// Open statistics of areas, kept with their sources
    Statistics {
        #[command(subcommand)]
        command: StatisticsCommand,
    },
    /// Print the version
    Version,
}

#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder of the synthetic county
    #[arg(long, default_value = "data/demo")]
    pub data: PathBuf,
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Address to listen on; only loopback addresses are accepted
    #[arg(long, default_value = "127.0.0.1")]
    pub listen: IpAddr,
    /// People in the synthetic county
    #[arg(long, env = "NOSTE_DEMO_PERSONS", default_value_t = 3_000)]
    pub persons: u32,
    /// Years of contacts
    #[arg(long, env = "NOSTE_DEMO_YEARS", default_value_t = 2)]
    pub years: u16,
    /// Seed: the same seed gives the same county
    #[arg(long, default_value_t = 15)]
    pub seed: u64,
    /// Turn rate limits off: for load tests on this machine
    #[arg(long, env = "NOSTE_DEMO_NO_LIMITS", hide = true)]
    pub no_limits: bool,
}

#[derive(Debug, Args)]
pub struct SynthArgs {
    /// Code of the wellbeing services county
    #[arg(long, default_value = "15")]
    pub county: String,
    #[arg(long, default_value_t = 3_000)]
    pub persons: u32,
    #[arg(long, default_value_t = 2)]
    pub years: u16,
    #[arg(long, default_value_t = 15)]
    pub seed: u64,
    /// Folder for `<county>.sqlite`, its heads and the log key
    #[arg(long, default_value = "data/synth", conflicts_with = "database")]
    pub data: PathBuf,
    /// A PostgreSQL database instead of a folder
    #[arg(long)]
    pub database: Option<String>,
    /// Folder of the log heads and the log key when `--database` is used
    #[arg(long, default_value = USUAL_HEADS)]
    pub heads: PathBuf,
    /// Grow the county to the size of the whole country's clients; an interrupted run goes on when it is repeated
    #[arg(long)]
    pub stress: bool,
    /// Clients that --stress adds
    #[arg(long, default_value_t = 220_000, requires = "stress")]
    pub clients: u32,
    /// How many of them have an open matter
    #[arg(long, default_value_t = 15_000, requires = "stress")]
    pub open: u32,
    /// Texts of each client with an open matter
    #[arg(long, default_value_t = 10, requires = "stress")]
    pub texts: u32,
    /// Entries of the log in all
    #[arg(long, default_value_t = 2_000_000, requires = "stress")]
    pub entries: u64,
}

#[derive(Debug, Subcommand)]
pub enum LogCommand {
    /// Walk the seal and the chain of every county; exit 1 names the first entry that does not hold
    Verify(VerifyArgs),
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("where").required(true))]
pub struct VerifyArgs {
    /// Folder with one `<county>.sqlite` each and its log heads beside it in `<county>.heads`
    #[arg(long, group = "where")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database, `postgres://...`
    #[arg(long, group = "where")]
    pub database: Option<String>,
    /// One schema only; by default every county schema of the database
    #[arg(long, requires = "database")]
    pub schema: Option<String>,
    /// Folder of the heads outside the database (with --database)
    #[arg(long, requires = "database")]
    pub heads: Option<PathBuf>,
    /// File of the log key; by default `log.key` in the data or heads folder
    #[arg(long, env = "NOSTE_LOG_KEY_FILE")]
    pub key: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make a token and print its secret, which is shown this once
    ///
    /// For the county's own machines, while the program is not running there (SQLite) or from any (PostgreSQL).
    /// Two people stand behind a token: its owner and another who has agreed to it. It stands in the log.
    Create(TokenArgs),
}

#[derive(Debug, Clone, Args)]
pub struct TokenArgs {
    /// Configuration file (TOML)
    #[arg(long, conflicts_with = "data")]
    pub config: Option<PathBuf>,
    /// Folder of a demo
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Code of the county, when the configuration has several
    #[arg(long)]
    pub county: Option<String>,
    /// What it is for
    #[arg(long)]
    pub name: String,
    /// Who answers for it: staff id, name, or the role that a demo offers
    #[arg(long, value_name = "WHO")]
    pub owner: String,
    /// Another person who has agreed to it
    #[arg(long, value_name = "WHO")]
    pub approved_by: String,
    /// For whom it acts: it never has more rights than this person
    #[arg(long, value_name = "WHO")]
    pub acts_for: String,
    /// What it may be used for, for example clients.read,matters.read
    #[arg(long, value_delimiter = ',', required = true)]
    pub scopes: Vec<String>,
    /// Addresses or networks it may be used from; any without this
    #[arg(long, value_delimiter = ',')]
    pub addresses: Vec<String>,
    /// Days until it ends, at most 365
    #[arg(long, default_value_t = 90)]
    pub days: i64,
}

#[derive(Debug, Subcommand)]
pub enum RightsCommand {
    /// Print how the table answers and by which row, condition or bar
    ///
    /// The first line is the answer alone: `allow ROW`, `exceptional ROW` (denied, with the door of
    /// exceptional access), `deny ROW:CONDITION`, `deny BAR` or `deny default`. Exit codes: 0 there is
    /// an answer; 2 a word that the table does not know, and those it knows on standard error.
    Explain(ExplainArgs),
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Work tasks or roles, for example front_door
    #[arg(
        long = "as",
        value_name = "ROLE",
        value_delimiter = ',',
        required = true
    )]
    pub roles: Vec<String>,
    /// Qualification codes: sw+office, sw, sc+office, sc, hp, other; none is not an employee
    #[arg(long, value_name = "Q", value_delimiter = ',', default_value = "any")]
    pub qualification: Vec<String>,
    /// Service task of the object: working_age, families, all, na, ...
    #[arg(long, value_name = "T", default_value = "working_age")]
    pub service_task: String,
    /// Relations to the client or the object, or none
    #[arg(long, value_name = "R", value_delimiter = ',', default_value = "none")]
    pub relation: Vec<String>,
    /// Class of the object
    #[arg(long, value_name = "CLASS")]
    pub object: String,
    /// Action
    #[arg(long, value_name = "A")]
    pub action: String,
    /// Conditions that hold, and bars (B01 ...)
    #[arg(long, value_name = "TOKEN", value_delimiter = ',')]
    pub given: Vec<String>,
    /// The day asked; without it, rows that come into force later count too
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Tell also the basis and the conditions
    #[arg(long)]
    pub verbose: bool,
}

#[derive(Debug, Subcommand)]
pub enum IdentityCommand {
    /// Check codes and print one JSON object a line; exit 1 when any is not valid
    Check {
        /// Codes; write `--` before one that begins with a hyphen
        #[arg(required = true, allow_hyphen_values = true)]
        codes: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum DisclosureCommand {
    /// Find what must be hidden beside small counts, so that no hidden count can be told
    ///
    /// The file has `threshold`, `cells` (name: count) and `equations` (total, parts); it may have `groups` (sums of a sensitive
    /// variable), `primary` and `published` (names). Exit codes: 0 protected, or nothing to hide; 1 no pattern
    /// protects it; 2 the file is not such a table.
    Protect {
        /// JSON file, or - for standard input
        file: PathBuf,
    },
    /// Judge a table as it would be printed, with the cells of `suppressed` hidden
    ///
    /// Exit codes: 0 safe; 1 not safe; 2 the file is not such a table.
    Audit {
        /// JSON file, or - for standard input
        file: PathBuf,
    },
    /// Round every count of a table, and judge what can be told of the rounded ones. The file has a secret, "key", beside the table
    Round {
        /// File with threshold, cells, equations and key; `-` for standard input
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Print a one-time code with which somebody opens an account, the first administrator above all
    ///
    /// An SQLite county is open to one program at a time: stop the server first, or invite on the page of
    /// administration.
    Invite(InviteArgs),
}

#[derive(Debug, Args)]
pub struct InviteArgs {
    /// The name to sign in by, for example anna.salo
    pub login: String,
    /// First name and family name, as in the list of staff
    #[arg(long)]
    pub name: String,
    /// When nobody has that name: make an administrator of users, who sees no client data
    #[arg(long)]
    pub administrator: bool,
    /// Configuration file of the server
    #[arg(long, conflicts_with = "data", required_unless_present = "data")]
    pub config: Option<PathBuf>,
    /// Which county of the configuration; needed when there are several
    #[arg(long, requires = "config")]
    pub county: Option<String>,
    /// Folder of a demo
    #[arg(long)]
    pub data: Option<PathBuf>,
    /// Days in which the code works
    #[arg(long, default_value_t = identity::accounts::DAYS)]
    pub days: u16,
}

#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Clients and their open matters, from the rows of a CSV file (docs/import.md)
    ///
    /// The same file again changes nothing. Exit code 1 when a row was refused; each is told with its line
    /// and reason. An SQLite county is open to one program at a time: stop the server first.
    Clients(ImportArgs),
}

#[derive(Debug, Args)]
pub struct ImportArgs {
    /// The file
    pub file: PathBuf,
    /// Tell what would be done, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Name of the other system: a row is known again by it and the row's own id
    #[arg(long, default_value = "import")]
    pub system: String,
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
