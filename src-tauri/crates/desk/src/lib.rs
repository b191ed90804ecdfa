//! The built-in desk: a Chatwoot-compatible server in one process on one SQLite file, with an assistant that answers
//! guests, a web chat page, and demo properties.
//!
//! It is for a first run, a single small site, development and tests. It is not a cluster, and it shares no type with
//! the client that talks to it: both were written from the same reference of the wire.

pub mod admin;
pub mod assistant;
pub mod backup;
pub mod base64;
pub mod cable;
pub mod channels;
pub mod cli;
pub mod clock;
pub mod db;
pub mod demo;
pub mod desk;
pub mod error;
pub mod export;
mod facts;
pub mod faults;
mod folder;
pub mod guest;
mod hooks;
pub mod mail;
pub mod routes;
mod server;
pub mod service;
mod signals;
pub mod simulate;
pub mod test_controls;
mod throttle;
mod tls;
pub mod wire;

pub use desk::{Actor, Change, Desk, Incoming, Llm, View};
pub use error::{ApiError, DeskError};
pub use simulate::Simulation;
pub use tls::TlsFiles;

use serde_json::Value;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How a desk is started.
pub struct Options {
    pub listen: SocketAddr,
    /// Folder of the data; made when missing.
    pub data: PathBuf,
    /// Fill an empty desk with the demo properties.
    pub demo: bool,
    /// Open `/test/…`.
    pub test_controls: bool,
    pub llm: Option<Llm>,
}

/// A desk that serves. Dropping it leaves it serving; [`Running::stop`] ends it.
pub struct Running {
    desk: Desk,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    server: JoinHandle<()>,
    channels: JoinHandle<()>,
    workers: Vec<JoinHandle<()>>,
    /// Lets guests come who are not there.
    simulation: Option<JoinHandle<()>>,
    // Held until the desk has stopped.
    _folder: folder::Folder,
}

/// How a desk is reached from outside.
#[derive(Default)]
pub struct Reach {
    /// Encrypted where there are these.
    pub tls: Option<TlsFiles>,
    /// Where guests and agents find it, behind a name or a proxy; its own address when absent.
    pub public_url: Option<url::Url>,
    /// Where booking e-mails go; into the folder `mail` of the data when absent.
    pub mail: Option<mail::Server>,
}

/// Starts a desk for this computer; it answers when this returns.
pub async fn serve(options: Options) -> Result<Running, DeskError> {
    serve_at(options, Reach::default()).await
}

/// Starts a desk that others may reach; it answers when this returns.
pub async fn serve_at(options: Options, reach: Reach) -> Result<Running, DeskError> {
    let tls = reach.tls.as_ref().map(tls::Renewing::open).transpose()?;
    let folder = folder::Folder::take(&options.data).await?;
    let listener = TcpListener::bind(options.listen).await;
    let listener = listener.map_err(|source| listen_error(options.listen, source))?;
    let address = listener
        .local_addr()
        .map_err(|source| listen_error(options.listen, source))?;
    let desk = Desk::open(desk::DeskSetup {
        data: &options.data,
        url: match &reach.public_url {
            Some(url) => url.as_str().trim_end_matches('/').to_owned(),
            None => reachable(address, tls.is_some()),
        },
        llm: options.llm,
        sends_privately: options.test_controls || allows_private_network(),
    })?;
    if options.demo && !desk.read(|view| db::people::anybody(view)).await? {
        demo::fill(&desk).await?;
    }
    let carrier = mail::Carrier::of(reach.mail, &options.data);
    let (stop, stopping) = watch::channel(false);
    let routes = routes::all(&desk, options.test_controls);
    Ok(Running {
        address,
        stop,
        channels: channels::start(desk.clone(), stopping.clone()),
        server: tokio::spawn(server::run(listener, tls, routes, stopping)),
        workers: vec![
            tokio::spawn(service::timers::run(desk.clone())),
            tokio::spawn(hooks::run(desk.clone())),
            tokio::spawn(mail::run(desk.clone(), carrier)),
            assistant::start(desk.clone()),
        ],
        simulation: None,
        desk,
        _folder: folder,
    })
}

/// By the name other servers have for it (reference §11.1).
fn allows_private_network() -> bool {
    std::env::var("SAFE_FETCH_ALLOW_PRIVATE_NETWORK").is_ok_and(|value| value == "true")
}

/// An address guests and agents of this computer can open, also where it listens on every one.
fn reachable(mut address: SocketAddr, is_encrypted: bool) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    let scheme = if is_encrypted { "https" } else { "http" };
    format!("{scheme}://{address}")
}

fn listen_error(address: SocketAddr, source: std::io::Error) -> DeskError {
    DeskError::Listen {
        address: address.to_string(),
        source,
    }
}

impl Running {
    /// The desk itself.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Where it answers, such as `http://127.0.0.1:41234`.
    pub fn url(&self) -> &str {
        self.desk.url()
    }

    /// The port it took.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What `--print-json` says.
    pub async fn facts(&self) -> Result<Value, DeskError> {
        Ok(facts::of(&self.desk).await?)
    }

    /// Lets simulated guests come from now on; answers how it goes. Fails where there is no web chat to write to.
    pub async fn simulate(
        &mut self,
        wanted: Simulation,
    ) -> Result<watch::Receiver<simulate::Report>, DeskError> {
        let chats = simulate::chats(&self.desk).await?;
        if chats.is_empty() {
            return Err(DeskError::NobodyToWriteTo);
        }
        let routes = routes::all(&self.desk, false);
        let stop = self.stop.subscribe();
        let started = simulate::start(self.desk.clone(), routes, &chats, wanted, stop);
        let (running, report) =
            started.map_err(|_| ApiError::Broken("the lines of guests cannot be read"))?;
        self.simulation = Some(running);
        Ok(report)
    }

    /// Ends it as a power cut would: nobody is told and nothing finishes.
    pub fn kill(self) {
        self.server.abort();
        self.end_background();
        self.desk.hub().cut_all();
    }

    /// Ends it: nobody new is let in, sockets are told, requests in flight may finish, and the data is left as one file.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        self.desk.faults().end();
        self.desk.hub().stop_all();
        let sockets = tokio::time::timeout(server::GRACE, self.desk.hub().all_ended());
        // Requests to providers under way may end, so that it is known whether they were taken.
        let ending = self.channels.abort_handle();
        let sent = tokio::time::timeout(server::GRACE, self.channels);
        let guests = async {
            if let Some(simulation) = self.simulation {
                // What they are just doing is done before the data is closed.
                let _ = tokio::time::timeout(server::GRACE, simulation).await;
            }
        };
        let (served, told, sent, ()) = tokio::join!(self.server, sockets, sent, guests);
        if served.is_err() || told.is_err() {
            tracing::info!("sockets were cut at the end");
        }
        if sent.is_err() {
            tracing::info!("requests to providers were cut at the end");
        }
        ending.abort();
        for worker in &self.workers {
            worker.abort();
        }
        self.desk.close().await;
    }

    fn end_background(&self) {
        for worker in self.workers.iter().chain(&self.simulation) {
            worker.abort();
        }
        self.channels.abort();
        self.desk.faults().end();
    }
}
