//! What somebody is still writing.

/// An unsent text of the composer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub private: bool,
    /// Epoch seconds.
    pub saved_at: i64,
}
