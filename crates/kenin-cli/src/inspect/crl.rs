use kenin::UtcTime;
use kenin_x509::{Crl, ReasonFlags, RevocationReason, RevokedEntry};

use super::View;
use super::certificate::{name_text, point_names};

/// The bits of ReasonFlags (RFC 5280 4.2.1.13); 0 is unused.
const REASON_BITS: &[(u16, RevocationReason)] = &[
    (1, RevocationReason::KeyCompromise),
    (2, RevocationReason::CaCompromise),
    (3, RevocationReason::AffiliationChanged),
    (4, RevocationReason::Superseded),
    (5, RevocationReason::CessationOfOperation),
    (6, RevocationReason::CertificateHold),
    (7, RevocationReason::PrivilegeWithdrawn),
    (8, RevocationReason::AaCompromise),
];

impl View<'_> {
    /// A CRL: whose, from when to when, about what, and what it lists, at most `entries` of it.
    pub(super) fn crl(&mut self, crl: &Crl, time: UtcTime, entries: usize) {
        self.heading("inspect-crl");
        let extensions = crl.extensions();
        self.row("inspect-issuer", &crl.issuer().to_string());
        let key = extensions.authority_key_identifier.as_ref().and_then(|key| key.key_identifier.as_deref());
        self.row("inspect-key-identifier", &key.map(hex).unwrap_or_default());
        self.this_update(crl.this_update(), time);
        self.next_update(crl.next_update(), time);
        let number = extensions.crl_number.as_deref().map(|number| format!("0x{}", hex(number)));
        self.row("inspect-number", &number.unwrap_or_default());
        let scope = self.scope(crl);
        self.rows("inspect-scope", scope);
        let names = extensions.issuing_distribution_point.iter().filter_map(|point| point.name.as_ref());
        self.rows("inspect-crl-at", names.flat_map(point_names));
        if let Some(since) = extensions.expired_certs_on_crl {
            let text = self.catalogue.text("inspect-keeps-expired", &[("time", (&since.to_string()).into())]);
            self.row("inspect-expired-certs", &text);
        }
        self.forbidding("inspect-unknown-critical", &extensions.unknown_critical);
        self.forbidding("inspect-malformed", &extensions.malformed);
        let at_hand = self.at_hand;
        let named = at_hand.iter().filter(|certificate| certificate.subject() == crl.issuer());
        self.signed_by(crl.scheme(), crl.tbs(), crl.signature(), named.map(|certificate| (certificate, None)));
        self.row("SHA-256", &crl.sha256().to_string());
        self.row("inspect-entries", &crl.len().to_string());
        self.entries(crl, entries);
    }

    /// What the delta indicator (RFC 5280 5.2.4) and the issuing distribution point (5.2.5) limit the list to.
    fn scope(&self, crl: &Crl) -> Vec<String> {
        let mut scope = Vec::new();
        if let Some(base) = &crl.extensions().delta_crl_indicator {
            let base = format!("0x{}", hex(base));
            scope.push(self.catalogue.text("inspect-scope-delta", &[("base", (&base).into())]));
        }
        if let Some(point) = &crl.extensions().issuing_distribution_point {
            let limits = [
                (point.only_contains_user_certs, "inspect-scope-user"),
                (point.only_contains_ca_certs, "inspect-scope-ca"),
                (point.only_contains_attribute_certs, "inspect-scope-attribute"),
                (point.indirect_crl, "inspect-scope-indirect"),
            ];
            scope.extend(limits.into_iter().filter(|(is, _)| *is).map(|(_, key)| self.say(key)));
            scope.extend(point.only_some_reasons.map(|reasons| self.some_reasons(reasons)));
        }
        if scope.is_empty() {
            scope.push(self.say("inspect-scope-all"));
        }
        scope
    }

    fn some_reasons(&self, reasons: ReasonFlags) -> String {
        let set = REASON_BITS.iter().filter(|(bit, _)| reasons.bits() >> bit & 1 == 1);
        let names: Vec<_> = set.map(|(_, reason)| reason.name()).collect();
        self.catalogue.text("inspect-scope-reasons", &[("reasons", (&self.catalogue.join(names)).into())])
    }

    /// The first entries of the list, in its order.
    fn entries(&mut self, crl: &Crl, limit: usize) {
        let serials = crl.serials(limit);
        if serials.is_empty() {
            return;
        }
        let count = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
        let values = [("shown", count(serials.len()).into()), ("total", count(crl.len()).into())];
        let key = if serials.len() < crl.len() { "inspect-first-entries" } else { "inspect-all-entries" };
        self.sheet.heading(&self.catalogue.text(key, &values));
        for serial in serials {
            for entry in crl.lookup_all(serial) {
                let line = self.entry(serial, &entry);
                self.sheet.paragraph(&line);
            }
        }
    }

    fn entry(&self, serial: &[u8], entry: &RevokedEntry) -> String {
        let mut parts = vec![hex(serial), entry.revocation_date.to_jst_string(), self.reason(entry.reason)];
        if let Some(date) = entry.invalidity_date {
            parts.push(self.catalogue.text("inspect-invalid-since", &[("time", (&date.to_string()).into())]));
        }
        if let Some(names) = &entry.certificate_issuer {
            let names: Vec<_> = names.iter().map(name_text).collect();
            parts.push(self.catalogue.text("inspect-entry-issuer", &[("name", (&self.catalogue.join(names)).into())]));
        }
        parts.join("  ")
    }
}

pub fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
