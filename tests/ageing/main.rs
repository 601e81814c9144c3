//! The forecast against the validator: what the report says of a record's future is what the program says on the day before
//! and on the day after, with the revocation list that the time-stamping authority would issue then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use kenin::UtcTime;
use kenin_testkit::ageing::Ageing;
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

const DAY: i64 = 86_400;

/// File, time, list given beside it, and until when and why it can be verified: by the certificates of the ageing world.
const RECORDS: &[(&str, &str, Option<&str>, &str, &str)] = &[
    ("cades-lt.p7m", "2016-05-12", None, "2021-06-01", "ca-certificate-expiry"),
    ("cades-lta-2021.p7m", "2023-05-02", Some("tsa-2023"), "2032-01-01", "tsa-certificate-expiry"),
    ("cades-lta-2026.p7m", "2034-05-02", Some("tsa-2034"), "2037-01-01", "tsa-certificate-expiry"),
    ("cades-lta-newest-broken.p7m", "2026-03-02", Some("tsa-2026"), "2032-01-01", "tsa-certificate-expiry"),
    ("cades-a-2021.p7m", "2023-05-02", Some("tsa-2023"), "2032-01-01", "tsa-certificate-expiry"),
    ("i2-without-tag-2026.p7m", "2034-05-02", Some("tsa-2034"), "2037-01-01", "tsa-certificate-expiry"),
    ("cades-evidence-record.p7m", "2034-05-02", Some("tsa-2034"), "2037-01-01", "tsa-certificate-expiry"),
    ("sha1-kept-in-time.p7m", "2026-03-02", Some("tsa-2026"), "2034-12-31", "tsa-certificate-expiry"),
    ("pades-lt.pdf", "2016-05-12", None, "2021-06-01", "ca-certificate-expiry"),
    ("pades-lta-2016.pdf", "2016-05-13", None, "2022-01-01", "tsa-certificate-expiry"),
    ("pades-lta-2021.pdf", "2023-05-02", Some("tsa-2023"), "2032-01-01", "tsa-certificate-expiry"),
    ("pades-lta-2026.pdf", "2034-05-02", Some("tsa-2034"), "2037-01-01", "tsa-certificate-expiry"),
];

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = RECORDS.iter().map(|record| {
        let (file, time, ..) = record;
        Trial::test(format!("forecast::{file}-in-{}", &time[..4]), move || agrees(record))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

fn agrees(&(file, time, list, until, because): &(&str, &str, Option<&str>, &str, &str)) -> Result<(), Failed> {
    let lists: Vec<PathBuf> = list.iter().map(|name| testdata(&format!("ageing/{name}.crl"))).collect();
    let signature = judge(file, UtcTime::parse(&format!("{time}T00:00:00Z")).unwrap(), &lists);
    let preservation = &signature["preservation"];
    if signature["indication"] != "TOTAL-PASSED" || preservation["because"] != because {
        return Err(format!("{}: {preservation}", signature["indication"]).into());
    }
    let end = UtcTime::parse(preservation["verifiable_until"].as_str().unwrap()).unwrap();
    if end.to_string().get(..10) != Some(until) || preservation["renew_before"] != preservation["verifiable_until"] {
        return Err(format!("{preservation}, expected {until}").into());
    }
    for (day, stands) in
        [(end.plus_seconds(-DAY), true), (end, true), (end.plus_seconds(1), false), (end.plus_seconds(DAY), false)]
    {
        let signature = judge(file, day, &lists_of(end));
        if (signature["indication"] == "TOTAL-PASSED") != stands {
            return Err(format!("on {day} {} {}", signature["indication"], signature["sub_indication"]).into());
        }
    }
    Ok(())
}

/// What the authorities issue five days before the end of something.
fn lists_of(end: UtcTime) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ageing");
    std::fs::create_dir_all(&folder).unwrap();
    // The testkit takes texts that live as long as it does.
    let text = |time: UtcTime| -> &'static str { Box::leak(time.to_string().into_boxed_str()) };
    let (from, to) = (text(end.plus_seconds(-5 * DAY)), text(end.plus_seconds(90 * DAY)));
    let world = Ageing::build();
    let write = |issuer: &str| {
        let path = folder.join(format!("{issuer}-{}.crl", &from[..10]));
        // Tests that run beside this one read a list of the same name: never half of it.
        let beside = path.with_extension(format!("{:?}", std::thread::current().id()));
        std::fs::write(&beside, world.crl(issuer, from, to)).unwrap();
        std::fs::rename(&beside, &path).unwrap();
        path
    };
    ["tsa", "root"].map(write).into()
}

fn judge(file: &str, time: UtcTime, lists: &[PathBuf]) -> Value {
    let mut kenin = Command::new(env!("CARGO_BIN_EXE_kenin"));
    kenin.args(["verify", "--policy", "signature", "--format", "json", "--time", &time.to_string(), "--trust"]);
    kenin.arg(testdata("ageing-trust.toml"));
    for list in lists {
        kenin.arg("--evidence").arg(list);
    }
    let output = kenin.arg(testdata(&format!("ageing/{file}"))).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    report["signatures"][0].clone()
}

fn testdata(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata").join(name)
}
