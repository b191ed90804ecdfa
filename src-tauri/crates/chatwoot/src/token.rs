//! A secret that opens an account.

/// An access token or a socket token. Never printed; [`Token::reveal`] is for the wire and the keyring alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

impl Token {
    /// Takes a token as stored or pasted; blanks around it are not part of it.
    pub fn new(token: impl Into<Token>) -> Self {
        token.into()
    }

    /// The secret itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Self(text.trim().to_owned())
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_never_printed() {
        assert_eq!(format!("{:?}", Token::new(" secret\n")), "Token");
        assert_eq!(Token::new(" secret\n").reveal(), "secret");
    }
}
