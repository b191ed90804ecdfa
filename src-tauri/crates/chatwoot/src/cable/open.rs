//! Opens the socket: TCP, TLS, the WebSocket upgrade with ActionCable's subprotocol.

use crate::http::{Answer, CONNECT_TIMEOUT, Fault, USER_AGENT};
use crate::{ClientError, ServerUrl};
use rustls_platform_verifier::BuilderVerifierExt;
use std::sync::Arc;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::client::ClientRequestBuilder;
use tokio_tungstenite::tungstenite::http::Uri;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::{Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config};

const MOST_BYTES: usize = 16 * 1024 * 1024;

pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub(super) async fn open(server: &ServerUrl) -> Result<Socket, ClientError> {
    let address: Uri = server.socket().parse().map_err(|_| ClientError::NotSent)?;
    let connector = if address.scheme_str() == Some("wss") {
        Connector::Rustls(secure()?)
    } else {
        Connector::Plain
    };
    // The server must answer with the first; the upgrade fails if it answers with none (reference §10.1).
    let request = ClientRequestBuilder::new(address)
        .with_header("User-Agent", USER_AGENT)
        .with_sub_protocol("actioncable-v1-json")
        .with_sub_protocol("actioncable-unsupported");
    let limits = WebSocketConfig::default()
        .max_message_size(Some(MOST_BYTES))
        .max_frame_size(Some(MOST_BYTES));
    let opening = connect_async_tls_with_config(request, Some(limits), true, Some(connector));
    match tokio::time::timeout(CONNECT_TIMEOUT, opening).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(error)) => Err(meaning(error)),
        Err(_) => Err(ClientError::NotSent),
    }
}

/// The same trust as REST has: a certificate good for one is good for the other.
fn secure() -> Result<Arc<rustls::ClientConfig>, ClientError> {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|_| ClientError::NotSent)?;
    Ok(Arc::new(config.with_no_client_auth()))
}

fn meaning(error: Error) -> ClientError {
    match error {
        Error::Http(response) => {
            let status = response.status().as_u16();
            Answer {
                status,
                body: response.into_body().unwrap_or_default(),
            }
            .error()
        }
        Error::Io(error) => {
            tracing::debug!(fault = ?Fault::of_connecting(&error), "The socket could not be opened");
            ClientError::NotSent
        }
        Error::Tls(_) | Error::Url(_) => ClientError::NotSent,
        _ => ClientError::Unknown,
    }
}
