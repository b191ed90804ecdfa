//! Says each ring of the bell.

use crate::report::say;
use deskbell_tests::core::Core;
use serde_json::json;

pub async fn rings(core: &Core) {
    core.until_live().await;
    say(json!({ "live": true }));
    let mut told = 0;
    loop {
        let rings = core
            .next(async || {
                let rings = core.rings();
                (rings.len() > told).then_some(rings)
            })
            .await;
        for ring in &rings[told..] {
            say(json!({ "rang": ring.conversation.id }));
        }
        told = rings.len();
    }
}
