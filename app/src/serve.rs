//! Serving: one process, one or many counties chosen by host name.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use identity::people::{Receives, who_receives};
use intake::neighbours::{Neighbour, Neighbours};
use kernel::chance::{Chance, SystemChance};
use kernel::clock::{Clock, SystemClock};
use store::{LogKey, StoreConfig};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tower::ServiceExt;
use tracing::Instrument;
use web::{County, LimitsMode, Secrets};

use crate::config::{Config, CountyConfig};
use crate::error::AppError;
use crate::features::Rooms;
use crate::house::{Built, Plan, build, county};
use crate::metrics::{self, Told};
use crate::server::Server;
use crate::server::lines::{Lines, Most, Patience};
use crate::server::tls::Keys;
use crate::{directory, features, jobs, notify};

/// A county's house and the names it is reached by; no names means every name.
pub struct Served {
    pub built: Built,
    pub hosts: Vec<String>,
    pub demo: bool,
    pub rooms: Rooms,
}

/// Opens the counties of a configuration.
///
/// # Errors
/// When a key, a database or a message file cannot be used.
pub fn open(config: &Config) -> Result<Vec<Served>, AppError> {
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let chance: Arc<dyn Chance> = Arc::new(SystemChance);
    let secret = LogKey::load_or_create(&config.secret_file, &*chance)?.0;
    let key = LogKey::load_or_create(&config.log_key_file, &*chance)?;
    let proxy = config
        .trusted_proxy_header
        .as_deref()
        .map(|name| {
            name.parse()
                .map_err(|_| AppError::Setting(format!("{name} is not a header's name")))
        })
        .transpose()?;
    let served = config
        .county
        .iter()
        .map(|one| {
            let mut store = StoreConfig::new(
                one.code.clone(),
                one.engine()?,
                config.heads_dir.clone(),
                key,
                Arc::clone(&clock),
                Arc::clone(&chance),
            );
            store.migrate = one.serves_as_owner();
            let plan = Plan {
                store,
                county: county(&one.code, details(one, config.https))?,
                settings: one.settings(),
                secrets: Secrets::of_county(secret, &one.code),
                demo: false,
                https: config.https,
                trusted_proxy_header: proxy.clone(),
                limits: LimitsMode::On,
                rooms: one.rooms(),
                directory: one.directory.as_ref().map(directory::open).transpose()?,
            };
            Ok(Served {
                built: build(plan)?,
                hosts: one.hosts.clone(),
                demo: false,
                rooms: one.rooms(),
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    acquaint(&served);
    for one in &served {
        warn_of_nobody(&one.built.house)?;
    }
    Ok(served)
}

/// Tells whoever starts the house of a county whose contacts nobody of its advice would take.
fn warn_of_nobody(house: &web::House) -> Result<(), AppError> {
    let receives = house.store.read_blocking(|tx| who_receives(tx))?;
    let county = house.county.code.as_str();
    match receives {
        Receives::Advice => {}
        Receives::Another => tracing::warn!(
            county,
            "the county has no advice unit: another unit takes contacts that name no municipality"
        ),
        Receives::Nobody => tracing::warn!(
            county,
            "the county has no unit: contacts are refused until an administrator founds one"
        ),
    }
    Ok(())
}

/// Tells each county of the others of the house: a matter that a worker sends to one of them goes there by itself.
fn acquaint(served: &[Served]) {
    for one in served {
        let others = served
            .iter()
            .filter(|other| other.built.house.county.code != one.built.house.county.code)
            .map(|other| Neighbour {
                county: other.built.house.county.code.clone(),
                store: other.built.house.store.clone(),
                desk: Arc::clone(&other.built.desk),
                live: other.built.house.live.clone(),
            })
            .collect();
        if let Some(neighbours) = one.built.house.extra::<Neighbours>() {
            neighbours.meet(others);
        }
    }
}

fn details(config: &CountyConfig, https: bool) -> County {
    County {
        public_address: config.public_address(https),
        advice_phone: config.advice_phone.clone(),
        advice_hours_fi: config.advice_hours_fi.clone(),
        advice_hours_sv: config.advice_hours_sv.clone(),
        advice_hours_en: config.advice_hours_en.clone(),
        emergency_phone: config.emergency_phone.clone(),
        accessibility_email: config.accessibility_email.clone(),
        ..County::default()
    }
}

/// A county's code and its pages.
type Behind = (Arc<str>, Router);

/// The counties behind one address.
struct Switch {
    by_host: HashMap<String, Behind>,
    only: Option<Behind>,
}

/// The host that a request is for: the one in its address, when that has one, else the one header (RFC 9112, section 3.2).
fn host_of(request: &Request<Body>) -> Option<String> {
    let told = match request.uri().host() {
        Some(host) => host,
        None => {
            let mut hosts = request.headers().get_all(header::HOST).iter();
            let host = hosts.next()?.to_str().ok()?;
            if hosts.next().is_some() {
                return None;
            }
            match host.rsplit_once(':') {
                // The colons of a bare address of version 6 are no port's.
                Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
                _ => host,
            }
        }
    };
    Some(told.to_ascii_lowercase())
}

async fn switch(State(switch): State<Arc<Switch>>, request: Request<Body>) -> Response {
    let behind = host_of(&request)
        .and_then(|host| switch.by_host.get(&host))
        .or(switch.only.as_ref());
    match behind {
        Some((county, router)) => {
            // Lines of the log tell whose they are.
            let span = tracing::error_span!("county", code = &**county);
            match router.clone().oneshot(request).instrument(span).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
        None => StatusCode::MISDIRECTED_REQUEST.into_response(),
    }
}

/// The pages of all counties, chosen by host name.
pub fn front(served: &[Served]) -> Router {
    let behind = |one: &Served| -> Behind {
        let code = one.built.house.county.code.as_str();
        (code.into(), one.built.router.clone())
    };
    let only = match served {
        [one] if one.hosts.is_empty() => Some(behind(one)),
        _ => None,
    };
    let by_host = served
        .iter()
        .flat_map(|one| {
            one.hosts
                .iter()
                .map(|host| (host.to_ascii_lowercase(), behind(one)))
        })
        .collect();
    Router::new()
        .fallback(switch)
        .with_state(Arc::new(Switch { by_host, only }))
}

/// Where and how the house listens.
#[derive(Debug)]
pub struct Listening {
    pub address: SocketAddr,
    /// Where figures for Prometheus are told.
    pub figures: Option<SocketAddr>,
    pub keys: Option<Keys>,
    pub connections: usize,
    /// `None` behind a proxy.
    pub connections_of_one: Option<usize>,
}

impl Listening {
    /// One address without TLS, for a demo.
    pub const fn plain(address: SocketAddr) -> Self {
        Self {
            address,
            figures: None,
            keys: None,
            connections: 2_048,
            connections_of_one: None,
        }
    }

    /// As the configuration tells.
    ///
    /// # Errors
    /// A certificate or its key that cannot be used.
    pub fn of(config: &Config) -> Result<Self, AppError> {
        let keys = match (&config.tls_certificate, &config.tls_key) {
            (Some(certificate), Some(key)) => Some(Keys::load(certificate, key)?),
            _ => None,
        };
        let behind_proxy = config.trusted_proxy_header.is_some();
        Ok(Self {
            address: config.listen,
            figures: config.metrics_listen,
            keys,
            connections: config.connections,
            connections_of_one: (!behind_proxy).then_some(config.connections_of_one),
        })
    }

    /// The most connections, as far as the machine gives files for them: the databases need some too.
    fn most(&self) -> Most {
        let files = metrics::most_open_files().unwrap_or(usize::MAX);
        let all = self.connections.min(files.saturating_sub(256).max(16));
        if all < self.connections {
            tracing::warn!(
                all,
                "fewer connections than wanted: the process may open too few files"
            );
        }
        Most {
            all,
            of_one: self.connections_of_one,
        }
    }
}

/// Connections of those who read figures.
const MOST_WATCHERS: Most = Most {
    all: 16,
    of_one: None,
};

/// How long requests in progress may take once the process has been asked to stop: as long as any request may.
const PATIENCE: Duration = Duration::from_secs(30);

/// Serves until the process is asked to stop, then finishes what has begun and closes the stores.
///
/// # Errors
/// When an address cannot be listened on.
pub async fn run(
    served: Vec<Served>,
    listening: Listening,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), AppError> {
    let listener = bind(listening.address).await?;
    let bound = listener.local_addr()?;
    let lines = Lines::new(listening.most(), Patience::default());
    let figures = match listening.figures {
        Some(address) => Some(bind(address).await?),
        None => None,
    };
    let (stop, stopped) = watch::channel(false);
    let mut running = Vec::new();
    for one in &served {
        running.extend(jobs::start(
            &one.built.house,
            &features::of(one.demo, one.rooms),
            &stopped,
        ));
    }
    // Listened for before anybody is told: whoever starts the house may ask it to stop at once.
    let terminate = signal(SignalKind::terminate()).ok();
    let keys = listening.keys.map(Arc::new);
    tokio::spawn(renewing(keys.clone(), signal(SignalKind::hangup()).ok()));
    tracing::info!(%bound, counties = served.len(), "the house listens");
    ready(bound);
    notify::ready();
    let houses: Arc<Vec<_>> = Arc::new(served.iter().map(|one| one.built.house.clone()).collect());
    let own = Server {
        router: front(&served),
        lines: Arc::clone(&lines),
        keys,
    };
    if let Some(listener) = figures {
        let watchers = Server {
            router: metrics::router(Told {
                houses: Arc::clone(&houses),
                lines,
            }),
            lines: Lines::new(MOST_WATCHERS, Patience::default()),
            keys: None,
        };
        tokio::spawn(watchers.run(listener, stopped.clone(), Duration::ZERO));
    }
    let asked = async {
        asked_to_stop(terminate).await;
        stop.send_replace(true);
        // Live channels stay open for hours; browsers come back to them by themselves.
        houses.iter().for_each(|house| house.live.end());
    };
    let (all_ended, ()) = tokio::join!(own.run(listener, stopped, PATIENCE), asked);
    if !all_ended {
        tracing::warn!("requests that were still under way were cut");
    }
    for job in running {
        let _ = job.await;
    }
    for one in &served {
        one.built.house.store.shutdown();
    }
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener, AppError> {
    TcpListener::bind(address)
        .await
        .map_err(|source| AppError::Listen { address, source })
}

async fn asked_to_stop(terminate: Option<Signal>) {
    let interrupt = tokio::signal::ctrl_c();
    match terminate {
        Some(mut terminate) => {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
        }
        None => {
            let _ = interrupt.await;
        }
    }
}

/// Reads the certificate anew whenever the process is told to (SIGHUP). Without TLS the signal does nothing; unheard it would
/// end the process.
async fn renewing(keys: Option<Arc<Keys>>, hangup: Option<Signal>) {
    let Some(mut hangup) = hangup else { return };
    while hangup.recv().await.is_some() {
        let Some(keys) = &keys else { continue };
        match keys.reload() {
            Ok(()) => tracing::info!("the certificate was read anew"),
            Err(error) => tracing::error!(%error, "the certificate before stays in use"),
        }
    }
}
