//! Commands that get what is missing. Addresses and names in them come from documents.

use std::path::Path;

use kenin::render::Sheet;
use kenin::{Catalogue, Sha256};

use super::chain::Use;
use crate::args::{DEFAULT_POLICY, DEFAULT_TRUST, DoctorArgs};
use crate::shell;

/// Where what is fetched is put.
const FOLDER: &str = "crls";
/// The profile that is made where the one in use is built in.
const OWN_PROFILE: &str = "our-trust.toml";
/// Addresses of one certificate that are shown.
const MAX_ADDRESSES: usize = 4;

/// What to do, in the order of doing it.
pub(super) struct Remedies {
    /// `kenin trust doctor FILE` with what is beside it.
    again: String,
    /// The other arguments of this run but for the trust profile and evidence.
    rest: String,
    /// The trust profile of this run.
    trust: String,
    /// Evidence that is given already.
    evidence: Vec<String>,
    fetch: Vec<String>,
    by_hand: bool,
    anchors: Vec<String>,
}

impl Remedies {
    /// Nothing to do yet about a run with these arguments.
    pub fn new(args: &DoctorArgs) -> Self {
        let mut again = "kenin trust doctor".to_owned();
        if let Some(file) = &args.file {
            again = format!("{again} {}", shell::file(file));
        }
        let judging = &args.judging;
        let content = args.content.iter().map(|path| ("--content", shell::file(path)));
        let passwords = args.password_file.iter().map(|path| ("--password-file", shell::file(path)));
        let policy = (judging.policy != DEFAULT_POLICY).then(|| ("--policy", shell::quoted(&judging.policy)));
        let policy = policy.into_iter();
        let time = judging.time.iter().map(|time| ("--time", shell::quoted(time)));
        for (option, value) in content.chain(passwords) {
            again = format!("{again} {option} {value}");
        }
        let rest = policy.chain(time).map(|(option, value)| format!(" {option} {value}")).collect();
        let evidence = judging.evidence.iter().map(|path| shell::file(path)).collect();
        let trust = judging.trust.clone();
        Self { again, rest, trust, evidence, fetch: Vec::new(), by_hand: false, anchors: Vec::new() }
    }

    /// Whether the profile is a file. One that is built in cannot be added to, so a file is made from it.
    fn is_own_profile(&self) -> bool {
        Path::new(&self.trust).extension().is_some_and(|extension| extension == "toml")
    }

    /// This run again, when everything above has been done.
    fn again(&self) -> String {
        let trust = match self.anchors.is_empty() || self.is_own_profile() {
            true => self.trust.clone(),
            false => format!("./{OWN_PROFILE}"),
        };
        let mut again = self.again.clone();
        if trust != DEFAULT_TRUST {
            again = format!("{again} --trust {}", shell::quoted(&trust));
        }
        again.push_str(&self.rest);
        let fetched = format!("{FOLDER}/");
        let given = self.evidence.iter();
        let given = given.filter(|given| !self.needs_evidence() || given.trim_end_matches('/') != FOLDER);
        for evidence in given.chain(self.needs_evidence().then_some(&fetched)) {
            again = format!("{again} --evidence {evidence}");
        }
        again
    }

    fn needs_evidence(&self) -> bool {
        self.by_hand || !self.fetch.is_empty()
    }

    /// Revocation data for a certificate; `false` when no address can be shown.
    pub fn revocation(&mut self, certificate: Sha256, uris: &[String]) -> bool {
        self.fetch(certificate, uris, "crl")
    }

    /// The certificate of a certificate's issuer; `false` when no address can be shown.
    pub fn issuer(&mut self, certificate: Sha256, uris: &[String]) -> bool {
        self.fetch(certificate, uris, "issuer.cer")
    }

    /// Files are named by the certificate they are for: a name from the address could be anything.
    fn fetch(&mut self, certificate: Sha256, uris: &[String], ending: &str) -> bool {
        let addresses: Vec<_> = uris.iter().filter(|uri| is_http(uri)).take(MAX_ADDRESSES).collect();
        self.by_hand |= addresses.is_empty();
        for (index, uri) in addresses.iter().enumerate() {
            let mut name = certificate.to_string();
            name.truncate(16);
            let number = if index == 0 { String::new() } else { format!("-{}", index + 1) };
            // -g: brackets in an address mean nothing.
            let command = format!("curl -gfLo {FOLDER}/{name}{number}.{ending} {}", shell::quoted(uri));
            if !self.fetch.contains(&command) {
                self.fetch.push(command);
            }
        }
        !addresses.is_empty()
    }

    /// An anchor for a chain that leads to none.
    pub fn anchor(&mut self, purpose: Use) {
        let role = match purpose {
            Use::Signer => "--as signer",
            Use::Tsa => "--as tsa --accredited-from DAY",
        };
        self.import(&format!("kenin trust import ROOT.cer --expect-sha256 PUBLISHED {role} --name NAME"));
    }

    /// Since when a timestamp service is accredited, or its certificate.
    pub fn accreditation(&mut self) {
        self.import("kenin trust import SERVICE.zip --expect-sha256 PUBLISHED --accredited-from DAY --name NAME");
    }

    fn import(&mut self, command: &str) {
        let trust = shell::quoted(&self.trust);
        let command = match self.is_own_profile() {
            true => format!("{command} --into {trust}"),
            false => format!("{command} --into {OWN_PROFILE} --base {trust}"),
        };
        if !self.anchors.contains(&command) {
            self.anchors.push(command);
        }
    }

    /// Shows what to do.
    pub fn show(&self, sheet: &mut Sheet, catalogue: &Catalogue) {
        let say = |key: &str| catalogue.text(key, &[]);
        if !self.needs_evidence() && self.anchors.is_empty() {
            return;
        }
        sheet.heading(&say("text-next"));
        if !self.fetch.is_empty() {
            sheet.paragraph(&say("doctor-fetch"));
            sheet.command(&format!("mkdir -p {FOLDER}"));
            self.fetch.iter().for_each(|command| sheet.command(command));
        }
        if self.by_hand {
            sheet.paragraph(&catalogue.text("doctor-by-hand", &[("folder", FOLDER.into())]));
            if self.fetch.is_empty() {
                sheet.command(&format!("mkdir -p {FOLDER}"));
            }
        }
        if !self.anchors.is_empty() {
            sheet.paragraph(&say("doctor-import"));
            self.anchors.iter().for_each(|command| sheet.command(command));
        }
        sheet.paragraph(&say("doctor-again"));
        sheet.command(&self.again());
    }
}

/// Whether an address may be shown for fetching: by HTTP, of visible ASCII alone.
pub(super) fn is_http(uri: &str) -> bool {
    let scheme = uri.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https")) && uri.bytes().all(|byte| byte.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::is_http;

    #[test]
    fn only_http_addresses_are_shown() {
        assert!(is_http("http://demo.example/a.crl") && is_http("HTTPS://demo.example/?a=b&c"));
        for uri in ["ldap://demo.example/cn=a", "file:///etc/passwd", "javascript:x", "http:x", "", "-o", "xhttp://a"] {
            assert!(!is_http(uri), "{uri}");
        }
        assert!(!is_http("http://demo.example/\u{1b}[2J") && !is_http("http://demo.example/a b\n"));
    }
}
