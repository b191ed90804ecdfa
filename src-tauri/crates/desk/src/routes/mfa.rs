//! The caller's second factor (reference §1.3, `profile/mfa`).

use super::call::{Answer, OwnCall};
use super::ok;
use super::params::Params;
use crate::db::mfa as stored;
use crate::desk::Desk;
use crate::error::ApiError;
use crate::service::mfa::{self, Proof};
use crate::service::tokens;
use axum::Router;
use axum::routing::{get, post};
use serde_json::json;

pub fn routes() -> Router<Desk> {
    Router::new()
        .route("/api/v1/profile/mfa", get(show).post(begin).delete(disable))
        .route("/api/v1/profile/mfa/verify", post(verify))
        .route("/api/v1/profile/mfa/backup_codes", post(backup_codes))
}

/// The proof a request brings, if any.
pub fn proof(params: &Params) -> Option<Proof> {
    let code = params.filled("otp_code").map(Proof::Code);
    code.or_else(|| params.filled("backup_code").map(Proof::Backup))
}

async fn show(call: OwnCall) -> Answer {
    let id = call.user.id;
    let json = call
        .desk
        .read(move |view| {
            Ok(json!({
                "feature_available": true,
                "enabled": stored::is_on(view, id)?,
                "backup_codes_generated": stored::has_backup_codes(view, id)?,
            }))
        })
        .await?;
    ok(json)
}

async fn begin(call: OwnCall) -> Answer {
    let user = call.user;
    let (secret, uri) = call
        .desk
        .write(move |change| mfa::begin_in(change, &user))
        .await?;
    ok(json!({ "provisioning_url": uri, "secret": secret }))
}

async fn verify(call: OwnCall) -> Answer {
    let (user, code) = (call.user, call.params.text("otp_code").unwrap_or_default());
    let codes = call
        .desk
        .write(move |change| mfa::enable_in(change, &user, &code))
        .await?;
    ok(json!({ "enabled": true, "backup_codes": codes }))
}

async fn backup_codes(call: OwnCall) -> Answer {
    let (user, code) = (call.user, call.params.text("otp_code").unwrap_or_default());
    let codes = call
        .desk
        .write(move |change| mfa::renew_backup_codes_in(change, &user, &code))
        .await?;
    ok(json!({ "backup_codes": codes }))
}

/// Needs the password again, and the second factor.
async fn disable(call: OwnCall) -> Answer {
    let (user, proof) = (call.user, proof(&call.params));
    let proof = proof.ok_or_else(|| ApiError::Refused("Invalid verification code".to_owned()))?;
    let password = call.params.text("password").unwrap_or_default();
    let hash = user.password_hash.clone();
    let fits = tokio::task::spawn_blocking(move || tokens::password_fits(&password, &hash)).await;
    if !fits.map_err(|_| ApiError::Broken("password check failed"))? {
        return Err(ApiError::Refused("Invalid password".to_owned()));
    }
    call.desk
        .write(move |change| mfa::disable_in(change, &user, &proof))
        .await?;
    ok(json!({ "enabled": false }))
}
