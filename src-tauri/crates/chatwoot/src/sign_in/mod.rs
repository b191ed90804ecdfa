//! Finding out whether an address is a Chatwoot server, and signing in to it.

mod problem;
mod profile;

pub use problem::ConnectProblem;
pub use profile::{Profile, ProfileAccount};

use crate::http::{Answer, Http, Route};
use crate::wire::Read;
use crate::{ServerUrl, ServerVersion, Token};
use reqwest::Method;
use serde_json::json;

/// What a password came to.
#[derive(Clone, Debug, PartialEq)]
pub enum SignedIn {
    Profile(Profile),
    /// The server wants a second factor, which only its web page can ask for; an access token works without.
    SecondFactor,
}

/// Asks a server for its version, without signing in.
pub async fn probe(server: &ServerUrl) -> Result<ServerVersion, ConnectProblem> {
    probe_with(&Http::new(server.clone(), None)).await
}

async fn probe_with(http: &Http) -> Result<ServerVersion, ConnectProblem> {
    let answer = http.exchange(Method::GET, &Route::new("api", &[]), None).await?;
    match answer.status {
        429 => return Err(ConnectProblem::TooManyTries),
        500.. => return Err(ConnectProblem::ServerFault),
        _ => {}
    }
    let body = answer.json().filter(|_| answer.is_success());
    let version = body.as_ref().and_then(|body| body.get("version")?.as_str());
    version
        .map(ServerVersion::parse)
        .ok_or(ConnectProblem::NotChatwoot)
}

/// Signs in with a password. It is sent only after the server has shown what it is.
pub async fn sign_in(server: &ServerUrl, email: &str, password: &str) -> Result<SignedIn, ConnectProblem> {
    let http = Http::new(server.clone(), None);
    probe_with(&http).await?;
    let body = json!({ "email": email.trim(), "password": password });
    let answer = http
        .exchange(Method::POST, &Route::new("auth/sign_in", &[]), Some(body))
        .await?;
    match answer.status {
        206 => Ok(SignedIn::SecondFactor),
        401 => Err(ConnectProblem::WrongPassword),
        _ => profile_of(&answer).map(SignedIn::Profile),
    }
}

/// Signs in with an access token, as the profile page of the web dashboard shows it.
pub async fn sign_in_with_token(server: &ServerUrl, token: Token) -> Result<Profile, ConnectProblem> {
    let http = Http::new(server.clone(), Some(&token));
    probe_with(&http).await?;
    let answer = http
        .exchange(Method::GET, &Route::new("api/v1/profile", &[]), None)
        .await?;
    match answer.status {
        // A bot's token is refused with 401 as well: it signs nobody in.
        401 => Err(ConnectProblem::BadToken),
        _ => profile_of(&answer).map(|profile| Profile {
            access_token: token,
            ..profile
        }),
    }
}

/// A sign-in wraps the person in `data`, the profile does not.
fn profile_of(answer: &Answer) -> Result<Profile, ConnectProblem> {
    match answer.status {
        429 => return Err(ConnectProblem::TooManyTries),
        500.. => return Err(ConnectProblem::ServerFault),
        _ => {}
    }
    let body = answer.json().filter(|_| answer.is_success());
    let user = body.as_ref().map(|body| body.raw("data").unwrap_or(body));
    let profile = user.and_then(Profile::read).ok_or(ConnectProblem::NotChatwoot)?;
    if profile.accounts.iter().any(|account| account.active) {
        Ok(profile)
    } else {
        Err(ConnectProblem::NoAccount)
    }
}
