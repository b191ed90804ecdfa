//! A place in the world that nobody should reach unasked: it remembers who came, and answers everybody with one picture.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One grey pixel.
pub const PICTURE: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 218, 99, 104, 0, 0, 0, 130, 0, 129, 218, 69, 8, 59, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// Longer requests are cut.
const LONGEST: usize = 64 * 1024;

/// A server on this computer that is not the desk. Dropping it ends it.
pub struct Outside {
    address: SocketAddr,
    visits: Arc<Mutex<Vec<String>>>,
    accepting: JoinHandle<()>,
}

impl Outside {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a listener has an address");
        let visits = Arc::new(Mutex::new(Vec::new()));
        let remembered = visits.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((visitor, _)) = listener.accept().await {
                tokio::spawn(receive(visitor, remembered.clone()));
            }
        });
        Self {
            address,
            visits,
            accepting,
        }
    }

    /// Where it is, such as `http://127.0.0.1:41234`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everybody who connected so far, with what they asked: the head of the request, empty if they said nothing.
    pub fn visits(&self) -> Vec<String> {
        lock(&self.visits).clone()
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn receive(mut visitor: TcpStream, visits: Arc<Mutex<Vec<String>>>) {
    // A connection counts, whatever is said over it.
    let place = {
        let mut all = lock(&visits);
        all.push(String::new());
        all.len() - 1
    };
    let mut head = Vec::new();
    let mut piece = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < LONGEST {
        match visitor.read(&mut piece).await {
            Ok(read) if read > 0 => head.extend_from_slice(&piece[..read]),
            _ => break,
        }
    }
    lock(&visits)[place] = String::from_utf8_lossy(&head).into_owned();
    let answer = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nSet-Cookie: seen=1\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        PICTURE.len()
    );
    // Whoever asked may be gone by now.
    let _ = visitor.write_all(answer.as_bytes()).await;
    let _ = visitor.write_all(PICTURE).await;
}

fn lock(visits: &Mutex<Vec<String>>) -> std::sync::MutexGuard<'_, Vec<String>> {
    visits.lock().unwrap_or_else(PoisonError::into_inner)
}
