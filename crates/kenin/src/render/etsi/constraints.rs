//! The policy and every check, as validation constraints.

use kenin_validation::{CheckStatus, Indication};

use super::element::Element;
use super::names::{CONSTRAINT_APPLIED, CONSTRAINT_DISABLED, named_sub_indication, of_block, own};
use super::parts;
use super::plan::Plan;
use super::subject::Subject;
use crate::render::serde_name;
use crate::report::CheckReport;

/// What was asked of a subject, by which policy, and how each check came out.
pub fn evaluation(plan: &Plan<'_>, subject: &Subject<'_>) -> Element {
    let checks = subject.flat_checks();
    Element::new("ValidationConstraintsEvaluationReport")
        .of([policy(plan)])
        .of(checks.into_iter().map(|(check, within)| constraint(check, within)))
}

/// The policy by name and digest.
fn policy(plan: &Plan<'_>) -> Element {
    let tool = &plan.report.tool;
    let id = Element::new("xades:SigPolicyId").of([Element::text("xades:Identifier", &policy_uri(&tool.policy))]);
    let hash = parts::sha256("xades:SigPolicyHash", &tool.policy_sha256);
    Element::new("SignatureValidationPolicy").of([
        Element::new("SignaturePolicyIdentifier").of([Element::new("xades:SignaturePolicyId").of([id, hash])]),
        Element::text("PolicyName", &tool.policy),
    ])
}

/// A name may be anything that a policy file says, a URI not.
fn policy_uri(name: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    own("policy", &name.bytes().map(encode).collect::<String>())
}

fn constraint(check: &CheckReport, within: Option<&CheckReport>) -> Element {
    let status = if check.status == CheckStatus::Skipped { CONSTRAINT_DISABLED } else { CONSTRAINT_APPLIED };
    Element::new("ValidationConstraint")
        .of([Element::text("ValidationConstraintIdentifier", &own("check", check.id.0))])
        .of(parameters(check, within))
        .of([Element::new("ConstraintStatus").of([Element::text("Status", status)])])
        .of(outcome(check))
}

/// Rule, exact status, parent and facts of a check, and its own parameters.
fn parameters(check: &CheckReport, within: Option<&CheckReport>) -> Vec<Element> {
    let parameter = |class: &str, name: &str, value: &str| {
        parts::typed("ValidationConstraintParameter", &own(class, name), Element::text("Value", value))
    };
    let about = |name: &str, value: &str| parameter("constraint", name, value);
    let mut parameters = vec![about("rule", check.rule), about("status", &serde_name(&check.status))];
    parameters.extend(within.map(|parent| about("within", parent.id.0)));
    parameters.extend(check.facts.iter().map(|fact| about("about", fact)));
    let own_ones = check.params.iter().filter(|(_, value)| !value.is_empty());
    parameters.extend(own_ones.map(|(name, value)| parameter("parameter", name, value)));
    parameters
}

/// The outcome of a check that asks something.
fn outcome(check: &CheckReport) -> Option<Element> {
    let indication = match check.status {
        CheckStatus::Passed | CheckStatus::Warning => Indication::Passed,
        CheckStatus::Failed => Indication::Failed,
        CheckStatus::Indeterminate => Indication::Indeterminate,
        CheckStatus::Info | CheckStatus::Skipped => return None,
    };
    let sub_indication = check.params.get("sub_indication").and_then(|name| named_sub_indication(name));
    let sub_indication = sub_indication.filter(|_| indication != Indication::Passed);
    Some(
        Element::new("ValidationStatus")
            .of([Element::text("MainIndication", of_block(indication))])
            .of(sub_indication.map(|sub| Element::text("SubIndication", &sub))),
    )
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_policys_name_makes_a_uri() {
        assert_eq!(super::policy_uri("mhlw-6.0"), "https://kenin.invalid/etsi-report/1/policy/mhlw-6.0");
        assert_eq!(super::policy_uri("医 %"), "https://kenin.invalid/etsi-report/1/policy/%E5%8C%BB%20%25");
    }
}
