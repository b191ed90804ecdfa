//! A network between a client and a desk, for the ways a network fails that neither side can see.

use std::net::SocketAddr;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Passes on every connection to a desk, until told otherwise. Dropping it ends them all.
pub struct Proxy {
    address: SocketAddr,
    freeze: watch::Sender<u32>,
    accepting: JoinHandle<()>,
}

impl Proxy {
    /// A way to `server` (such as `http://127.0.0.1:4000`).
    pub async fn to(server: &str) -> Self {
        let target = server
            .trim_start_matches("http://")
            .trim_end_matches('/')
            .to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let (freeze, frozen) = watch::channel(0);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, target.clone(), frozen.clone()));
            }
        });
        Self {
            address,
            freeze,
            accepting,
        }
    }

    /// Where clients connect to.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// From now on nothing passes on the connections there are, and nobody is told: both ends stay open, as when a
    /// wireless network changed underneath. New connections pass.
    pub fn freeze(&self) {
        self.freeze.send_modify(|times| *times += 1);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn pass_on(mut client: TcpStream, target: String, mut frozen: watch::Receiver<u32>) {
    frozen.mark_unchanged();
    let Ok(mut server) = TcpStream::connect(target).await else {
        return;
    };
    tokio::select! {
        _ = copy_bidirectional(&mut client, &mut server) => {}
        changed = frozen.changed() => {
            if changed.is_ok() {
                // Held open until the proxy goes.
                let _ = frozen.wait_for(|_| false).await;
            }
        }
    }
}
