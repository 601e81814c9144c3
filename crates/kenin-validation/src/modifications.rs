//! What follows a PDF signature's revision, held against the permissions in force (ISO 32000-2 12.8.2) and the policy.

use kenin_base::{Finding, FindingCode};
use kenin_facts::{LaterRevisions, Modification, ModificationClass, ModificationRule, PdfPlacement, Signature};
use kenin_policy::{Modifications as Rules, Severity};

use crate::check::{Check, CheckStatus, check_ids};
use crate::outcome::JudgedModification;

/// Changes that are not simply allowed are shown one by one up to this many; all are counted.
const SHOWN: usize = 32;

/// How the later revisions bear on a signature.
pub(crate) struct Judgement {
    /// The worst of everything found.
    pub severity: Severity,
    /// Each change with what it means; `None` when they could not be told.
    pub modifications: Option<Vec<JudgedModification>>,
    pub check: Check,
    pub findings: Vec<Finding>,
}

/// Judges what follows a PDF signature; `None` for a signature that is not in a PDF.
pub(crate) fn judge(signature: &Signature, rules: &Rules) -> Option<Judgement> {
    let pdf = signature.pdf.as_ref()?;
    let permissions = Permissions::of(pdf, rules);
    let judged: Vec<(&Modification, Severity)> = pdf
        .modifications
        .iter()
        .map(|modification| (modification, permissions.severity(modification, rules)))
        .collect();
    let circumstances = circumstances(signature, pdf, rules);
    let severities = judged.iter().map(|(_, severity)| *severity).chain([circumstances]);
    let severity = severities.max().unwrap_or(Severity::Allow);

    // The gravest first: they must be among those shown.
    let mut notable: Vec<_> = judged.iter().filter(|(_, severity)| *severity > Severity::Allow).collect();
    notable.sort_by_key(|(_, severity)| std::cmp::Reverse(*severity));
    notable.truncate(SHOWN);
    let check = Check::new(check_ids::LATER_REVISIONS, status(severity), "ISO 32000-2 12.8.2")
        .with("revision", pdf.revision)
        .with("revisions", pdf.revisions)
        .with("permission", permissions.level)
        .with("changes", judged.len())
        .of(notable.iter().map(|(modification, severity)| check_of(modification, *severity)));
    let findings = notable.iter().map(|(modification, severity)| finding_of(modification, *severity)).collect();
    let each = |(modification, severity): &(&Modification, Severity)| JudgedModification {
        modification: (*modification).clone(),
        severity: *severity,
        permitted: permissions.permit(modification),
    };
    let known = pdf.later_revisions != LaterRevisions::NotAnalysed;
    Some(Judgement { severity, modifications: known.then(|| judged.iter().map(each).collect()), check, findings })
}

/// What a signature allows to happen after it.
struct Permissions<'p> {
    /// DocMDP level in force.
    level: u8,
    /// Whether the signature sets a level.
    stated: bool,
    pdf: &'p PdfPlacement,
}

impl<'p> Permissions<'p> {
    fn of(pdf: &'p PdfPlacement, rules: &Rules) -> Self {
        let stated = pdf.doc_mdp.into_iter().chain(pdf.lock_mdp).min();
        Self { level: stated.unwrap_or(rules.without_certification), stated: stated.is_some(), pdf }
    }

    /// Whether the change is within the level in force and touches no locked field.
    fn permit(&self, modification: &Modification) -> bool {
        let needed = match modification.rule.class() {
            ModificationClass::Preservation => return true,
            ModificationClass::FormFilling => 2,
            ModificationClass::Annotation => 3,
            ModificationClass::Content => return false,
        };
        self.level >= needed && !self.lock(modification)
    }

    /// Whether the change is one of a field that the signature locks (12.8.2.4).
    fn lock(&self, modification: &Modification) -> bool {
        // What every field inherits changes how a locked one looks.
        if modification.rule == ModificationRule::FormDefaults {
            return self.pdf.field_lock.is_some();
        }
        let lock = self.pdf.field_lock.as_ref().zip(modification.field.as_deref());
        lock.is_some_and(|(lock, field)| lock.touches(field))
    }

    fn severity(&self, modification: &Modification, rules: &Rules) -> Severity {
        let is_annotation = modification.rule.class() == ModificationClass::Annotation;
        match self.permit(modification) {
            true if is_annotation => rules.annotations,
            true if modification.over_text => rules.over_text,
            true => Severity::Allow,
            // Nobody has said that annotations are forbidden, nor that they are welcome.
            false if is_annotation && !self.stated && !self.lock(modification) => {
                rules.annotations_without_certification
            }
            false => rules.not_permitted,
        }
    }
}

/// What the file as a whole makes of the signature, whatever the changes listed.
fn circumstances(signature: &Signature, pdf: &PdfPlacement, rules: &Rules) -> Severity {
    let of_finding = |finding: &Finding| match finding.code {
        FindingCode::TrailingJunk => rules.trailing_data,
        FindingCode::ParserDifferential if finding.params.get("reaches").is_some_and(|reach| reach != "nothing") => {
            rules.parser_differential
        }
        FindingCode::ParserDifferential => Severity::Warn,
        _ => Severity::Allow,
    };
    let of_findings = signature.findings.iter().map(of_finding).max().unwrap_or(Severity::Allow);
    of_findings.max(match pdf.later_revisions {
        LaterRevisions::None | LaterRevisions::ValidationMaterialOnly | LaterRevisions::Analysed => Severity::Allow,
        LaterRevisions::Doubtful => rules.doubtful,
        // What could not be compared is never taken as harmless.
        LaterRevisions::NotAnalysed => Severity::Indeterminate,
    })
}

fn status(severity: Severity) -> CheckStatus {
    match severity {
        Severity::Allow => CheckStatus::Passed,
        Severity::Warn => CheckStatus::Warning,
        Severity::Indeterminate => CheckStatus::Indeterminate,
        Severity::Fail => CheckStatus::Failed,
    }
}

fn check_of(modification: &Modification, severity: Severity) -> Check {
    let mut check = Check::new(check_ids::MODIFICATION, status(severity), "ISO 32000-2 12.8.2");
    for (name, value) in parameters(modification) {
        check = check.with(name, value);
    }
    check
}

fn finding_of(modification: &Modification, severity: Severity) -> Finding {
    let code = match severity {
        Severity::Allow | Severity::Warn => FindingCode::ModificationNoticed,
        Severity::Indeterminate => FindingCode::ModificationUnclear,
        Severity::Fail => FindingCode::ModificationForbidden,
    };
    let mut finding = Finding::new(code).about(format!("{} R", modification.object));
    for (name, value) in parameters(modification) {
        finding = finding.with(name, value);
    }
    finding
}

/// The named values of a change that messages show.
fn parameters(modification: &Modification) -> Vec<(&'static str, String)> {
    let Modification { rule, revision, object, page, rect, field, what, .. } = modification;
    let rule: ModificationRule = *rule;
    let mut parameters = vec![
        ("rule", rule.as_str().to_owned()),
        ("revision", revision.to_string()),
        ("object", object.clone()),
        ("what", what.clone()),
    ];
    parameters.extend(page.map(|page| ("page", page.to_string())));
    parameters.extend(rect.map(|rect| ("rect", rect.to_string())));
    parameters.extend(field.clone().map(|field| ("field", field)));
    parameters
}

#[cfg(test)]
mod tests {
    use kenin_facts::{Coverage, FieldLock, LockAction, PageRotation, SignatureFormat, SignatureKind};

    use super::*;

    /// What is made of one change, without a place or a field, under a lock of one field.
    fn judged(rule: ModificationRule, locked: bool) -> (Severity, Option<bool>) {
        let what = String::new();
        let (page, rect, over_text, field) = (None, None, false, None);
        let object = "1 0".to_owned();
        let (page_box, page_rotate) = (None, PageRotation::default());
        let modification =
            Modification { rule, revision: 2, object, page, rect, page_box, page_rotate, over_text, field, what };
        let lock = FieldLock { action: LockAction::Include, fields: vec!["Dose".to_owned()] };
        let (kind, format) = (SignatureKind::Signature, SignatureFormat::PAdES);
        let mut signature = Signature::new("1".to_owned(), kind, format, Coverage::Detached);
        signature.pdf = Some(PdfPlacement {
            later_revisions: LaterRevisions::Analysed,
            modifications: vec![modification],
            field_lock: locked.then_some(lock),
            ..PdfPlacement::default()
        });
        let judgement = judge(&signature, &Rules::default());
        let permitted = |judgement: &Judgement| Some(judgement.modifications.as_ref()?.first()?.permitted);
        judgement.map_or((Severity::Allow, None), |judgement| (judgement.severity, permitted(&judgement)))
    }

    // A locked field was blank or said something else by what it inherits from the form.
    #[test]
    fn a_lock_of_any_field_holds_for_what_all_fields_inherit() {
        assert_eq!(judged(ModificationRule::FormDefaults, true), (Severity::Fail, Some(false)));
        assert_eq!(judged(ModificationRule::FormDefaults, false), (Severity::Allow, Some(true)));
        assert_eq!(judged(ModificationRule::FormResources, true), (Severity::Allow, Some(true)));
    }
}
