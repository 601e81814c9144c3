use kenin_crypto::{Message, SchemeError, SignatureScheme, verify};
use kenin_x509::Certificate;

use super::View;

/// Certificates whose keys are tried.
const MAX_TRIED: usize = 256;

impl View<'_> {
    /// How a CRL or OCSP response is signed, and which of the certificates at hand has the key. `note` is shown with
    /// the name.
    ///
    /// A key that verifies says who signed and not whether to trust them: that is for `kenin verify` to find out.
    pub(super) fn signed_by<'c>(
        &mut self,
        scheme: Result<SignatureScheme, SchemeError>,
        signed: &[u8],
        signature: &[u8],
        candidates: impl Iterator<Item = (&'c Certificate, Option<String>)>,
    ) {
        let scheme = match scheme {
            Ok(scheme) => scheme,
            Err(error) => return self.row("inspect-algorithm", &error.to_string()),
        };
        self.row("inspect-algorithm", &scheme.to_string());
        let mut tried = 0_u64;
        let signer = candidates.take(MAX_TRIED).inspect(|_| tried += 1).find(|(certificate, _)| {
            let key = certificate.public_key();
            key.is_ok_and(|key| verify(key, &scheme, Message::Octets(signed), signature).is_intact())
        });
        let text = match signer {
            Some((certificate, note)) => self.subject(certificate) + &note.unwrap_or_default(),
            None if tried == 0 => self.say("inspect-signed-by-unknown"),
            None => self.say("inspect-signed-by-none"),
        };
        self.row("inspect-signed-by", &text);
    }

    /// A time by which the datum is to be replaced, and whether that has passed at `time`.
    pub(super) fn next_update(&mut self, next: Option<kenin::UtcTime>, time: kenin::UtcTime) {
        let Some(next) = next else { return self.row("inspect-next-update", &self.say("inspect-no-next-update")) };
        let key = if next <= time { "inspect-overdue" } else { "inspect-current" };
        let values = [("next", next.to_string()), ("time", time.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.into()));
        self.row("inspect-next-update", &self.catalogue.text(key, &values));
    }

    /// When the datum says what it says; after `time` it says nothing yet.
    pub(super) fn this_update(&mut self, this: kenin::UtcTime, time: kenin::UtcTime) {
        let key = if this > time { "inspect-from-future" } else { "inspect-at" };
        let text = self.catalogue.text(key, &[("time", (&this.to_string()).into())]);
        self.row("inspect-this-update", &text);
    }

    /// Extensions that forbid the use of what has them.
    pub(super) fn forbidding(&mut self, key: &str, oids: &[kenin_base::Oid]) {
        let texts = oids.iter().map(|oid| self.catalogue.text(key, &[("oid", (&oid.to_string()).into())]));
        let texts: Vec<_> = texts.collect();
        self.rows("inspect-unusable", texts);
    }

    /// A reason for revocation in words and by its name in RFC 5280.
    pub(super) fn reason(&self, reason: Option<kenin_x509::RevocationReason>) -> String {
        match reason {
            Some(reason) => {
                let (text, name) = (self.say(&format!("revocation-reason-{reason}")), reason.to_string());
                self.catalogue.text("inspect-reason", &[("text", (&text).into()), ("name", (&name).into())])
            }
            None => self.say("revocation-reason-none"),
        }
    }
}
