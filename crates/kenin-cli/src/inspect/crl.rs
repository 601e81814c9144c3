use kenin::UtcTime;
use kenin_x509::Crl;

use super::View;
use super::certificate::point_names;

impl View<'_> {
    /// A CRL: whose, from when to when, about what.
    pub(super) fn crl(&mut self, crl: &Crl, time: UtcTime) {
        self.heading("inspect-crl");
        self.row("inspect-issuer", &crl.issuer().to_string());
        self.row("inspect-this-update", &crl.this_update().to_jst_string());
        if let Some(next) = crl.next_update() {
            let late = if next <= time {
                format!(" ({})", self.say("check-revocation-freshness.failed"))
            } else {
                String::new()
            };
            self.row("inspect-next-update", &format!("{}{late}", next.to_jst_string()));
        }
        let extensions = crl.extensions();
        let number = extensions.crl_number.as_deref().map(hex).unwrap_or_default();
        self.row("inspect-number", &number);
        self.row("inspect-entries", &crl.len().to_string());
        self.row("inspect-scope", &self.scope(crl).join(", "));
        let names = extensions.issuing_distribution_point.iter().filter_map(|point| point.name.as_ref());
        self.rows("inspect-crl-at", names.flat_map(point_names));
        self.row("SHA-256", &crl.sha256().to_string());
    }

    /// What the issuing distribution point (RFC 5280 5.2.5) and the delta indicator limit the list to.
    fn scope(&self, crl: &Crl) -> Vec<String> {
        let mut scope = Vec::new();
        if crl.is_delta() {
            scope.push("deltaCRLIndicator".to_owned());
        }
        if let Some(point) = &crl.extensions().issuing_distribution_point {
            let limits = [
                (point.only_contains_user_certs, "onlyContainsUserCerts"),
                (point.only_contains_ca_certs, "onlyContainsCACerts"),
                (point.only_contains_attribute_certs, "onlyContainsAttributeCerts"),
                (point.only_some_reasons.is_some(), "onlySomeReasons"),
                (point.indirect_crl, "indirectCRL"),
            ];
            scope.extend(limits.into_iter().filter(|(is, _)| *is).map(|(_, name)| name.to_owned()));
        }
        if scope.is_empty() {
            scope.push(self.say("inspect-scope-all"));
        }
        scope
    }
}

fn hex(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}
