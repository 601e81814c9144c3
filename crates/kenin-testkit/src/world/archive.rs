//! A PKI of RSA-1024 and SHA-1, as there was until the migration of 2014.

use super::{DOCTOR, World, ca_key_usage, card_spec};
use crate::certificates::CertificateSpec;
use crate::crl::CrlSpec;
use crate::extensions as ext;
use crate::keys::Key;
use crate::names::{authority, person};

impl World {
    /// A root of 2005, a card of 2010 right under it, and lists of 2012 and of 2024. The card lives longer than any
    /// did, so that in 2024 nothing is wrong with it but its algorithms.
    pub(super) fn issue_archive(&mut self) {
        let root = CertificateSpec {
            subject: authority("DEMO Ministry of Health", "DEMO HPKI", "DEMO HPKI Root CA of 2005"),
            key: Key::named("archive-root"),
            serial: 1,
            validity: ("2005-03-31T15:00:00Z", "2035-03-31T14:59:59Z"),
            extensions: vec![ca_key_usage(), ext::certification_authority()],
        };
        self.issue("archive-root", root, None);
        let mut card = card_spec("archive-doctor", person(None, None, "Mukashi DEMO", "DEMO000101"), 0x101, DOCTOR);
        card.validity = ("2010-03-31T15:00:00Z", "2030-03-31T14:59:59Z");
        self.issue("archive-doctor", card, Some("archive-root"));
        for (name, this_update, next_update, number) in [
            ("archive-2012", "2012-05-19T17:00:01Z", "2012-05-23T17:00:01Z", 770),
            ("archive-2024", "2024-05-18T17:00:01Z", "2024-05-22T17:00:01Z", 5150),
        ] {
            let list = CrlSpec {
                this_update,
                next_update: Some(next_update),
                number,
                revoked: Vec::new(),
                extensions: Vec::new(),
            };
            let der = list.issue(self.identity("archive-root"));
            self.crls.insert(name, der);
        }
    }
}
