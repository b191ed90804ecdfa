//! Connections by hand, so that a scripted fault can end one without an answer, and so that all end when the desk does.

mod patient;

use crate::faults::NoAnswer;
use crate::tls::Renewing;
use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use patient::Patient;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower_service::Service;

/// How long requests in flight and sockets may take when the desk stops. Windows ends a program about five seconds after
/// its window was closed.
pub const GRACE: Duration = Duration::from_secs(4);
/// A connection without a request for so long, or one that never finishes its headers, is hung up on.
const HEADERS: Duration = Duration::from_secs(75);

/// A body of which nothing more comes for so long never ends.
const BODY: Duration = Duration::from_secs(60);

/// A client that has not agreed on keys in so long never will.
const HANDSHAKE: Duration = Duration::from_secs(15);

/// The address a request came from.
#[derive(Clone, Copy)]
pub struct Peer(pub SocketAddr);

/// How long a client may be silent in the middle of something.
#[derive(Clone, Copy)]
struct Patience {
    headers: Duration,
    body: Duration,
}

const PATIENCE: Patience = Patience {
    headers: HEADERS,
    body: BODY,
};

/// Why a connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("cut by a scripted fault")]
struct CutOff;

/// Accepts and serves until `stop` turns true; then lets what is in flight end.
pub async fn run(listener: TcpListener, tls: Option<Renewing>, routes: Router, stop: watch::Receiver<bool>) {
    let tls = tls.map(Arc::new);
    let mut connections = JoinSet::new();
    let mut stopping = stop.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    connections.spawn(welcome(stream, peer, tls.clone(), routes.clone(), stop.clone()));
                }
                // Out of file handles, or the like: try again a moment later instead of spinning.
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
            Some(_) = connections.join_next() => {}
            () = stopped(&mut stopping) => break,
        }
    }
    drop(listener);
    let all_ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(GRACE, all_ended).await.is_err() {
        tracing::info!("connections were cut at the end");
    }
}

/// A sender that is gone means stop as well.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn welcome(
    stream: TcpStream,
    peer: SocketAddr,
    tls: Option<Arc<Renewing>>,
    routes: Router,
    stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let Some(tls) = tls else {
        return serve(stream, peer, routes, stop, PATIENCE).await;
    };
    // Whoever speaks something else, or nothing, is hung up on.
    if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, tls.acceptor().accept(stream)).await {
        serve(stream, peer, routes, stop, PATIENCE).await;
    }
}

async fn serve(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    peer: SocketAddr,
    routes: Router,
    mut stop: watch::Receiver<bool>,
    patience: Patience,
) {
    let service = service_fn(move |request: Request<Incoming>| {
        let request = request.map(|body| Patient::new(body, patience.body));
        answer(routes.clone(), peer, request)
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience.headers)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = std::pin::pin!(connection);
    tokio::select! {
        // Clients hang up all the time; that is theirs to know.
        _ = connection.as_mut() => return,
        () = stopped(&mut stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

async fn answer(
    mut routes: Router,
    peer: SocketAddr,
    mut request: Request<Patient>,
) -> Result<Response, CutOff> {
    request.extensions_mut().insert(Peer(peer));
    let Ok(response) = routes.call(request).await;
    if response.extensions().get::<NoAnswer>().is_some() {
        return Err(CutOff);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::post;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream};

    const SHORT: Patience = Patience {
        headers: Duration::from_millis(50),
        body: Duration::from_millis(50),
    };

    /// What a client gets that says this and then nothing more.
    async fn answer_to(said: &str) -> String {
        let (mut client, server): (DuplexStream, DuplexStream) = tokio::io::duplex(64 * 1024);
        let routes = Router::new().route("/", post(async |body: String| body));
        let (_stop, stopping) = watch::channel(false);
        let peer = SocketAddr::from(([127, 0, 0, 1], 1));
        let served = tokio::spawn(serve(server, peer, routes, stopping, SHORT));
        client.write_all(said.as_bytes()).await.unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).await.unwrap();
        served.await.unwrap();
        answer
    }

    #[tokio::test]
    async fn whoever_says_nothing_more_is_hung_up_on() {
        for half in [
            "",
            "POST",
            "POST / HTTP/1.1\r\n",
            "POST / HTTP/1.1\r\nhost: desk\r\nx: y",
        ] {
            let answer = answer_to(half).await;
            assert!(!answer.contains(" 200 "), "{half:?}: {answer}");
        }
    }

    #[tokio::test]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let head = "POST / HTTP/1.1\r\nhost: desk\r\ncontent-length: 10\r\n\r\n";
        let answer = answer_to(&format!("{head}half")).await;
        assert!(answer.starts_with("HTTP/1.1 400 "), "{answer}");
        let whole = answer_to(&format!("{head}0123456789")).await;
        assert!(
            whole.starts_with("HTTP/1.1 200 ") && whole.ends_with("0123456789"),
            "{whole}"
        );
    }
}
