//! The B and E cases of the committed test data, at the level of facts.

use kenin_facts::Signature;

use crate::describe;

fn observe(name: &str) -> Vec<Signature> {
    let external = name.ends_with(".p7s").then(|| match name {
        "b1b-attributes-as-content-detached.p7s" => describe::testdata("content/b1b-signed-attributes.bin"),
        _ => describe::testdata("content/note.txt"),
    });
    describe::observe(&describe::testdata(&format!("cms/{name}")), external.as_deref()).signatures
}

#[test]
fn signatures_of_every_b_case() {
    const ESS: &str = "signing-certificate-attribute-missing";
    let confusion = format!("Cms Intact content [signed-attributes-missing signed-attributes-confusion {ESS}]");
    for (name, expected) in [
        ("cades-b-attached.p7m", "CAdES Intact as-received []"),
        ("cades-b-detached.p7s", "CAdES Intact as-received []"),
        ("cades-t-p256.p7m", "CAdES Intact as-received []"),
        ("cades-t-ed25519.p7m", "CAdES Intact as-received []"),
        ("cades-t-pss.p7m", "CAdES Intact as-received []"),
        ("flipped-content.p7m", "CAdES Broken as-received []"),
        ("flipped-signature.p7m", "CAdES Intact broken []"),
        ("b1a-signed-attributes-stripped.p7m", &format!("Cms Broken broken [signed-attributes-missing {ESS}]")),
        ("b1b-attributes-as-content-attached.p7m", &confusion),
        ("b1b-attributes-as-content-detached.p7s", &confusion),
        ("b2-content-reads-as-attributes.p7m", &confusion),
        ("no-signed-attributes.p7m", &format!("Cms Intact content [signed-attributes-missing {ESS}]")),
        ("b3-message-digest-twice.p7m", "CAdES Broken as-received [attribute-duplicated]"),
        ("b3-message-digest-two-values.p7m", "CAdES Broken as-received [attribute-value-count]"),
        ("b3-message-digest-wrong-type.p7m", "CAdES Broken as-received [attribute-malformed message-digest-missing]"),
        ("b4-content-type-differs.p7m", "CAdES Intact as-received [content-type-mismatch]"),
        ("b4-content-type-missing.p7m", "CAdES Intact as-received [content-type-missing]"),
        ("b5-unsorted-signed-attributes.p7m", "CAdES Intact as-received [signed-attributes-unsorted]"),
        ("b6-signed-resorted.p7m", "CAdES Intact der-sorted [signed-attributes-unsorted signed-attributes-resorted]"),
        ("b7-ber-indefinite.p7m", "CAdES Intact as-received [ber-encoding]"),
        ("b7-ber-indefinite-detached.p7s", "CAdES Intact as-received [ber-encoding]"),
        ("b8-no-signing-certificate.p7m", &format!("Cms Intact as-received [{ESS}]")),
        ("b9-signing-certificate-v1.p7m", "CAdES Intact as-received [signing-certificate-v1]"),
        ("b9-v1-issuer-serial-absent.p7m", "CAdES Intact as-received [signing-certificate-v1]"),
        (
            "b9-v1-issuer-serial-wrong.p7m",
            "CAdES Intact as-received [signing-certificate-v1 signing-certificate-issuer-serial-mismatch]",
        ),
        (
            "b10-two-certificates-one-key.p7m",
            "CAdES Intact as-received+as-received [several-certificates-with-one-key]",
        ),
        ("b10-several-certificates.p7m", "CAdES Intact as-received [several-certificates-with-one-key]"),
        ("b11-algorithm-protection-mismatch.p7m", "CAdES Intact as-received [algorithm-protection-mismatch]"),
        ("b11-algorithm-protection-right.p7m", "CAdES Intact as-received []"),
        ("b12-digest-algorithms-empty.p7m", "CAdES Intact as-received [digest-algorithms-missing]"),
        ("b12-certificates-empty.p7m", "CAdES Intact  [signing-certificate-mismatch]"),
        ("digest-algorithm-contradicts.p7m", "CAdES Intact as-received [algorithm-mismatch]"),
        ("signing-certificate-elsewhere.p7m", "CAdES Intact broken+as-received [signing-certificate-mismatch]"),
        ("signing-certificate-matches-none.p7m", "CAdES Intact as-received [signing-certificate-mismatch]"),
        ("signing-certificate-sha512.p7m", "CAdES Intact as-received []"),
        ("attribute-certificate-and-ocsp.p7m", "CAdES Intact as-received [attribute-certificate-present]"),
        ("crl-version-1.p7m", "CAdES Intact as-received []"),
    ] {
        let observed = observe(name);
        assert_eq!(observed.len(), 1, "{name}");
        assert_eq!(describe::signature(&observed[0]), expected, "{name}");
    }
}

#[test]
fn without_signer_infos_there_is_a_finding_and_no_signature() {
    let observed = describe::observe(&describe::testdata("cms/b12-signer-infos-empty.p7m"), None);
    assert_eq!(observed.signatures.len(), 0);
    assert_eq!(describe::codes(&observed.findings), "no-signer-info");
}

#[test]
fn each_of_several_signers_has_its_own_facts() {
    let observed = observe("b14-one-good-one-bad.p7m");
    let lines: Vec<String> = observed.iter().map(|s| format!("{} {}", s.id, describe::signature(s))).collect();
    assert_eq!(lines, ["sig-1 CAdES Intact as-received []", "sig-2 CAdES Broken as-received []"]);
}

#[test]
fn b10_the_reference_tells_certificates_with_one_key_apart() {
    let observed = observe("b10-two-certificates-one-key.p7m");
    let candidates = &observed[0].signer.as_ref().unwrap().candidates;
    let references: Vec<_> = candidates.iter().map(|c| (c.matches_sid, c.reference)).collect();
    assert_eq!(references, [(true, Some(0)), (true, None)]);
}

#[test]
fn timestamps_of_every_e_case() {
    for (name, expected) in [
        ("cades-t-attached.p7m", "Intact Intact as-received []"),
        ("e2-ess-v1.p7m", "Intact Intact as-received [signing-certificate-v1]"),
        ("e2-ess-v2.p7m", "Intact Intact as-received []"),
        ("e2-ess-absent.p7m", "Intact Intact as-received [signing-certificate-attribute-missing]"),
        ("e2-ess-mismatched.p7m", "Intact Intact as-received [signing-certificate-mismatch]"),
        (
            "e2-ess-second-position.p7m",
            "Intact Intact as-received [signing-certificate-mismatch signing-certificate-not-first]",
        ),
        ("e5-imprint-length.p7m", "Broken Intact as-received [imprint-length]"),
        ("e5-unknown-hash.p7m", "NotChecked Intact as-received [imprint-algorithm-unknown]"),
        ("e5-tst-info-version-2.p7m", "Intact Intact as-received [tst-info-version]"),
        (
            "e5-two-signers.p7m",
            "Intact Intact as-received [several-signer-infos signing-certificate-attribute-missing]",
        ),
        ("e5-trailing-bytes.p7m", "NotChecked Intact as-received [tst-info-malformed]"),
        ("e7-fraction-trailing-zero.p7m", "Intact Intact as-received [gen-time-not-der]"),
        ("e7-sixty-seconds.p7m", "NotChecked Intact as-received [tst-info-malformed]"),
        ("timestamp-over-other-bytes.p7m", "Broken Intact as-received []"),
        ("timestamp-signature-broken.p7m", "Intact Intact broken []"),
        ("timestamp-with-attribute-certificate.p7m", "Intact Intact as-received [attribute-certificate-present]"),
        ("timestamp-sha512-ess-v1.p7m", "Intact Intact as-received [signing-certificate-v1]"),
    ] {
        let observed = observe(name);
        let [timestamp] = &observed[0].timestamps[..] else { panic!("{name}: not one timestamp") };
        assert_eq!(describe::token(&timestamp.token), expected, "{name}");
    }
}
