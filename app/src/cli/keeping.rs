//! Backing up, restoring and verifying.

use std::path::PathBuf;

use clap::Args;

/// Where counties are: the same words for all three commands, and those of `noste log verify` among them.
#[derive(Debug, Clone, Args)]
#[command(group = clap::ArgGroup::new("place").required(true))]
pub struct PlaceArgs {
    /// Folder with `<county>.sqlite`, its heads and its keys
    #[arg(long, group = "place")]
    pub data: Option<PathBuf>,
    /// PostgreSQL database, `postgres://...`
    #[arg(long, group = "place")]
    pub database: Option<String>,
    /// Configuration file of the server
    #[arg(long, group = "place")]
    pub config: Option<PathBuf>,
    /// Code of the county, when there are several
    #[arg(long)]
    pub county: Option<String>,
    /// Schema, with --database; by default every county's
    #[arg(long, requires = "database")]
    pub schema: Option<String>,
    /// Folder of the heads outside the database, with --database
    #[arg(long, requires = "database")]
    pub heads: Option<PathBuf>,
    /// File of the log key; by default `log.key` in the data or heads folder, or that of the configuration
    #[arg(long, env = "NOSTE_LOG_KEY_FILE")]
    pub key: Option<PathBuf>,
    /// File of the root secret; by default `secret.key` in the data or heads folder, or that of the configuration
    #[arg(long, env = "NOSTE_SECRET_FILE")]
    pub secret: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct BackupArgs {
    /// File to write, which must not be there yet, or - for standard output
    pub file: PathBuf,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// Public key (age1...) that the backup is encrypted to; may be given several times
    #[arg(long = "recipient", value_name = "KEY")]
    pub recipients: Vec<String>,
    /// File of a backup key; without it and without a recipient `backup.key` in the data or heads folder, made when there is none
    #[arg(long, env = "NOSTE_BACKUP_KEY_FILE")]
    pub backup_key: Option<PathBuf>,
    /// Put the log key and the root secret inside too: whoever opens the backup has then everything
    #[arg(long)]
    pub with_keys: bool,
}

#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// File to read, or - for standard input
    pub file: PathBuf,
    #[command(flatten)]
    pub place: PlaceArgs,
    /// File of the backup key; by default `backup.key` in the data or heads folder
    #[arg(long, env = "NOSTE_BACKUP_KEY_FILE")]
    pub backup_key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct BackupKeyArgs {
    /// File to write, which must not be there yet
    pub file: PathBuf,
}
