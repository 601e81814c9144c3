//! Commands that get what is missing. Addresses and names in them come from documents.

use std::path::Path;

use kenin::render::Sheet;
use kenin::{Catalogue, Sha256};

use super::chain::Use;
use crate::args::{DEFAULT_POLICY, DEFAULT_TRUST, DoctorArgs};
use crate::shell;

/// Where what is fetched is put.
const FOLDER: &str = "crls";
/// Addresses of one certificate that are shown.
const MAX_ADDRESSES: usize = 4;

/// What to do, in the order of doing it.
pub(super) struct Remedies {
    /// `kenin verify FILE` or the like, with the arguments of this run.
    again: String,
    profile: String,
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
        let trust = (judging.trust != DEFAULT_TRUST).then(|| ("--trust", shell::quoted(&judging.trust)));
        let policy = (judging.policy != DEFAULT_POLICY).then(|| ("--policy", shell::quoted(&judging.policy)));
        let time = judging.time.iter().map(|time| ("--time", shell::quoted(time)));
        let evidence = judging.evidence.iter().map(|path| ("--evidence", shell::file(path)));
        for (option, value) in content.chain(passwords).chain(trust).chain(policy).chain(time).chain(evidence) {
            again = format!("{again} {option} {value}");
        }
        // A built-in profile cannot be added to, so a file is made from it.
        let own = Path::new(&judging.trust).extension().is_some_and(|extension| extension == "toml");
        let profile = match own {
            true => format!("--into {}", shell::quoted(&judging.trust)),
            false => format!("--into our-trust.toml --base {}", shell::quoted(&judging.trust)),
        };
        Self { again, profile, fetch: Vec::new(), by_hand: false, anchors: Vec::new() }
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
        let command = format!("{command} {}", self.profile);
        if !self.anchors.contains(&command) {
            self.anchors.push(command);
        }
    }

    /// Shows what to do.
    pub fn show(&self, sheet: &mut Sheet, catalogue: &Catalogue) {
        let say = |key: &str| catalogue.text(key, &[]);
        let evidence = self.by_hand || !self.fetch.is_empty();
        if !evidence && self.anchors.is_empty() {
            return;
        }
        sheet.heading(&say("text-next"));
        if !self.fetch.is_empty() {
            sheet.paragraph(&say("doctor-fetch"));
            sheet.command(&format!("mkdir -p {FOLDER}"));
            self.fetch.iter().for_each(|command| sheet.command(command));
        }
        if self.by_hand {
            sheet.paragraph(&say("doctor-by-hand"));
        }
        if !self.anchors.is_empty() {
            sheet.paragraph(&say("doctor-import"));
            self.anchors.iter().for_each(|command| sheet.command(command));
        }
        if evidence {
            sheet.paragraph(&say("doctor-again"));
            sheet.command(&format!("{} --evidence {FOLDER}/", self.again));
        }
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
