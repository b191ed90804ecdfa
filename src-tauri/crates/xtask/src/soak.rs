//! More scripts of the model test than an ordinary run has time for.

use crate::task;
use crate::workspace::cargo;
use xtask::{Failure, Outcome};

/// Runs the seeds that `words` name: `--seeds N [--from S]`.
pub fn soak(words: &[&str]) -> Outcome {
    let (seeds, from) = match words {
        ["--seeds", seeds] => (*seeds, "0"),
        ["--seeds", seeds, "--from", from] => (*seeds, *from),
        _ => {
            return Err(Failure::new(
                "say how many: cargo xtask soak --seeds N [--from S]",
            ));
        }
    };
    for number in [seeds, from] {
        if number.parse::<u64>().is_err() {
            return Err(Failure::new(format!("`{number}` is no number of seeds")));
        }
    }
    let test = ["test", "-p", "deskbell-tests", "--test", "model"];
    let only = ["--", "--nocapture", "whatever_goes_wrong"];
    task::run(
        cargo(&[&test[..], &only[..]].concat())
            .env("DESKBELL_MODEL_SEEDS", seeds)
            .env("DESKBELL_MODEL_FROM", from),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_is_refused_before_anything_is_built() {
        assert!(soak(&[]).is_err());
        assert!(soak(&["--seeds", "many"]).is_err());
        assert!(soak(&["--seeds", "10", "--from", "-1"]).is_err());
    }
}
