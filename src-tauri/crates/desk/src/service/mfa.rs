//! The second factor of a sign-in (reference §1.2, §1.3): setting it up, and taking each code once.

use super::{tokens, totp};
use crate::base64;
use crate::db::mfa::{self, SecondFactor};
use crate::db::people::User;
use crate::desk::{Change, View};
use crate::error::ApiError;
use hmac::{Hmac, KeyInit, Mac};
use rand::RngExt;
use serde_json::{Value, json};
use sha2::Sha256;

/// As long as the hash of the codes.
const SECRET_BYTES: usize = 20;
const BACKUP_CODES: usize = 10;
/// What a client's field takes.
const BACKUP_CODE_BYTES: usize = 4;
/// Five minutes between password and code.
const TOKEN_MS: i64 = 5 * 60 * 1000;
/// What an app shows beside the address.
const ISSUER: &str = "Deskbell";

/// What somebody proves to have the second factor with.
#[derive(Clone)]
pub enum Proof {
    /// A code of the app.
    Code(String),
    Backup(String),
}

/// A new secret for an account that has no second factor; answers secret and address as apps read them.
pub fn begin_in(change: &Change<'_>, user: &User) -> Result<(String, String), ApiError> {
    if mfa::is_on(change, user.id)? {
        return Err(ApiError::Refused("MFA is already enabled".to_owned()));
    }
    let secret: [u8; SECRET_BYTES] = rand::rng().random();
    mfa::begin(change, user.id, &secret)?;
    Ok((totp::base32(&secret), totp::uri(&secret, ISSUER, &user.email)))
}

/// Turns on what was begun; answers the backup codes, this once.
pub fn enable_in(change: &Change<'_>, user: &User, code: &str) -> Result<Vec<String>, ApiError> {
    let factor = mfa::of(change, user.id)?;
    let begun = factor.filter(|factor| factor.enabled_at.is_none());
    let begun = begun.ok_or_else(|| ApiError::Refused("MFA setup was not started".to_owned()))?;
    if !take_code(change, user.id, &begun, code)? {
        return Err(wrong());
    }
    mfa::enable(change, user.id, change.now_ms)?;
    new_backup_codes(change, user.id)
}

/// New backup codes instead of the old.
pub fn renew_backup_codes_in(change: &Change<'_>, user: &User, code: &str) -> Result<Vec<String>, ApiError> {
    if !proves_in(change, user, &Proof::Code(code.to_owned()))? {
        return Err(wrong());
    }
    new_backup_codes(change, user.id)
}

/// Turns it off; the password was checked before.
pub fn disable_in(change: &Change<'_>, user: &User, proof: &Proof) -> Result<(), ApiError> {
    if !proves_in(change, user, proof)? {
        return Err(wrong());
    }
    mfa::remove(change, user.id).map(drop)
}

fn wrong() -> ApiError {
    ApiError::Refused("Invalid verification code".to_owned())
}

/// Whether somebody has the second factor that is on. A code that fits is used up.
pub fn proves_in(change: &Change<'_>, user: &User, proof: &Proof) -> Result<bool, ApiError> {
    let factor = mfa::of(change, user.id)?;
    let Some(factor) = factor.filter(|factor| factor.enabled_at.is_some()) else {
        return Ok(false);
    };
    match proof {
        Proof::Code(code) => take_code(change, user.id, &factor, code),
        Proof::Backup(code) => mfa::take_backup_code(change, user.id, &backup_hash(code)),
    }
}

fn take_code(change: &Change<'_>, user_id: i64, factor: &SecondFactor, code: &str) -> Result<bool, ApiError> {
    let seconds = change.now_ms.div_euclid(1000);
    match totp::accepted(&factor.secret, code, seconds, factor.last_step) {
        Some(step) => {
            mfa::use_up(change, user_id, step)?;
            Ok(true)
        }
        None => Ok(false),
    }
}

fn new_backup_codes(change: &Change<'_>, user_id: i64) -> Result<Vec<String>, ApiError> {
    let mut random = rand::rng();
    let mut code = || {
        let bytes: [u8; BACKUP_CODE_BYTES] = random.random();
        bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>()
    };
    let mut codes: Vec<String> = Vec::new();
    while codes.len() < BACKUP_CODES {
        let new = code();
        if !codes.contains(&new) {
            codes.push(new);
        }
    }
    let hashes: Vec<String> = codes.iter().map(|code| backup_hash(code)).collect();
    mfa::set_backup_codes(change, user_id, &hashes)?;
    Ok(codes)
}

fn backup_hash(code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    tokens::hash_token(&code.to_ascii_uppercase())
}

/// What stands between the two steps of a sign-in: a JWT (HS256) that lives five minutes. A new password ends it.
pub fn token(key: &[u8], user: &User, now_ms: i64) -> String {
    let claims = json!({ "user_id": user.id, "exp": (now_ms + TOKEN_MS) / 1000, "jti": tokens::token() });
    let head = json!({ "alg": "HS256", "typ": "JWT" });
    let signed = format!("{}.{}", part(&head), part(&claims));
    let signature = signature(key, user, &signed);
    format!("{signed}.{signature}")
}

fn part(json: &Value) -> String {
    url_safe(json.to_string().as_bytes())
}

fn url_safe(bytes: &[u8]) -> String {
    let text = base64::encode(bytes);
    text.trim_end_matches('=').replace('+', "-").replace('/', "_")
}

fn signature(key: &[u8], user: &User, signed: &str) -> String {
    // A key of any length is one.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
        return String::new();
    };
    mac.update(user.password_hash.as_bytes());
    mac.update(b"\0");
    mac.update(signed.as_bytes());
    url_safe(&mac.finalize().into_bytes())
}

/// The person a token was given to, if it is one of this desk and still lives.
pub fn holder(key: &[u8], view: &View<'_>, token: &str) -> Result<Option<User>, ApiError> {
    let Some((signed, given)) = token.rsplit_once('.') else {
        return Ok(None);
    };
    let Some(claims) = signed.split_once('.').and_then(|(_, claims)| read(claims)) else {
        return Ok(None);
    };
    let (Some(user_id), Some(exp)) = (claims["user_id"].as_i64(), claims["exp"].as_i64()) else {
        return Ok(None);
    };
    let user = crate::db::people::user(view, user_id)?;
    let holds = |user: &User| tokens::same(&signature(key, user, signed), given);
    Ok(user.filter(|user| holds(user) && exp > view.now_ms.div_euclid(1000)))
}

fn read(part: &str) -> Option<Value> {
    serde_json::from_slice(&base64::decode(part)?).ok()
}
