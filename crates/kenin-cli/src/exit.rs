//! Exit codes and their precedence (`docs/exit-codes.md`).

use std::process::ExitCode;

use kenin::{Report, Verdict};

use crate::locale::Speech;

/// How the program ends, from best to worst: the order is the precedence 6 > 1 > 5 > 2 > 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// Everything is valid.
    Valid,
    /// There is no signature where one is expected.
    NoSignature,
    /// Something is indeterminate and nothing is invalid.
    Indeterminate,
    /// Something could not be read or written.
    Io,
    /// Something is invalid.
    Invalid,
    /// kenin itself failed.
    Internal,
    /// The user stopped it.
    Interrupted,
    /// The command line, policy or trust file cannot be used; decided before any document is read.
    Usage,
}

impl Exit {
    /// The code a report alone ends with.
    pub fn of(report: &Report) -> Self {
        match (report.verdict, report.error.as_ref().map(|error| error.code.as_str())) {
            (Verdict::Valid, _) => Self::Valid,
            (Verdict::Invalid, _) => Self::Invalid,
            (Verdict::Indeterminate, _) => Self::Indeterminate,
            (Verdict::NoSignature, _) => Self::NoSignature,
            (Verdict::Error, Some("internal")) => Self::Internal,
            (Verdict::Error, _) => Self::Io,
        }
    }

    fn code(self) -> u8 {
        match self {
            Self::Valid => 0,
            Self::Invalid => 1,
            Self::Indeterminate => 2,
            Self::NoSignature => 3,
            Self::Usage => 4,
            Self::Io => 5,
            Self::Internal => 6,
            Self::Interrupted => 130,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit.code())
    }
}

/// Why the program cannot do what was asked. The catalogue has the sentence.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    key: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Failure {
    /// The command line, or a file it needs before any document is read, cannot be used.
    pub fn usage(key: &'static str, values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { exit: Exit::Usage, key, values: values.into_iter().collect() }
    }

    /// Something could not be read or written.
    pub fn io(key: &'static str, values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { exit: Exit::Io, key, values: values.into_iter().collect() }
    }

    /// The file is nothing that kenin recognises.
    pub fn unrecognised(key: &'static str, values: impl IntoIterator<Item = (&'static str, String)>) -> Self {
        Self { exit: Exit::NoSignature, key, values: values.into_iter().collect() }
    }

    /// The code to end with.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// The sentence for people. Only a reason may have several lines, as where a TOML file shows what is wrong in it.
    pub fn message(&self, speech: &Speech) -> String {
        let shown = |(name, value): &(&'static str, String)| match *name {
            "reason" => (*name, value.clone()),
            _ => (*name, kenin::render::sanitised(value)),
        };
        let values: Vec<_> = self.values.iter().map(shown).collect();
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.into())).collect();
        speech.people.text(self.key, &values)
    }
}

#[cfg(test)]
mod tests {
    use kenin::{Policy, Report, TimeSource, TrustProfile, UtcTime};

    use super::Exit;

    #[test]
    fn an_internal_error_is_not_an_unreadable_file() {
        let time = UtcTime::parse("2024-05-21T00:00:00Z").unwrap();
        for (code, exit) in [("internal", Exit::Internal), ("io", Exit::Io)] {
            let (trust, policy) = (TrustProfile::jp_hpki(), Policy::mhlw_6_0());
            assert_eq!(Exit::of(&Report::error(&trust, &policy, time, TimeSource::Now, code)), exit);
        }
    }

    #[test]
    fn precedence_is_6_1_5_2_3_0() {
        let mut exits = [Exit::Valid, Exit::Invalid, Exit::Indeterminate, Exit::NoSignature, Exit::Io, Exit::Internal];
        exits.sort();
        assert_eq!(exits.map(Exit::code), [0, 3, 2, 5, 1, 6]);
    }
}
