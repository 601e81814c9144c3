//! Documents as kenin and as somebody else's verifier judge them.
//!
//! PAdES documents with long-term material beside pyHanko (PyPI), at the same times, with the same anchors and lists,
//! revocation data counting as fresh for 120 days, and control-time sliding to the end of that: `KENIN_PYHANKO` names a
//! Python with `pyhanko` and `freezegun`. XML signatures beside the JDK: `KENIN_JAVA` names its `java`. Without them the
//! tests are shown as ignored; `docs/testing.md` says how to get them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod jdk;
mod world;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use world::World;

/// Cases in which the two differ, with the reason: kenin passes them, pyHanko does not.
const DIFFERENCES: &[(&str, &str)] = &[
    ("lta-2021-in-2023", ISSUER),
    ("lta-2026-in-2034", ISSUER),
    ("ca-expired-lta-2021-in-2023", INTERMEDIATE),
    ("ca-expired-lta-2026-in-2034", INTERMEDIATE),
];
/// 5.6.2.4 (1) asks that the proof of a revocation datum lies within the validity of its issuer's certificate. pyHanko asks
/// for a proof of that certificate, from before the signer's expired; its source says that the text is unclear.
const ISSUER: &str = "pyHanko: REVOCATION_OUT_OF_BOUNDS_NO_POE, for want of a proof of the issuer's certificate";
/// 5.6.3 (3) goes on for the sub-indications that a proof of existence can mend. An intermediate that has expired gives one
/// of them (decision D8); pyHanko ends with CERTIFICATE_CHAIN_GENERAL_FAILURE before its past validation.
const INTERMEDIATE: &str = "pyHanko: CERTIFICATE_CHAIN_GENERAL_FAILURE, for an intermediate that expired";

fn main() -> ExitCode {
    let trials = [
        trial("pades-lta-beside-pyhanko", "KENIN_PYHANKO", compare),
        trial("xml-signatures-beside-the-jdk", "KENIN_JAVA", jdk::compare),
    ];
    libtest_mimic::run(&Arguments::from_args(), trials.into()).exit_code()
}

/// A comparison with the program that a variable names.
fn trial(name: &str, variable: &str, compare: fn(&Path) -> Result<(), Failed>) -> Trial {
    let program = std::env::var_os(variable);
    let ignored = program.is_none();
    Trial::test(format!("differential::{name}"), move || compare(Path::new(&program.unwrap())))
        .with_ignored_flag(ignored)
}

struct Case {
    id: String,
    pdf: PathBuf,
    time: &'static str,
    lists: Vec<PathBuf>,
    passes: bool,
}

/// With a CA that is still valid at every time asked about, or with one that expired in 2021.
fn cases(world: &World, ca_lives: bool) -> Vec<Case> {
    let document: Vec<PathBuf> = (0..=3).map(|generations| world.write_document(generations)).collect();
    let now = |authority: &str, from, to| world.write_crl(authority, from, to, None);
    // What a valid CA needs at validation time, and an expired one had last.
    let with_ca = |from, to, mut lists: Vec<PathBuf>| {
        lists.push(if ca_lives { now("root", from, to) } else { world.write_list("arl-late") });
        lists
    };
    let in_2023 = |names: &[&str]| {
        let (from, to) = ("2023-04-30T00:00:00Z", "2023-09-30T00:00:00Z");
        let lists = names.iter().map(|name| world.write_list(name)).chain([now("tsa-2", from, to)]);
        with_ca(from, to, lists.collect())
    };
    let in_2034 = |names: &[&str]| {
        let (from, to) = ("2034-04-30T00:00:00Z", "2034-09-30T00:00:00Z");
        let lists = names.iter().map(|name| world.write_list(name)).chain([now("tsa-3", from, to)]);
        with_ca(from, to, lists.collect())
    };
    let case = |id: &'static str, generations: usize, time, lists, passes| {
        let id = if ca_lives { id.to_owned() } else { format!("ca-expired-{id}") };
        Case { id, pdf: document[generations].clone(), time, lists, passes }
    };
    let mut cases = vec![
        case("lta-2016-in-2023", 1, "2023-05-02T00:00:00Z", in_2023(&["tsa-1-late"]), false),
        case("lta-2021-in-2023", 2, "2023-05-02T00:00:00Z", in_2023(&["tsa-1-late"]), true),
        case("lta-2021-in-2034", 2, "2034-05-02T00:00:00Z", in_2034(&["tsa-1-late"]), false),
        case("lta-2021-without-late-lists", 2, "2023-05-02T00:00:00Z", in_2023(&[]), false),
        case("lta-2026-in-2034", 3, "2034-05-02T00:00:00Z", in_2034(&["tsa-2-late"]), true),
        case("lta-2026-in-2038", 3, "2038-05-02T00:00:00Z", in_2034(&["tsa-2-late"]), false),
    ];
    if !ca_lives {
        return cases;
    }
    let revoked = |authority: &str, from, to, what| world.write_crl(authority, from, to, Some(what));
    let compromised =
        revoked("tsa-2", "2023-04-30T00:00:00Z", "2023-09-30T00:00:00Z", ("tsu-2", "2023-04-01T00:00:00Z", 1));
    let of_ca = revoked("root", "2021-05-25T00:00:00Z", "2021-10-25T00:00:00Z", ("ca", "2021-05-22T00:00:00Z", 2));
    let of_card = revoked("ca", "2016-05-19T00:00:00Z", "2016-05-26T00:00:00Z", ("doctor", "2016-05-09T00:00:00Z", 1));
    let units = ["tsa-1", "tsa-2"].map(|tsa| now(tsa, "2021-06-10T00:00:00Z", "2021-11-10T00:00:00Z"));
    cases.extend([
        case("lt-2016", 0, "2016-05-12T00:00:00Z", vec![], true),
        case("lt-2034", 0, "2034-05-02T00:00:00Z", in_2034(&[]), false),
        case("lta-2016-then", 1, "2016-05-13T00:00:00Z", vec![], true),
        case("signer-revoked-before-signing", 1, "2016-05-20T00:00:00Z", vec![of_card], false),
        case(
            "unit-compromised-in-2023",
            2,
            "2023-05-02T00:00:00Z",
            [in_2023(&["tsa-1-late"]), vec![compromised]].concat(),
            false,
        ),
        case("ca-revoked-after-renewal", 2, "2021-06-20T00:00:00Z", units.into_iter().chain([of_ca]).collect(), true),
    ]);
    cases
}

fn compare(python: &Path) -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("differential");
    std::fs::create_dir_all(&folder).unwrap();
    let mut complaints = Vec::new();
    for (name, ca_end) in [("ca-lives", "2041-06-01T00:00:00Z"), ("ca-expired", "2021-06-01T00:00:00Z")] {
        complaints.extend(compare_world(python, &folder.join(name), ca_end));
    }
    if complaints.is_empty() { Ok(()) } else { Err(complaints.join("\n").into()) }
}

fn compare_world(python: &Path, folder: &Path, ca_end: &'static str) -> Vec<String> {
    std::fs::create_dir_all(folder).unwrap();
    let world = World::new(folder, ca_end);
    let cases = cases(&world, ca_end > "2040");
    let tsa_roots: Vec<PathBuf> = ["tsa-1", "tsa-2", "tsa-3"].map(|n| folder.join(format!("{n}.cer"))).into();
    let asked = cases.iter().map(|case| {
        json!({ "pdf": case.pdf, "time": case.time, "roots": [folder.join("root.cer")],
                "tsa_roots": tsa_roots, "crls": case.lists })
        .to_string()
    });
    let theirs = ask(python, &asked.collect::<Vec<_>>().join("\n"));
    let files = write_profiles(&world, folder);
    let mut wrong = Vec::new();
    for (case, theirs) in cases.iter().zip(&theirs) {
        let ours = judge(case, &files);
        println!("  {}: kenin {ours}, pyHanko {theirs}", case.id);
        let passes = ours["indication"] == "TOTAL-PASSED";
        if passes != case.passes {
            wrong.push(format!("{}: kenin says {ours}, expected is passed: {}", case.id, case.passes));
        }
        let agree = passes == (theirs["indication"] == "PASSED");
        let difference = DIFFERENCES.iter().find(|(id, _)| *id == case.id);
        if let Some((_, reason)) = difference {
            println!("    {reason}");
        }
        if agree == difference.is_some() {
            wrong.push(format!("{}: kenin {ours}, pyHanko {theirs}", case.id));
        }
    }
    if theirs.len() != cases.len() {
        wrong.push(format!("{} answers of {}", theirs.len(), cases.len()));
    }
    wrong
}

fn ask(python: &Path, lines: &str) -> Vec<Value> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/differential/pyhanko_lta.py");
    let mut child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("python runs");
    child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A trust profile with the same anchors, and a policy that measures age as pyHanko is told to.
fn write_profiles(world: &World, folder: &Path) -> [PathBuf; 2] {
    let (trust, policy) = (folder.join("trust.toml"), folder.join("policy.toml"));
    let mut text = format!(
        "name = \"differential\"\n[[signer]]\nname = \"root\"\npurpose = \"other\"\nsha256 = \"{}\"\n",
        world.fingerprint("root")
    );
    for name in ["tsa-1", "tsa-2", "tsa-3"] {
        text.push_str(&format!("[[tsa]]\nname = \"{name}\"\nsha256 = \"{}\"\n", world.fingerprint(name)));
    }
    std::fs::write(&trust, text).unwrap();
    let built_in = include_str!("../../crates/kenin-policy/data/signature.toml");
    let changed = built_in.replace("name = \"signature\"", "name = \"differential\"");
    let changed = changed.replace("end_entity_days = 10", "end_entity_days = 120");
    std::fs::write(&policy, changed).unwrap();
    [trust, policy]
}

fn judge(case: &Case, [trust, policy]: &[PathBuf; 2]) -> Value {
    let mut kenin = Command::new(env!("CARGO_BIN_EXE_kenin"));
    kenin.args(["verify", "--format", "json", "--time", case.time, "--trust"]).arg(trust).arg("--policy").arg(policy);
    for list in &case.lists {
        kenin.arg("--evidence").arg(list);
    }
    let output = kenin.arg(&case.pdf).output().unwrap();
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report");
    let signature = &report["signatures"][0];
    json!({ "indication": signature["indication"], "sub_indication": signature["sub_indication"],
            "best_signature_time": signature["best_signature_time"] })
}
