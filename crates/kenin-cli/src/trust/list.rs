//! `kenin trust list`: whom a profile believes, for what, and until when.

use std::fmt::Write as _;

use kenin::render::sanitised;
use kenin_policy::{Accreditation, Certainty, Purpose, SignerAnchor, TsaAnchor};

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer;
use crate::resolve;

/// Lists whom a trust profile believes, and for what.
pub fn run(value: &str, speech: &Speech) -> Result<Exit, Failure> {
    let profile = resolve::trust(value)?;
    let say = |key: &str| speech.people.text(key, &[]);
    let mut text = String::new();
    let (name, description) = (sanitised(&profile.name), sanitised(&profile.description));
    let values = [("name", (&name).into()), ("description", (&description).into())];
    let _ = writeln!(text, "{}", speech.people.text("trust-profile", &values));
    let _ = writeln!(text, "SHA-256 {}\n\n{}", profile.sha256, say("trust-signers"));
    for anchor in &profile.signer {
        signer(&mut text, anchor, speech);
    }
    let _ = writeln!(text, "\n{}", say("trust-tsas"));
    for anchor in &profile.tsa {
        tsa(&mut text, anchor, speech);
    }
    printer::page(&speech.shown(&text))?;
    Ok(Exit::Valid)
}

fn signer(text: &mut String, anchor: &SignerAnchor, speech: &Speech) {
    let purpose = match anchor.purpose {
        Purpose::Hpki => "trust-purpose-hpki",
        Purpose::AccreditedCa => "trust-purpose-accredited-ca",
        Purpose::Jpki => "trust-purpose-jpki",
        Purpose::Other => "trust-purpose-other",
    };
    let _ = writeln!(text, "  {}", sanitised(&anchor.name));
    let _ = writeln!(text, "    {}{}", speech.people.text(purpose, &[]), certainty(anchor.known, speech));
    let _ = writeln!(text, "    SHA-256 {}", anchor.sha256);
    for policy in &anchor.policies {
        let _ = writeln!(text, "    {} {policy}", speech.people.text("trust-policy", &[]));
    }
    let constraints = [
        ("trust-explicit-policy", anchor.require_explicit_policy == Some(true)),
        ("trust-no-explicit-policy", anchor.require_explicit_policy == Some(false)),
        ("trust-inhibit-policy-mapping", anchor.inhibit_policy_mapping),
        ("trust-inhibit-any-policy", anchor.inhibit_any_policy),
    ];
    for (key, _) in constraints.into_iter().filter(|(_, set)| *set) {
        let _ = writeln!(text, "    {}", speech.people.text(key, &[]));
    }
    for purpose in &anchor.purposes {
        let _ = writeln!(text, "    {} {purpose}", speech.people.text("trust-key-purpose", &[]));
    }
    not_after(text, anchor.not_after, speech);
}

/// The sunset date (EN 319 102-1 5.2.6).
fn not_after(text: &mut String, time: Option<kenin::UtcTime>, speech: &Speech) {
    if let Some(time) = time {
        let _ =
            writeln!(text, "    {}", speech.people.text("trust-not-after", &[("time", (&time.to_string()).into())]));
    }
}

fn tsa(text: &mut String, anchor: &TsaAnchor, speech: &Speech) {
    let say = |key: &str| speech.people.text(key, &[]);
    let _ = writeln!(text, "  {}{}", sanitised(&anchor.name), certainty(anchor.known, speech));
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
    not_after(text, anchor.not_after, speech);
}

fn accreditation(interval: &Accreditation, speech: &Speech) -> String {
    let from = interval.from.to_jst_date_string();
    let to = interval.to.map(kenin::UtcTime::to_jst_date_string).unwrap_or_default();
    let key = if interval.to.is_some() { "trust-accredited-until" } else { "trust-accredited-since" };
    let values = [("from", from.as_str()), ("to", to.as_str()), ("scheme", interval.scheme.as_str())];
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
