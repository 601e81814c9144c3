//! `kenin trust list` and `kenin policy show`.

use std::fmt::Write as _;

use kenin_policy::{Accreditation, Certainty, Purpose, SignerAnchor, TsaAnchor};

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::Printer;
use crate::resolve;

/// Lists whom a trust profile believes, and for what.
pub fn trust(value: &str, speech: &Speech) -> Result<Exit, Failure> {
    let profile = resolve::trust(value)?;
    let say = |key: &str| speech.people.text(key, &[]);
    let mut text = String::new();
    let _ = writeln!(text, "{}: {}", profile.name, profile.description);
    let _ = writeln!(text, "SHA-256 {}\n\n{}", profile.sha256, say("trust-signers"));
    for anchor in &profile.signer {
        signer(&mut text, anchor, speech);
    }
    let _ = writeln!(text, "\n{}", say("trust-tsas"));
    for anchor in &profile.tsa {
        tsa(&mut text, anchor, speech);
    }
    print(&text)
}

fn signer(text: &mut String, anchor: &SignerAnchor, speech: &Speech) {
    let purpose = match anchor.purpose {
        Purpose::Hpki => "trust-purpose-hpki",
        Purpose::AccreditedCa => "trust-purpose-accredited-ca",
        Purpose::Jpki => "trust-purpose-jpki",
        Purpose::Other => "trust-purpose-other",
    };
    let _ = writeln!(text, "  {}", anchor.name);
    let _ = writeln!(text, "    {}{}", speech.people.text(purpose, &[]), certainty(anchor.known, speech));
    let _ = writeln!(text, "    SHA-256 {}", anchor.sha256);
    for policy in &anchor.policies {
        let _ = writeln!(text, "    {} {policy}", speech.people.text("trust-policy", &[]));
    }
}

fn tsa(text: &mut String, anchor: &TsaAnchor, speech: &Speech) {
    let say = |key: &str| speech.people.text(key, &[]);
    let _ = writeln!(text, "  {}{}", anchor.name, certainty(anchor.known, speech));
    match &anchor.sha256 {
        Some(pin) => {
            let _ = writeln!(text, "    SHA-256 {pin}");
        }
        None => {
            let _ = writeln!(text, "    {}", say("trust-no-pin"));
        }
    }
    for policy in &anchor.policies {
        let _ = writeln!(text, "    {} {policy}", say("trust-policy"));
    }
    if anchor.accredited == Some(false) {
        let _ = writeln!(text, "    {}", say("trust-not-accredited"));
    } else if anchor.accreditation.is_empty() && anchor.sha256.is_some() {
        let _ = writeln!(text, "    {}", say("trust-accreditation-unknown"));
    }
    for interval in &anchor.accreditation {
        let _ = writeln!(text, "    {}", accreditation(interval, speech));
    }
}

fn accreditation(interval: &Accreditation, speech: &Speech) -> String {
    let from = interval.from.to_jst_date_string();
    let to = interval.to.map(kenin::UtcTime::to_jst_date_string).unwrap_or_default();
    let key = if interval.to.is_some() { "trust-accredited-until" } else { "trust-accredited-since" };
    let values = [("from", &from), ("to", &to), ("scheme", &interval.scheme)];
    speech.people.text(key, &values.map(|(name, value)| (name, value.into())))
}

fn certainty(known: Certainty, speech: &Speech) -> String {
    let key = match known {
        Certainty::Configured => return String::new(),
        Certainty::Seen => "trust-known-seen",
        Certainty::Second => "trust-known-second",
    };
    speech.people.text(key, &[])
}

/// Prints a policy as the TOML it was read from, its hash in a comment.
pub fn policy(value: &str, _speech: &Speech) -> Result<Exit, Failure> {
    let policy = resolve::policy(value)?;
    let newline = if policy.text.ends_with('\n') { "" } else { "\n" };
    print(&format!("# {}: SHA-256 {}\n{}{newline}", policy.name, policy.sha256, policy.text))
}

fn print(text: &str) -> Result<Exit, Failure> {
    let mut printer = Printer::stdout();
    printer.print(text)?;
    printer.finish()?;
    Ok(Exit::Valid)
}
