use std::time::Duration;

/// Credentials, endpoints and how long a server is given to recover.
#[derive(Clone)]
pub struct ObjectSettings {
    /// Environment variables, by their names: `AWS_ACCESS_KEY_ID` and the like.
    pub variables: Vec<(String, String)>,
    /// For how long what is throttled, refused or broken off is tried again without a step forward.
    pub patience: Duration,
    /// For how long a server may say nothing before the connection counts as broken.
    pub silence: Duration,
}

impl ObjectSettings {
    /// Those of the process's environment, and two minutes of patience.
    pub fn from_env() -> Self {
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        };
        Self::with(std::env::vars_os().filter_map(text).collect())
    }

    /// These variables, and two minutes of patience.
    pub fn with(variables: Vec<(String, String)>) -> Self {
        Self { variables, patience: Duration::from_secs(120), silence: Duration::from_secs(30) }
    }

    /// Those variables that concern one service, as `object_store` spells its keys.
    pub(super) fn of<'a>(&'a self, prefix: &'a str, others: &'a [&str]) -> impl Iterator<Item = (String, &'a str)> {
        let concerns = move |name: &str| name.starts_with(prefix) || others.contains(&name);
        let concerned = self.variables.iter().filter(move |(name, _)| concerns(name));
        concerned.map(|(name, value)| (name.to_ascii_lowercase(), value.as_str()))
    }
}

/// The names of the variables only.
impl std::fmt::Debug for ObjectSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names: Vec<_> = self.variables.iter().map(|(name, _)| name).collect();
        write!(f, "ObjectSettings({names:?}, {:?}, {:?})", self.patience, self.silence)
    }
}
