use kenin::UtcTime;
use kenin_x509::{Certificate, OcspCertStatus, OcspResponse, ResponderId, SingleResponse};

use super::View;
use super::crl::hex;

impl View<'_> {
    /// A responder's error (RFC 6960 4.2.1): it says nothing about any certificate.
    pub(super) fn ocsp_error(&mut self, status: i64) {
        self.heading("inspect-ocsp");
        let key = match status {
            1 => "ocsp-status-malformed-request",
            2 => "ocsp-status-internal-error",
            3 => "ocsp-status-try-later",
            5 => "ocsp-status-sig-required",
            6 => "ocsp-status-unauthorized",
            _ => "ocsp-status-undefined",
        };
        let number = status.to_string();
        self.row("inspect-ocsp-status", &self.catalogue.text(key, &[("number", (&number).into())]));
    }

    /// An OCSP response: who answered when, about which certificates, what.
    pub(super) fn ocsp(&mut self, response: &OcspResponse, time: UtcTime) {
        self.heading("inspect-ocsp");
        self.row("inspect-ocsp-status", &self.say("ocsp-status-successful"));
        let responder = match response.responder() {
            ResponderId::ByName(name) => name.to_string(),
            ResponderId::ByKey(hash) => self.catalogue.text("inspect-responder-key", &[("hash", (&hex(hash)).into())]),
        };
        self.row("inspect-responder", &responder);
        self.row("inspect-produced", &response.produced_at().to_jst_string());
        self.forbidding("inspect-unknown-critical", response.unknown_critical());
        let embedded: Vec<_> = response.certificates().filter_map(|der| Certificate::parse(der).ok()).collect();
        let inside = self.say("inspect-inside-response");
        let at_hand = self.at_hand;
        // One that is also at hand is named without the remark.
        let candidates = at_hand.iter().map(|certificate| (certificate, None));
        let candidates = candidates.chain(embedded.iter().map(|certificate| (certificate, Some(inside.clone()))));
        self.signed_by(response.scheme(), response.tbs(), response.signature(), candidates);
        self.row("SHA-256", &response.sha256().to_string());
        for single in response.singles() {
            self.single(single, time);
        }
        if !embedded.is_empty() {
            self.heading("inspect-evidence");
        }
        for certificate in &embedded {
            self.row("inspect-evidence-certificate", &self.subject(certificate));
            self.sheet.more(&certificate.sha256().to_string());
        }
    }

    fn single(&mut self, single: &SingleResponse, time: UtcTime) {
        self.heading("inspect-answer");
        let id = &single.cert_id;
        self.row("inspect-serial", &hex(&id.serial));
        let status = match single.status {
            OcspCertStatus::Good => self.say("ocsp-certificate-good"),
            OcspCertStatus::Unknown => self.say("ocsp-certificate-unknown"),
            OcspCertStatus::Revoked { revocation_date, reason } => {
                let values = [("time", revocation_date.to_string()), ("reason", self.reason(reason))];
                let values = values.each_ref().map(|(name, value)| (*name, value.into()));
                self.catalogue.text("ocsp-certificate-revoked", &values)
            }
        };
        self.row("inspect-status", &status);
        self.this_update(single.this_update, time);
        self.next_update(single.next_update, time);
        if let Some(cutoff) = single.archive_cutoff {
            let text = self.catalogue.text("inspect-keeps-expired", &[("time", (&cutoff.to_string()).into())]);
            self.row("inspect-expired-certs", &text);
        }
        if let Some(hash) = &single.cert_hash {
            self.row("inspect-cert-hash", &format!("{} {}", hash.algorithm.name(), hex(&hash.value)));
        }
        let algorithm = id
            .digest_algorithm
            .map_or_else(|| self.say("inspect-unknown-algorithm"), |algorithm| algorithm.name().to_owned());
        self.row("inspect-issuer-name-hash", &format!("{algorithm} {}", hex(&id.issuer_name_hash)));
        self.row("inspect-issuer-key-hash", &format!("{algorithm} {}", hex(&id.issuer_key_hash)));
        self.forbidding("inspect-unknown-critical", &single.unknown_critical);
    }
}
