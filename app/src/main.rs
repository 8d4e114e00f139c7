//! The command `noste`.

use std::process::ExitCode;

use app::cli::{
    AccountCommand, Cli, Command, DisclosureCommand, IdentityCommand, ImportCommand, LogCommand,
    RightsCommand, StatisticsCommand, TokenCommand,
};
use app::error::AppError;
use app::{accounts, backup, commands, demo, import, statistics, token, verify};
use clap::Parser;

fn main() -> ExitCode {
    app::quiet::begin();
    match run(Cli::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("noste: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<ExitCode, AppError> {
    match command {
        Command::Demo(args) => block_on(demo::demo(&args))?,
        Command::Serve { config } => block_on(commands::serve_config(&config))?,
        Command::Init {
            data,
            county,
            config,
        } => commands::init(&data, &county, &config)?,
        Command::Migrate { config } => commands::migrate(&config)?,
        Command::Synth(args) => commands::synth(&args)?,
        Command::Rights {
            command: RightsCommand::Explain(args),
        } => return Ok(commands::rights_explain(&args)),
        Command::Token {
            command: TokenCommand::Create(args),
        } => token::create(&args)?,
        Command::Log {
            command: LogCommand::Verify(args),
        } => return commands::log_verify(&args),
        Command::Backup(args) => backup::backup(&args)?,
        Command::Restore(args) => backup::restore(&args)?,
        Command::BackupKey(args) => backup::new_key(&args)?,
        Command::Verify(args) => return verify::verify(&args),
        Command::Deadline { rule, date } => return Ok(commands::deadline(&rule, &date)),
        Command::Identity {
            command: IdentityCommand::Check { codes },
        } => {
            return Ok(commands::identity_check(&codes));
        }
        Command::Disclosure { command } => {
            return Ok(match command {
                DisclosureCommand::Protect { file } => {
                    commands::disclosure(&file, disclosure::command::protect_text)
                }
                DisclosureCommand::Audit { file } => {
                    commands::disclosure(&file, disclosure::command::audit_text)
                }
                DisclosureCommand::Round { file } => {
                    commands::disclosure(&file, disclosure::command::round_text)
                }
            });
        }
        Command::Account {
            command: AccountCommand::Invite(args),
        } => accounts::invite_command(&args)?,
        Command::Import {
            command: ImportCommand::Clients(args),
        } => {
            if !import::clients(&args)? {
                return Ok(ExitCode::FAILURE);
            }
        }
        Command::Statistics { command } => {
            let code = match command {
                StatisticsCommand::Fetch(args) => block_on(statistics::fetch(&args))?,
                StatisticsCommand::Import(args) => statistics::import(&args)?,
                StatisticsCommand::Borders(args) => statistics::borders(&args)?,
            };
            return Ok(ExitCode::from(code));
        }
        Command::Version => println!("noste {}", env!("CARGO_PKG_VERSION")),
    }
    Ok(ExitCode::SUCCESS)
}

fn block_on<T>(work: impl Future<Output = Result<T, AppError>>) -> Result<T, AppError> {
    tokio::runtime::Runtime::new()?.block_on(work)
}
