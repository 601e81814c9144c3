/// A policy or trust profile that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The text is not TOML of the expected shape; the message names line and column.
    #[error("{what} is not valid: {reason}")]
    Syntax {
        /// `policy` or `trust profile`.
        what: &'static str,
        /// What the TOML reader says.
        reason: String,
    },
    /// There is no built-in of this name.
    #[error(
        "there is no built-in {what} `{name}`; known: {known}. A file is given by a path with `/` or ending in .toml"
    )]
    UnknownName {
        /// `policy` or `trust profile`.
        what: &'static str,
        /// The name asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// A file says another thing under the name of a built-in, by which reports would name it.
    #[error(
        "{what} is not usable: `{name}` is the name of a built-in that says otherwise; write another name in `name = ...`"
    )]
    TakenName {
        /// `policy` or `trust profile`.
        what: &'static str,
        /// The name, as the file has it.
        name: String,
    },
    /// A licence is asked for that nobody holds.
    #[error("policy is not usable: `{name}` in {list} is not the name of a national licence; write one of: {known}")]
    NoLicence {
        /// The key of the list in the policy file.
        list: &'static str,
        /// What it has.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The text is well-formed but says something impossible.
    #[error("{what} is not usable: {reason}")]
    Meaning {
        /// `policy` or `trust profile`.
        what: &'static str,
        /// What is wrong and how to put it right.
        reason: String,
    },
}

/// Reads TOML of one kind.
pub(crate) fn from_toml<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, PolicyError> {
    toml::from_str(text).map_err(|error| PolicyError::Syntax { what, reason: error.to_string() })
}

/// Whether readers take a name for one of a built-in.
pub(crate) fn is_name_of(name: &str, built_in: &str) -> bool {
    name.trim().eq_ignore_ascii_case(built_in)
}
