//! Serving: one process, one or many counties chosen by host name.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use intake::neighbours::{Neighbour, Neighbours};
use kernel::chance::{Chance, SystemChance};
use kernel::clock::{Clock, SystemClock};
use store::{LogKey, StoreConfig};
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;
use tower::ServiceExt;
use web::{County, LimitsMode, Secrets};

use crate::config::{Config, CountyConfig};
use crate::error::AppError;
use crate::features::Rooms;
use crate::house::{Built, Plan, build, county};
use crate::{directory, features, jobs};

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
    let secrets = Secrets::new(LogKey::load_or_create(&config.secret_file, &*chance)?.0);
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
                secrets: secrets.clone(),
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
    Ok(served)
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

/// The counties behind one address.
struct Switch {
    by_host: HashMap<String, Router>,
    only: Option<Router>,
}

async fn switch(State(switch): State<Arc<Switch>>, request: Request<Body>) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .map(|host| {
            host.rsplit_once(':')
                .map_or(host, |(name, _)| name)
                .to_ascii_lowercase()
        });
    let router = host
        .and_then(|host| switch.by_host.get(&host))
        .or(switch.only.as_ref());
    match router {
        Some(router) => match router.clone().oneshot(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        },
        None => StatusCode::MISDIRECTED_REQUEST.into_response(),
    }
}

fn front(served: &[Served]) -> Router {
    let only = match served {
        [one] if one.hosts.is_empty() => Some(one.built.router.clone()),
        _ => None,
    };
    let by_host = served
        .iter()
        .flat_map(|one| {
            one.hosts
                .iter()
                .map(|host| (host.to_ascii_lowercase(), one.built.router.clone()))
        })
        .collect();
    Router::new()
        .fallback(switch)
        .with_state(Arc::new(Switch { by_host, only }))
}

/// Serves until the process is asked to stop, then finishes what has begun and closes the stores.
///
/// # Errors
/// When the address cannot be listened on.
pub async fn run(
    served: Vec<Served>,
    address: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), AppError> {
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| AppError::Listen { address, source })?;
    let bound = listener.local_addr()?;
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
    ready(bound);
    let service = front(&served).into_make_service_with_connect_info::<SocketAddr>();
    let serving =
        axum::serve(listener, service).with_graceful_shutdown(asked_to_stop(stop, terminate));
    tokio::select! {
        served = serving => served?,
        // Live channels stay open for hours; they are cut so that stopping does not wait for them.
        () = cut(stopped) => tracing::info!("connections that were still open were cut"),
    }
    for job in running {
        let _ = job.await;
    }
    for one in &served {
        one.built.house.store.shutdown();
    }
    Ok(())
}

async fn asked_to_stop(stop: watch::Sender<bool>, terminate: Option<Signal>) {
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
    stop.send_replace(true);
}

/// How long requests in progress may take once the process has been asked to stop.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(3);

async fn cut(mut stopped: watch::Receiver<bool>) {
    let _ = stopped.wait_for(|stopped| *stopped).await;
    tokio::time::sleep(PATIENCE).await;
}
