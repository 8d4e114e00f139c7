//! The configuration file of `noste serve`.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use casework::domain::MatterSettings;
use clients::ClientSettings;
use intake::domain::IntakeSettings;
use serde::Deserialize;
use store::Engine;

use crate::directory::DirectoryConfig;
use crate::error::AppError;
use crate::features::Rooms;
use crate::house::Settings;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Address to listen on; a reverse proxy with TLS stands before it.
    pub listen: SocketAddr,
    /// The public address is https: secure cookies and HSTS.
    #[serde(default)]
    pub https: bool,
    /// Header in which the reverse proxy tells the client's address.
    pub trusted_proxy_header: Option<String>,
    /// Certificate (PEM, with those between it and the root) when no proxy ends TLS; read anew on SIGHUP.
    pub tls_certificate: Option<PathBuf>,
    /// Its key (PEM).
    pub tls_key: Option<PathBuf>,
    /// Address of the figures for Prometheus: another one than `listen`, and seen by this machine or a private network alone.
    pub metrics_listen: Option<SocketAddr>,
    /// Most connections at once.
    #[serde(default = "connections")]
    pub connections: usize,
    /// Most connections from one address (IPv6: a network of 64 bits). Not used behind a proxy.
    #[serde(default = "connections_of_one")]
    pub connections_of_one: usize,
    /// File of the root secret for cookies, forms and receipt codes.
    pub secret_file: PathBuf,
    /// File of the key that seals the log's heads. Keep it out of the database and its backups.
    pub log_key_file: PathBuf,
    /// Folder of the log heads outside the database.
    pub heads_dir: PathBuf,
    /// One table a county.
    pub county: Vec<CountyConfig>,
}

/// One county.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountyConfig {
    /// Code of the wellbeing services county, two digits.
    pub code: String,
    /// Host names by which this county is reached; may be empty when there is only one county.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// `sqlite:/path/15.sqlite` or `postgres://user@/database?host=/run/postgresql`.
    pub database: String,
    /// PostgreSQL: the same database as the role that owns the schema. `noste migrate` uses it, and
    /// `noste serve` then never changes tables.
    pub owner_database: Option<String>,
    /// PostgreSQL: the role of `database`, to which `noste migrate` grants what serving needs. It may
    /// add log entries but not change or remove them.
    pub service_role: Option<String>,
    /// PostgreSQL schema; by default `county_<code>`.
    pub schema: Option<String>,
    #[serde(default)]
    pub advice_phone: String,
    #[serde(default)]
    pub advice_hours_fi: String,
    #[serde(default)]
    pub advice_hours_sv: String,
    #[serde(default)]
    pub advice_hours_en: String,
    #[serde(default)]
    pub emergency_phone: String,
    #[serde(default)]
    pub accessibility_email: String,
    /// Where everybody reaches the house, for print and open data; by default the first of `hosts`.
    pub public_address: Option<String>,
    /// The parts of the product that the county uses, "work" and "reporting"; without any name all of them.
    #[serde(default)]
    pub rooms: Vec<String>,
    /// The county's own limits and targets.
    #[serde(default)]
    pub intake: IntakeSettings,
    /// Searches, tails of relations, exceptional access.
    #[serde(default)]
    pub clients: ClientSettings,
    /// Offers of matters and their tails.
    #[serde(default)]
    pub matters: MatterSettings,
    /// The county's own directory, through which its people sign in.
    pub directory: Option<DirectoryConfig>,
}

impl Config {
    /// Reads and checks the file.
    ///
    /// # Errors
    /// When it cannot be read, has an unknown key, or two counties claim one host.
    pub fn load(path: &Path) -> Result<Self, AppError> {
        let text = std::fs::read_to_string(path).map_err(AppError::file(path))?;
        Self::read(&text, path)
    }

    /// Reads and checks the text of a file; `path` is for what is said of a fault.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn read(text: &str, path: &Path) -> Result<Self, AppError> {
        let config: Self = toml::from_str(text).map_err(|source| AppError::Config {
            path: path.to_owned(),
            source: Box::new(source),
        })?;
        config.check()?;
        Ok(config)
    }

    /// The county of a command: the one that is named, or the only one.
    ///
    /// # Errors
    /// When it is not there, or several are and none is named.
    pub fn one(&self, county: Option<&str>) -> Result<&CountyConfig, AppError> {
        match (county, self.county.as_slice()) {
            (None, [one]) => Ok(one),
            (None, _) => Err(AppError::Setting(
                "the configuration has several counties: tell which with --county".to_owned(),
            )),
            (Some(code), all) => all.iter().find(|one| one.code == code).ok_or_else(|| {
                AppError::Setting(format!("the configuration has no county {code}"))
            }),
        }
    }

    fn check(&self) -> Result<(), AppError> {
        let wrong = |text: String| Err(AppError::Setting(text));
        if self.county.is_empty() {
            return wrong("name at least one [[county]]".to_owned());
        }
        self.check_listeners()?;
        let mut hosts = Vec::new();
        for county in &self.county {
            if kernel::place::county(&county.code).is_none() {
                return wrong(format!(
                    "there is no wellbeing services county {}",
                    county.code
                ));
            }
            if self.county.len() > 1 && county.hosts.is_empty() {
                return wrong(format!(
                    "county {} needs hosts, because there are several",
                    county.code
                ));
            }
            for host in &county.hosts {
                if hosts.contains(&host) {
                    return wrong(format!("the host {host} belongs to two counties"));
                }
                hosts.push(host);
            }
            if let Some(address) = &county.public_address
                && !is_origin(address)
            {
                return wrong(format!(
                    "public_address of county {} is not like https://noste.example.fi",
                    county.code
                ));
            }
            if let Err(fault) = Rooms::named(&county.rooms) {
                return wrong(format!("rooms of county {} has {fault}", county.code));
            }
            county.engine()?;
            county.owner_engine()?;
            let plain = |role: &String| {
                role.bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
            };
            if !county.service_role.as_ref().is_none_or(plain) {
                return wrong(format!(
                    "service_role of county {} is not a plain name",
                    county.code
                ));
            }
            if county.intake.answer_rule.parse::<law::Rule>().is_err() {
                return wrong(format!(
                    "intake.answer_rule of county {} is not a rule",
                    county.code
                ));
            }
            for (table, checked) in [
                ("clients", county.clients.check()),
                ("matters", county.matters.check()),
            ] {
                if let Err(fault) = checked {
                    return wrong(format!("county {}: {table}.{fault}", county.code));
                }
            }
        }
        Ok(())
    }
}

impl Config {
    fn check_listeners(&self) -> Result<(), AppError> {
        let wrong = |text: &str| Err(AppError::Setting(text.to_owned()));
        match (&self.tls_certificate, &self.tls_key) {
            (None, None) => {}
            (Some(_), Some(_)) if self.https => {}
            (Some(_), Some(_)) => return wrong("with tls_certificate https must be true"),
            _ => return wrong("tls_certificate and tls_key belong together"),
        }
        if let Some(figures) = self.metrics_listen {
            let own = match figures.ip().to_canonical() {
                IpAddr::V4(address) => address.is_loopback() || address.is_private(),
                IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
            };
            if !own || figures == self.listen {
                return wrong(
                    "metrics_listen must be another address than listen, of this machine or a private network (127.0.0.1:9100)",
                );
            }
        }
        if !(16..=65_536).contains(&self.connections)
            || !(4..=65_536).contains(&self.connections_of_one)
        {
            return wrong("connections may be 16-65536, and connections_of_one 4-65536");
        }
        Ok(())
    }
}

const fn connections() -> usize {
    2_048
}

const fn connections_of_one() -> usize {
    512
}

impl CountyConfig {
    /// The engine that `database` names.
    ///
    /// # Errors
    /// When it is neither SQLite nor PostgreSQL.
    pub fn engine(&self) -> Result<Engine, AppError> {
        engine(&self.database, self.schema())
    }
}

impl CountyConfig {
    /// Where everybody reaches the county's house; empty when neither the file nor a host name tells.
    pub fn public_address(&self, https: bool) -> String {
        let scheme = if https { "https" } else { "http" };
        let told = self.public_address.clone();
        let by_host = || self.hosts.first().map(|host| format!("{scheme}://{host}"));
        told.or_else(by_host).unwrap_or_default()
    }

    /// The parts of the product that the county uses; the names have been checked.
    pub fn rooms(&self) -> Rooms {
        Rooms::named(&self.rooms).unwrap_or_default()
    }

    /// What the county has decided, by room.
    pub fn settings(&self) -> Settings {
        Settings {
            intake: self.intake.clone(),
            clients: self.clients.clone(),
            matters: self.matters.clone(),
        }
    }

    fn schema(&self) -> String {
        self.schema.clone().unwrap_or_else(|| schema_of(&self.code))
    }

    /// The engine by which tables are changed.
    ///
    /// # Errors
    /// As [`CountyConfig::engine`].
    pub fn owner_engine(&self) -> Result<Engine, AppError> {
        engine(
            self.owner_database.as_ref().unwrap_or(&self.database),
            self.schema(),
        )
    }

    /// Whether `noste serve` runs missing migrations: only when no other role owns the schema.
    pub const fn serves_as_owner(&self) -> bool {
        self.owner_database.is_none()
    }

    /// Statements that give the service role what serving needs, for PostgreSQL with two roles.
    pub fn grants(&self) -> Vec<String> {
        let Some(role) = self
            .service_role
            .as_ref()
            .filter(|_| self.owner_database.is_some())
        else {
            return Vec::new();
        };
        let schema = self.schema();
        vec![
            format!("grant usage on schema {schema} to {role}"),
            format!(
                "grant select, insert, update, delete on all tables in schema {schema} to {role}"
            ),
            format!("grant usage, select on all sequences in schema {schema} to {role}"),
            format!("revoke update, delete on {schema}.log_entry from {role}"),
        ]
    }
}

/// The schema of a county when the configuration names none.
pub fn schema_of(county: &str) -> String {
    format!("county_{county}")
}

/// Whether this is a scheme and a host, perhaps with a port, and nothing more.
fn is_origin(address: &str) -> bool {
    let host = ["https://", "http://"]
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme));
    host.is_some_and(|host| {
        !host.is_empty()
            && host
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte))
    })
}

/// The engine of a database address.
///
/// # Errors
/// When it is neither SQLite nor PostgreSQL.
pub fn engine(database: &str, schema: String) -> Result<Engine, AppError> {
    if let Some(path) = database.strip_prefix("sqlite:") {
        return Ok(Engine::Sqlite { path: path.into() });
    }
    if database.starts_with("postgres://") || database.starts_with("postgresql://") {
        return Ok(Engine::Postgres {
            url: database.to_owned(),
            schema,
        });
    }
    Err(AppError::Setting(
        "database begins with sqlite: or postgres://".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        listen = "127.0.0.1:8080"
        secret_file = "/etc/noste/secret.key"
        log_key_file = "/etc/noste/log.key"
        heads_dir = "/var/lib/noste-heads"
        [[county]]
        code = "15"
        database = "sqlite:/var/lib/noste/15.sqlite"
        intake = { untaken_target_hours = 2 }
    "#;

    fn read(text: &str) -> Result<(), String> {
        let config: Config = toml::from_str(text).map_err(|error| error.to_string())?;
        config.check().map_err(|error| error.to_string())
    }

    #[test]
    fn a_good_file_is_accepted_and_mistakes_are_named() {
        assert_eq!(read(GOOD), Ok(()));
        let whole = "https = true\ntls_certificate = \"c\"\ntls_key = \"k\"\nmetrics_listen = \"10.0.0.5:9100\"\nconnections = 100";
        assert_eq!(read(&format!("{whole}\n{GOOD}")), Ok(()));
        let cases = [
            (GOOD.replace("code = \"15\"", "code = \"99\""), "county 99"),
            (GOOD.replace("sqlite:", "mysql:"), "sqlite: or postgres://"),
            (format!("tls_key = \"k\"\n{GOOD}"), "belong together"),
            (
                format!("tls_key = \"k\"\ntls_certificate = \"c\"\n{GOOD}"),
                "https must be true",
            ),
            (
                format!("metrics_listen = \"0.0.0.0:9100\"\n{GOOD}"),
                "metrics_listen must be",
            ),
            (
                format!("metrics_listen = \"127.0.0.1:8080\"\n{GOOD}"),
                "metrics_listen must be",
            ),
            (
                format!("metrics_listen = \"[2001:db8::1]:9100\"\n{GOOD}"),
                "metrics_listen must be",
            ),
            (format!("connections = 1\n{GOOD}"), "connections may be"),
            (
                GOOD.replace("untaken_target_hours", "untaken_hours"),
                "unknown field",
            ),
            (
                GOOD.replace("{ untaken_target_hours = 2 }", "{ answer_rule = \"SOON\" }"),
                "answer_rule",
            ),
            (
                format!("{GOOD}\nclients = {{ tail_days = 400 }}"),
                "county 15: clients.tail_days is 400, but may be 0-90",
            ),
            (
                format!("{GOOD}\nclients = {{ organisation = \"kunta\" }}"),
                "clients.organisation is \"kunta\"",
            ),
            (
                format!("{GOOD}\nclients = {{ searches = 5 }}"),
                "unknown field",
            ),
            (
                format!("{GOOD}\nclients = {{ pause_minutes = \"kymmenen\" }}"),
                "invalid type",
            ),
            (
                format!("{GOOD}\nmatters = {{ offer_answer_hours = 0 }}"),
                "county 15: matters.offer_answer_hours is 0, but may be 1-240",
            ),
            (
                format!("{GOOD}\npublic_address = \"https://noste.example.fi/\""),
                "public_address of county 15",
            ),
            (
                format!("{GOOD}\nrooms = [\"reporting\", \"casework\"]"),
                "rooms of county 15 has \"casework\"",
            ),
            (
                format!("{GOOD}\n[[county]]\ncode = \"01\"\ndatabase = \"sqlite:x\""),
                "needs hosts",
            ),
        ];
        for (text, part) in cases {
            let said = read(&text).expect_err(part);
            assert!(said.contains(part), "{said}");
        }
    }

    #[test]
    fn the_public_address_is_the_one_told_or_that_of_the_first_host() {
        for (more, address) in [
            ("", ""),
            ("hosts = [\"a.fi\", \"b.fi\"]", "https://a.fi"),
            (
                "hosts = [\"a.fi\"]\npublic_address = \"http://c.fi:8080\"",
                "http://c.fi:8080",
            ),
        ] {
            let config: Config = toml::from_str(&format!("{GOOD}\n{more}")).expect("a file");
            config.check().expect("a good file");
            assert_eq!(config.county[0].public_address(true), address);
        }
    }

    #[test]
    fn what_a_county_decides_reaches_its_house_and_the_rest_stays() {
        let text = format!(
            "{GOOD}\n[county.clients]\ntail_days = 14\nmerge_days = 120\n[county.matters]\noffer_answer_hours = 48"
        );
        let config: Config = toml::from_str(&text).expect("a file");
        assert!(config.check().is_ok());
        assert_eq!(config.county[0].rooms(), Rooms::ALL);
        let own = config.county[0].settings();
        assert_eq!((own.clients.tail_days, own.clients.merge_days), (14, 120));
        assert_eq!(own.matters.offer_answer_hours, 48);
        let rest = ClientSettings {
            tail_days: 14,
            merge_days: 120,
            ..ClientSettings::default()
        };
        assert_eq!(own.clients, rest);
        assert_eq!(own.matters.tail_days, MatterSettings::default().tail_days);
    }
}
