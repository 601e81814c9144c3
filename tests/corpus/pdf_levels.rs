//! The level that the structure of a PDF signature claims, beside EU DSS, the only verifier of the corpus that says one.

use libtest_mimic::Failed;

use crate::run::Outcome;

/// Per cent of agreement. The differences are printed; `docs/decisions.md` groups them by reason.
const EU_DSS: usize = 96;

pub fn eu_dss(outcomes: &[Outcome]) -> Result<(), Failed> {
    let (mut agreed, mut all) = (0usize, 0usize);
    for outcome in outcomes {
        for (field, facts) in &outcome.row.consensus.signatures {
            let name = facts.dss_level.as_deref().unwrap_or_default();
            // What EU DSS has no level for (PDF-NOT-ETSI) and the levels of older standards are not compared.
            let Some(expected) = name.strip_prefix("PAdES-BASELINE-").or_else(|| name.strip_prefix("PKCS7-")) else {
                continue;
            };
            let report = outcome.report.as_ref().ok();
            // EU DSS names a field by its partial name alone.
            let names =
                |name: &str| name == field || name.strip_suffix(field).is_some_and(|above| above.ends_with('.'));
            let signature = report.and_then(|r| r.signatures.iter().find(|s| s.field.as_deref().is_some_and(names)));
            let found = signature.map_or_else(|| "no such field".to_owned(), |s| format!("{:?}", s.level));
            all += 1;
            if found == expected {
                agreed += 1;
            } else {
                println!("  level {} [{field}]: {found}, EU DSS says {name}", outcome.row.path);
            }
        }
    }
    println!("levels beside EU DSS: {agreed} of {all}");
    if all > 0 && agreed * 100 >= all * EU_DSS {
        return Ok(());
    }
    Err(format!("{agreed} of {all} levels agree, {EU_DSS} % are required").into())
}
