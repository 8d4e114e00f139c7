//! The county's directory, between the room that speaks its protocol and the room of identity.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use identity::directory::{CountyDirectory, Directory, Identified, Kept, Silence};
use kernel::time::Timestamp;
use oidc::{OidcError, Provider, Settings};
use serde::Deserialize;
use web::BoxFuture;

use crate::error::AppError;

/// `[county.directory]` of the configuration: OpenID Connect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryConfig {
    /// As people know it: "Keski-Suomen hyvinvointialueen tunnus".
    pub name: String,
    /// The issuer's address, exactly as its tokens say it.
    pub issuer: String,
    pub client_id: String,
    /// File with the client's secret on its first line; none for a public client.
    pub client_secret_file: Option<PathBuf>,
    /// The address of Noste as browsers see it: `https://noste.example.fi`.
    pub public_address: String,
    #[serde(default)]
    pub scopes: Vec<String>,
    /// The claim that holds the login name of the account in Noste.
    #[serde(default = "login_claim")]
    pub login_claim: String,
    /// The claim that lists groups; needed when `roles` are given.
    pub groups_claim: Option<String>,
    /// Work tasks for each group; none: the directory says nothing of tasks.
    #[serde(default)]
    pub roles: BTreeMap<String, Vec<String>>,
}

fn login_claim() -> String {
    "preferred_username".to_owned()
}

/// The directory of a configuration, ready to be put into a house. Nothing is asked of it yet.
///
/// # Errors
/// When a setting cannot be used: an address without https, a task that the rights table does not know, a secret that
/// cannot be read.
pub fn open(config: &DirectoryConfig) -> Result<CountyDirectory, AppError> {
    let wrong = |text: String| AppError::Setting(format!("directory: {text}"));
    for task in config.roles.values().flatten() {
        if access::words::word(access::words::Kind::Task, task).is_none() {
            return Err(wrong(format!("the rights table has no task {task}")));
        }
    }
    if !config.roles.is_empty() && config.groups_claim.is_none() {
        return Err(wrong("roles need a groups_claim".to_owned()));
    }
    let client_secret = match &config.client_secret_file {
        None => None,
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(AppError::file(path))?;
            Some(text.lines().next().unwrap_or_default().trim().to_owned())
        }
    };
    let provider = Provider::new(Settings {
        issuer: config.issuer.clone(),
        client_id: config.client_id.clone(),
        client_secret,
        redirect: format!(
            "{}/sign-in/directory/back",
            config.public_address.trim_end_matches('/')
        ),
        scopes: config.scopes.clone(),
        login_claim: config.login_claim.clone(),
        groups_claim: config.groups_claim.clone(),
    })
    .map_err(|error| wrong(error.to_string()))?;
    Ok(CountyDirectory {
        name: config.name.clone(),
        roles: config.roles.clone(),
        protocol: Box::new(OpenId(Arc::new(provider))),
    })
}

/// OpenID Connect as identity's directory.
struct OpenId(Arc<Provider>);

impl Directory for OpenId {
    fn begin(&self, kept: Kept, now: Timestamp) -> BoxFuture<'_, Result<String, Silence>> {
        Box::pin(async move {
            let begun = self.0.begin(theirs(kept), now).await.map_err(silence)?;
            Ok(begun.url)
        })
    }

    fn finish(
        &self,
        code: String,
        state: String,
        kept: Kept,
        now: Timestamp,
    ) -> BoxFuture<'_, Result<Identified, Silence>> {
        Box::pin(async move {
            let told = self
                .0
                .finish(&code, &state, &theirs(kept), now)
                .await
                .map_err(silence)?;
            Ok(Identified {
                issuer: told.issuer,
                subject: told.subject,
                login: told.login,
                groups: told.groups,
            })
        })
    }
}

fn theirs(kept: Kept) -> oidc::Kept {
    oidc::Kept {
        state: kept.state,
        nonce: kept.nonce,
        verifier: kept.verifier,
    }
}

fn silence(error: OidcError) -> Silence {
    match error {
        OidcError::Provider(_) => Silence::Down(error.to_string()),
        _ => Silence::Refused(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked_before_anybody_signs_in() {
        let good: DirectoryConfig = toml::from_str(
            r#"
            name = "Alueen tunnus"
            issuer = "https://tunnus.example.fi"
            client_id = "noste"
            public_address = "https://noste.example.fi/"
            groups_claim = "groups"
            roles = { sosiaalityo = ["broad_responsibility", "arranging"] }
            "#,
        )
        .expect("a good table");
        assert!(open(&good).is_ok());
        let bad = [
            DirectoryConfig {
                issuer: "http://tunnus.example.fi".to_owned(),
                ..good.clone()
            },
            DirectoryConfig {
                public_address: "noste".to_owned(),
                ..good.clone()
            },
            DirectoryConfig {
                groups_claim: None,
                ..good.clone()
            },
            DirectoryConfig {
                roles: BTreeMap::from([("x".to_owned(), vec!["boss".to_owned()])]),
                ..good.clone()
            },
            DirectoryConfig {
                client_secret_file: Some("/no/such/file".into()),
                ..good
            },
        ];
        for one in bad {
            assert!(open(&one).is_err(), "{one:?}");
        }
    }
}
