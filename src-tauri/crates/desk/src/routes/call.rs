//! Who calls, for which account, with what: the part every handler begins with (reference §1.1, §1.4).

use super::params::Params;
use crate::base64;
use crate::db::conversation::{self, Conversation};
use crate::db::people::{self, AgentBot, Membership, User};
use crate::db::{account, session};
use crate::desk::{Actor, Desk, View};
use crate::error::ApiError;
use crate::service::{access, tokens};
use axum::extract::{FromRequest, FromRequestParts, RawPathParams, Request};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::Value;
use std::collections::HashMap;
use std::ops::Deref;

/// What a handler answers.
pub type Answer = Result<Response, ApiError>;

/// Who is behind a token.
#[derive(Clone)]
pub enum Caller {
    User(Box<User>),
    Bot(Box<AgentBot>),
}

/// Credentials of a sign-in.
#[derive(Clone)]
pub struct SessionHeaders {
    pub token: String,
    pub client: String,
    pub uid: String,
}

/// Anything a request may carry to say who it is.
#[derive(Clone)]
pub enum Credentials {
    Token(String),
    Session(SessionHeaders),
    None,
}

impl Credentials {
    /// A token alone decides; `Api-Access-Token` and `api_access_token` are one header to Rails.
    pub fn of(headers: &HeaderMap, params: &Params) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let token = header("api_access_token").or_else(|| header("api-access-token"));
        if let Some(token) = token.filter(|token| !token.is_empty()) {
            return Self::Token(token.to_owned());
        }
        let part = |name: &str| header(name).map(str::to_owned).or_else(|| params.text(name));
        if let (Some(token), Some(client), Some(uid)) = (part("access-token"), part("client"), part("uid")) {
            return Self::Session(SessionHeaders { token, client, uid });
        }
        let bearer = header("authorization").and_then(|value| value.strip_prefix("Bearer "));
        bearer.and_then(from_bearer).map_or(Self::None, Self::Session)
    }
}

fn from_bearer(text: &str) -> Option<SessionHeaders> {
    let json: Value = serde_json::from_slice(&base64::decode(text.trim())?).ok()?;
    let part = |name: &str| json[name].as_str().map(str::to_owned);
    Some(SessionHeaders {
        token: part("access-token")?,
        client: part("client")?,
        uid: part("uid")?,
    })
}

/// The person of a valid sign-in.
pub fn user_of_session(view: &View<'_>, headers: &SessionHeaders) -> Result<Option<User>, ApiError> {
    let Some(session) = session::find(view, &headers.client)? else {
        return Ok(None);
    };
    let fits = tokens::same(&session.token_hash, &tokens::hash_token(&headers.token));
    if !fits || session.expires_at <= view.now_ms {
        return Ok(None);
    }
    let user = people::user(view, session.user_id)?;
    Ok(user.filter(|user| user.email.eq_ignore_ascii_case(&headers.uid)))
}

fn identify(view: &View<'_>, credentials: &Credentials) -> Result<Caller, ApiError> {
    match credentials {
        Credentials::Token(token) => {
            if let Some(user) = people::user_by_access_token(view, token)? {
                return Ok(Caller::User(Box::new(user)));
            }
            match people::bot_by_access_token(view, token)? {
                Some(bot) => Ok(Caller::Bot(Box::new(bot))),
                None => Err(ApiError::Unauthorized("Invalid Access Token")),
            }
        }
        Credentials::Session(headers) => match user_of_session(view, headers)? {
            Some(user) => Ok(Caller::User(Box::new(user))),
            None => Err(ApiError::NotSignedIn),
        },
        Credentials::None => Err(ApiError::NotSignedIn),
    }
}

const NOT_FOR_BOTS: ApiError = ApiError::Unauthorized("Access to this endpoint is not authorized for bots");

/// The one name in a path without an account, such as a file's. What is no text names nothing.
pub struct Key(pub String);

impl FromRequestParts<Desk> for Key {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, ApiError> {
        let path = RawPathParams::from_request_parts(parts, desk).await;
        let path = path.map_err(|_| ApiError::NoRoute)?;
        let key = path.iter().next().map(|(_, value)| value.to_owned());
        key.map(Self).ok_or(ApiError::NoRoute)
    }
}

/// A request of a person about themselves.
pub struct OwnCall {
    pub desk: Desk,
    pub user: User,
    pub params: Params,
}

impl FromRequest<Desk> for OwnCall {
    type Rejection = ApiError;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        let headers = request.headers().clone();
        let params = Params::of(request).await?;
        let credentials = Credentials::of(&headers, &params);
        let caller = desk.read(move |view| identify(view, &credentials)).await?;
        match caller {
            Caller::User(user) => Ok(Self {
                desk: desk.clone(),
                user: *user,
                params,
            }),
            Caller::Bot(_) => Err(NOT_FOR_BOTS),
        }
    }
}

/// A request under `/api/v1/accounts/{account_id}` by somebody who belongs there.
pub struct AccountCall {
    pub desk: Desk,
    pub account_id: i64,
    pub caller: AccountCaller,
    pub params: Params,
    path: HashMap<String, String>,
}

/// Who calls within an account.
#[derive(Clone)]
pub enum AccountCaller {
    User(Box<User>, Membership),
    Bot(Box<AgentBot>),
}

impl AccountCall {
    async fn read(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        let (mut parts, body) = request.into_parts();
        let path = RawPathParams::from_request_parts(&mut parts, desk)
            .await
            .map_err(|_| ApiError::NotFound)?;
        let path: HashMap<String, String> = path
            .iter()
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect();
        let headers = parts.headers.clone();
        // Under the account's prefix the path is what follows it.
        let place = parts.uri.path().trim_end_matches('/');
        let itself = path.len() == 1 && (place.is_empty() || place.starts_with("/api/v1/accounts/"));
        let params = Params::of(Request::from_parts(parts, body)).await?;
        let credentials = Credentials::of(&headers, &params);
        let account_id = id_in(&path, "account_id");
        let caller = desk
            .read(move |view| {
                let caller = identify(view, &credentials)?;
                admit(view, caller, account_id, itself)
            })
            .await?;
        Ok(Self {
            desk: desk.clone(),
            account_id,
            caller,
            params,
            path,
        })
    }

    /// An id in the path; anything but a number is nobody's id.
    pub fn id(&self, name: &str) -> i64 {
        id_in(&self.path, name)
    }

    /// A name in the path.
    pub fn text(&self, name: &str) -> String {
        self.path.get(name).cloned().unwrap_or_default()
    }

    /// The conversation the path names, still to be opened.
    pub fn conversation(&self) -> Door {
        Door {
            account_id: self.account_id,
            display_id: self.id("conversation_id"),
            caller: self.caller.clone(),
        }
    }

    /// In whose name changes happen.
    pub fn actor(&self) -> Actor {
        match &self.caller {
            AccountCaller::User(user, _) => Actor::User(user.id),
            AccountCaller::Bot(bot) => Actor::Bot(bot.id),
        }
    }

    /// Whose eyes see the answer; a bot's are nobody's.
    pub fn viewer(&self) -> Option<i64> {
        match &self.caller {
            AccountCaller::User(user, _) => Some(user.id),
            AccountCaller::Bot(_) => None,
        }
    }
}

fn id_in(path: &HashMap<String, String>, name: &str) -> i64 {
    path.get(name).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// The account must exist, be active, and be the caller's; the account's own page tells strangers nothing
/// (reference §1.4).
fn admit(view: &View<'_>, caller: Caller, account_id: i64, itself: bool) -> Result<AccountCaller, ApiError> {
    let account = account::find(view, account_id)?.ok_or(ApiError::NotFound)?;
    let admitted = match caller {
        Caller::User(user) => match people::membership(view, account_id, user.id)? {
            Some(membership) => AccountCaller::User(user, membership),
            None if itself => return Err(ApiError::NotFound),
            None => {
                return Err(ApiError::Unauthorized(
                    "You are not authorized to access this account",
                ));
            }
        },
        Caller::Bot(bot) if bot.account_id.is_none_or(|own| own == account_id) => AccountCaller::Bot(bot),
        Caller::Bot(_) => {
            return Err(ApiError::Unauthorized(
                "Bot is not authorized to access this account",
            ));
        }
    };
    if account.status == "suspended" && !itself {
        return Err(ApiError::Unauthorized("Account is suspended"));
    }
    Ok(admitted)
}

/// A conversation somebody asked for.
#[derive(Clone)]
pub struct Door {
    account_id: i64,
    display_id: i64,
    caller: AccountCaller,
}

impl Door {
    /// The conversation: unknown is 404, not theirs is 401. Bots of the account may open any.
    pub fn open(&self, view: &View<'_>) -> Result<Conversation, ApiError> {
        let found = conversation::by_display_id(view, self.account_id, self.display_id)?;
        let found = found.ok_or(ApiError::NotFound)?;
        match &self.caller {
            AccountCaller::User(_, member) if !access::opens(view, member, &found)? => Err(ApiError::DENIED),
            _ => Ok(found),
        }
    }
}

/// A call that people and bots may make.
pub struct AnyCall(pub AccountCall);

impl Deref for AnyCall {
    type Target = AccountCall;

    fn deref(&self) -> &AccountCall {
        &self.0
    }
}

impl FromRequest<Desk> for AnyCall {
    type Rejection = ApiError;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        Ok(Self(AccountCall::read(request, desk).await?))
    }
}

/// A call that only people may make.
pub struct PersonCall {
    call: AccountCall,
    pub user: User,
    pub member: Membership,
}

impl Deref for PersonCall {
    type Target = AccountCall;

    fn deref(&self) -> &AccountCall {
        &self.call
    }
}

impl FromRequest<Desk> for PersonCall {
    type Rejection = ApiError;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, ApiError> {
        let call = AccountCall::read(request, desk).await?;
        match call.caller.clone() {
            AccountCaller::User(user, member) => Ok(Self {
                call,
                user: *user,
                member,
            }),
            AccountCaller::Bot(_) => Err(NOT_FOR_BOTS),
        }
    }
}

impl PersonCall {
    /// Refuses plain agents.
    pub fn administrators_only(&self) -> Result<(), ApiError> {
        if self.member.is_administrator() {
            return Ok(());
        }
        Err(ApiError::DENIED)
    }

    /// Refuses those without reports: plain agents, and custom roles that lack them (reference §9).
    pub fn readers_of_reports_only(&self) -> Result<(), ApiError> {
        if self.member.reads_reports {
            return Ok(());
        }
        self.administrators_only()
    }
}

/// The `authorization` header a sign-in returns.
pub fn bearer(headers: &SessionHeaders) -> String {
    let json = serde_json::json!({
        "access-token": headers.token,
        "token-type": "Bearer",
        "client": headers.client,
        "uid": headers.uid,
    });
    format!("Bearer {}", base64::encode(json.to_string().as_bytes()))
}
