//! One directory: its metadata and keys, the way there and the way back.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use kernel::time::{SignedDuration, Timestamp};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreErrorResponseType,
    CoreGenderClaim, CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm,
    CoreProviderMetadata, CoreRevocableToken, CoreRevocationErrorResponse,
    CoreTokenIntrospectionResponse, CoreTokenType,
};
use openidconnect::{
    AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken, EmptyExtraTokenFields,
    EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, StandardErrorResponse,
    StandardTokenResponse, SubjectIdentifier, TokenResponse, UserInfoClaims,
};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use crate::OidcError;
use crate::claims::{Extra, Identity, texts};

type Fields = IdTokenFields<
    Extra,
    EmptyExtraTokenFields,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJwsSigningAlgorithm,
>;
type Tokens = StandardTokenResponse<Fields, CoreTokenType>;
type Relying = Client<
    Extra,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    CoreTokenIntrospectionResponse,
    CoreRevocableToken,
    CoreRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// How long the directory's metadata and keys are believed without asking again.
const BELIEVED: SignedDuration = SignedDuration::from_hours(1);
/// A token with a key that is not known makes us ask for the keys again, at most so often: a stranger who sends
/// forged tokens cannot make the house ask the directory all the time.
const ASKED_AGAIN: SignedDuration = SignedDuration::from_mins(1);
/// The directory's clock and ours may differ so much.
const SKEW: SignedDuration = SignedDuration::from_secs(60);
/// How long the directory may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the county has agreed with its directory.
#[derive(Clone)]
pub struct Settings {
    /// The issuer's address, exactly as its tokens say it.
    pub issuer: String,
    pub client_id: String,
    /// None for a public client; PKCE is used either way.
    pub client_secret: Option<String>,
    /// Address to which the directory sends people back.
    pub redirect: String,
    /// Scopes beside `openid`.
    pub scopes: Vec<String>,
    /// The claim by which accounts are found.
    pub login_claim: String,
    /// The claim that lists groups; none when the directory does not tell.
    pub groups_claim: Option<String>,
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the secret.
        write!(f, "Settings({}, {})", self.issuer, self.client_id)
    }
}

/// What the caller keeps for the browser that goes to the directory, sealed and for a few minutes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Kept {
    pub state: String,
    pub nonce: String,
    pub verifier: String,
}

/// The way to the directory.
#[derive(Debug, Clone)]
pub struct Begun {
    pub url: String,
    pub kept: Kept,
}

struct Known {
    metadata: CoreProviderMetadata,
    read_at: Timestamp,
}

/// A county's directory.
pub struct Provider {
    settings: Settings,
    http: reqwest::Client,
    known: Mutex<Option<Arc<Known>>>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({:?})", self.settings)
    }
}

impl Provider {
    /// A directory by its settings. Nothing is asked of it yet: a house starts also when the directory is down.
    ///
    /// # Errors
    /// [`OidcError::Settings`] for an address that is none, or one without https that is not this machine.
    pub fn new(settings: Settings) -> Result<Self, OidcError> {
        for address in [&settings.issuer, &settings.redirect] {
            let url = reqwest::Url::parse(address)
                .map_err(|error| OidcError::Settings(format!("{address}: {error}")))?;
            let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            if url.scheme() != "https" && !here {
                return Err(OidcError::Settings(format!("{address} is not https")));
            }
        }
        let http = reqwest::Client::builder()
            // A directory that leads elsewhere would choose whom the house talks to.
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .build()
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        Ok(Self {
            settings,
            http,
            known: Mutex::new(None),
        })
    }

    /// Begins a sign-in. `state`, `nonce` and `verifier` are fresh random texts: 32 bytes each as hexadecimal.
    ///
    /// # Errors
    /// When the directory does not answer.
    pub async fn begin(&self, kept: Kept, now: Timestamp) -> Result<Begun, OidcError> {
        let known = self.known(now, None).await?;
        let client = self.client(&known)?;
        let verifier = PkceCodeVerifier::new(kept.verifier.clone());
        let (state, nonce) = (kept.state.clone(), kept.nonce.clone());
        let mut way = client.authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            move || CsrfToken::new(state),
            move || Nonce::new(nonce),
        );
        for scope in &self.settings.scopes {
            way = way.add_scope(Scope::new(scope.clone()));
        }
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (url, _, _) = way.set_pkce_challenge(challenge).url();
        Ok(Begun {
            url: url.to_string(),
            kept,
        })
    }

    /// Ends a sign-in with what the browser brought back.
    ///
    /// # Errors
    /// [`OidcError::State`] when the answer is not to this browser's question, [`OidcError::Token`] when the token is
    /// not to be believed, and others as they say.
    pub async fn finish(
        &self,
        code: &str,
        state: &str,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<Identity, OidcError> {
        if state.is_empty() || state != kept.state {
            return Err(OidcError::State);
        }
        let known = self.known(now, None).await?;
        let client = self.client(&known)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(provider)?
            .set_pkce_verifier(PkceCodeVerifier::new(kept.verifier.clone()))
            .request_async(&self.http)
            .await
            .map_err(provider)?;
        match self.identity(&client, &tokens, kept, now).await {
            // The key may be newer than what we have read: directories change keys without telling.
            Err(OidcError::Token(_)) if self.may_ask_again(&known, now) => {
                let known = self.known(now, Some(&known)).await?;
                self.identity(&self.client(&known)?, &tokens, kept, now)
                    .await
            }
            identity => identity,
        }
    }

    async fn identity(
        &self,
        client: &Relying,
        tokens: &Tokens,
        kept: &Kept,
        now: Timestamp,
    ) -> Result<Identity, OidcError> {
        let refuse = |why: &dyn std::fmt::Display| OidcError::Token(why.to_string());
        let token = tokens.id_token().ok_or_else(|| refuse(&"there is none"))?;
        let moment = SystemTime::from(now - SKEW);
        let newest = SystemTime::from(now + SKEW);
        let verifier = client
            .id_token_verifier()
            .set_time_fn(move || moment.into())
            .set_issue_time_verifier_fn(move |issued| {
                if SystemTime::from(issued) <= newest {
                    Ok(())
                } else {
                    Err("it is from the future".to_owned())
                }
            });
        let claims = token
            .claims(&verifier, &Nonce::new(kept.nonce.clone()))
            .map_err(|error| refuse(&error))?;
        let subject = claims.subject().clone();
        let mut all = as_map(claims)?;
        if !self.complete(&all) {
            all.extend(self.user_info(client, tokens, &subject).await?);
        }
        let login = texts(&all, &self.settings.login_claim)
            .into_iter()
            .next()
            .ok_or_else(|| OidcError::Claim(self.settings.login_claim.clone()))?;
        Ok(Identity {
            issuer: claims.issuer().to_string(),
            subject: subject.to_string(),
            login,
            groups: self
                .settings
                .groups_claim
                .as_deref()
                .map_or_else(Vec::new, |name| texts(&all, name)),
            strength: claims.auth_context_ref().map(|acr| acr.to_string()),
        })
    }

    /// True when the token itself has every claim that we look at.
    fn complete(&self, claims: &Map<String, Value>) -> bool {
        let groups = self.settings.groups_claim.as_ref();
        claims.contains_key(&self.settings.login_claim)
            && groups.is_none_or(|name| claims.contains_key(name))
    }

    /// Claims that the directory gives only when asked, for the same subject and nobody else.
    async fn user_info(
        &self,
        client: &Relying,
        tokens: &Tokens,
        subject: &SubjectIdentifier,
    ) -> Result<Map<String, Value>, OidcError> {
        use openidconnect::OAuth2TokenResponse;
        let Ok(request) = client.user_info(tokens.access_token().to_owned(), Some(subject.clone()))
        else {
            return Ok(Map::new());
        };
        let claims: UserInfoClaims<Extra, CoreGenderClaim> =
            request.request_async(&self.http).await.map_err(provider)?;
        as_map(&claims)
    }

    fn client(&self, known: &Known) -> Result<Relying, OidcError> {
        let redirect = RedirectUrl::new(self.settings.redirect.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        Ok(Client::from_provider_metadata(
            known.metadata.clone(),
            ClientId::new(self.settings.client_id.clone()),
            self.settings.client_secret.clone().map(ClientSecret::new),
        )
        .set_redirect_uri(redirect))
    }

    fn may_ask_again(&self, known: &Known, now: Timestamp) -> bool {
        now.duration_since(known.read_at) >= ASKED_AGAIN
    }

    /// The directory's metadata and keys; `other_than` asks anew unless somebody else has just done so.
    async fn known(
        &self,
        now: Timestamp,
        other_than: Option<&Arc<Known>>,
    ) -> Result<Arc<Known>, OidcError> {
        let mut held = self.known.lock().await;
        if let Some(known) = held.as_ref() {
            let age = now.duration_since(known.read_at);
            let fresh = age <= BELIEVED && age >= SignedDuration::ZERO;
            if fresh && other_than.is_none_or(|old| !Arc::ptr_eq(old, known)) {
                return Ok(Arc::clone(known));
            }
        }
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        let metadata = CoreProviderMetadata::discover_async(issuer, &self.http)
            .await
            .map_err(provider)?;
        let known = Arc::new(Known {
            metadata,
            read_at: now,
        });
        *held = Some(Arc::clone(&known));
        Ok(known)
    }
}

fn provider(error: impl std::error::Error) -> OidcError {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        words.push_str(": ");
        words.push_str(&inner.to_string());
        cause = inner.source();
    }
    OidcError::Provider(words)
}

fn as_map(claims: &impl serde::Serialize) -> Result<Map<String, Value>, OidcError> {
    match serde_json::to_value(claims) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) | Err(_) => Err(OidcError::Token("its claims are not readable".to_owned())),
    }
}
