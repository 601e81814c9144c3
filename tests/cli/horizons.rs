//! Announced ends of algorithms (`horizon`): until when a record is to be renewed, and when that is overdue.

use std::fs;

use serde_json::Value;

use crate::program::{Folder, kenin};

/// `preservation` of a record of 2012 (RSA-1024, SHA-1) that a timestamp of 2012 (ECDSA, SHA-256) keeps, judged in 2026.
fn preservation(old: &str, new: &str) -> Value {
    let folder = Folder::new(&format!("horizon-{old}{new}"));
    let horizon =
        |date: &str| if date.is_empty() { String::new() } else { format!("horizon = \"{date}T00:00:00Z\"\n") };
    let policy = folder.0.join("policy.toml");
    let own = include_str!("../../crates/kenin-policy/data/signature.toml");
    let own = own.replace("name = \"signature\"", "name = \"own\"");
    let algorithms = [
        ("SHA-1", "", old),
        ("SHA-256", "", ""),
        ("RSA", "min_bits = 1024\n", old),
        ("ECDSA", "min_bits = 256\n", new),
    ]
    .map(|(name, size, date)| format!("\n[[algorithm]]\nname = \"{name}\"\n{size}{}", horizon(date)));
    fs::write(&policy, own + &algorithms.concat()).unwrap();
    let run = kenin([
        "verify",
        "testdata/ageing/sha1-kept-in-time.p7m",
        "--trust=testdata/ageing-trust.toml",
        "--evidence=testdata/ageing/tsa-2026.crl",
        "--time=2026-03-02T00:00:00Z",
        "--format=json",
        "--policy",
        policy.to_str().unwrap(),
    ]);
    let report: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert_eq!(report["signatures"][0]["indication"], "TOTAL-PASSED", "{}", run.stdout);
    report["signatures"][0]["preservation"].clone()
}

#[test]
fn what_rests_on_an_algorithm_is_renewed_before_its_announced_end() {
    let ahead = preservation("", "2027-01-01");
    assert_eq!(
        (&ahead["renew_before"], &ahead["because"]),
        (&"2026-12-31T23:59:59Z".into(), &"algorithm-horizon".into())
    );
    assert_ne!(ahead["verifiable_until"], ahead["renew_before"]);
}

/// What was missed does not go away.
#[test]
fn what_still_rests_on_an_algorithm_after_its_announced_end_is_overdue() {
    for old in ["", "2011-01-01"] {
        let overdue = preservation(old, "2020-01-01");
        assert_eq!(
            (&overdue["renew_before"], &overdue["because"]),
            (&"2019-12-31T23:59:59Z".into(), &"algorithm-horizon".into())
        );
    }
}

/// The timestamp of 2012 came after the announced end, while the algorithms were accepted: nothing rests on them now.
#[test]
fn what_was_renewed_late_is_renewed() {
    for old in ["", "2011-01-01", "2025-01-01", "2027-01-01"] {
        let renewed = preservation(old, "");
        assert_eq!(renewed["renew_before"], renewed["verifiable_until"], "{old}: {renewed}");
        assert_ne!(renewed["renew_before"], Value::Null);
    }
}
