//! The revisions of a PDF as a timeline: what each one did, who signed in it, and which signatures cover it.

use std::collections::BTreeSet;

use kenin::Facts;
use kenin_facts::{Coverage, LaterRevisions, Modification, Signature, SignatureKind};
use kenin_pdf::{RevisionStructure, XrefKind};

use super::View;

/// Revisions listed whatever `--entries` says.
const LISTED: usize = 50;

/// Items of one list (object numbers, pages, fields, signatures) that are shown.
const ITEMS: usize = 8;

impl View<'_> {
    /// Every revision in file order.
    pub(super) fn revisions(&mut self, facts: &Facts, revisions: &[RevisionStructure]) {
        let shown = self.entries.max(LISTED).min(revisions.len());
        if shown < revisions.len() {
            let values = [("shown", count(shown)), ("total", count(revisions.len()))];
            let values = values.map(|(name, number)| (name, number.into()));
            self.sheet.paragraph(&self.catalogue.text("inspect-first-revisions", &values));
        }
        for revision in revisions.iter().take(shown) {
            self.revision(facts, revision);
        }
    }

    fn revision(&mut self, facts: &Facts, revision: &RevisionStructure) {
        let number = u64::from(revision.number);
        self.sheet.heading(&self.catalogue.text("inspect-revision-number", &[("revision", number.into())]));
        let xref = self.say(match revision.xref_kind {
            XrefKind::Table => "inspect-xref-table",
            XrefKind::Stream => "inspect-xref-stream",
            XrefKind::Hybrid => "inspect-xref-hybrid",
            XrefKind::Rebuilt => "inspect-xref-rebuilt",
        });
        let (start, end) = (revision.span.start.to_string(), revision.span.end.to_string());
        let values = [("start", (&start).into()), ("end", (&end).into()), ("xref", (&xref).into())];
        self.row("inspect-bytes", &self.catalogue.text("inspect-bytes-of", &values));
        self.row("inspect-objects", &self.objects(revision));
        let made = facts.signatures.iter().filter(|signature| made_in(signature, revision.number));
        let made: Vec<_> = made.map(|signature| self.made(facts, signature)).collect();
        self.rows("inspect-made", made);
        let changes = self.changes(facts, revision.number);
        self.rows("inspect-changes", changes);
        let covering = facts.signatures.iter().filter(|signature| covers(signature, revision.number));
        let ids: Vec<_> = covering.map(|signature| signature.id.clone()).collect();
        let covered = if ids.is_empty() { self.say("inspect-covered-by-none") } else { self.some(ids) };
        self.row("inspect-covered-by", &covered);
    }

    /// How many objects it adds, replaces and frees, how many nothing leads to, and their numbers.
    fn objects(&self, revision: &RevisionStructure) -> String {
        let unreachable = revision.unreachable.clone().unwrap_or_default();
        let parts = [
            ("inspect-objects-added", &revision.added),
            ("inspect-objects-replaced", &revision.replaced),
            ("inspect-objects-freed", &revision.freed),
            ("inspect-objects-unreachable", &unreachable),
        ];
        let part = |(key, numbers): (&str, &Vec<u32>)| {
            let shown = self.some(ranges(numbers));
            self.catalogue.text(key, &[("count", count(numbers.len()).into()), ("numbers", (&shown).into())])
        };
        let parts: Vec<_> = parts.into_iter().filter(|(_, numbers)| !numbers.is_empty()).map(part).collect();
        if parts.is_empty() { self.say("inspect-objects-none") } else { self.catalogue.join(parts) }
    }

    /// Whose signature or timestamp was made, in which field, and when it says.
    fn made(&self, facts: &Facts, signature: &Signature) -> String {
        let certificate = self.signing_certificate(facts, signature);
        let subject = certificate.map_or_else(|| self.say("inspect-made-by-unknown"), |found| self.subject(&found));
        let field = signature.pdf.as_ref().map(|pdf| pdf.field.as_str()).unwrap_or_default();
        let gen_time = signature.token.as_ref().and_then(|token| token.tst_info.as_ref()).map(|info| info.gen_time);
        let claimed = signature.signer.as_ref().and_then(|signer| signer.claimed_signing_time);
        let claimed = claimed.or(signature.pdf.as_ref().and_then(|pdf| pdf.claimed_time));
        let (key, time) = match signature.kind {
            SignatureKind::DocumentTimestamp => ("inspect-made-timestamp", gen_time),
            _ => ("inspect-made-signature", claimed),
        };
        let time = time.map_or_else(|| "none".to_owned(), |time| time.to_string());
        let values = [
            ("id", (&signature.id).into()),
            ("field", field.into()),
            ("subject", (&subject).into()),
            ("time", (&time).into()),
        ];
        self.catalogue.text(key, &values)
    }

    /// What the revision changed since the first signature before it, by kind of change.
    fn changes(&self, facts: &Facts, revision: u32) -> Vec<String> {
        let placed = facts.signatures.iter().filter_map(|signature| signature.pdf.as_ref());
        let Some(first) = placed.filter(|pdf| pdf.revision < revision).min_by_key(|pdf| pdf.revision) else {
            return Vec::new();
        };
        if first.later_revisions == LaterRevisions::NotAnalysed {
            return vec![self.say("inspect-changes-unknown")];
        }
        let mut groups: Vec<Vec<&Modification>> = Vec::new();
        for modification in first.modifications.iter().filter(|modification| modification.revision == revision) {
            let same = |group: &&mut Vec<&Modification>| group.iter().any(|other| other.rule == modification.rule);
            match groups.iter_mut().find(same) {
                Some(group) => group.push(modification),
                None => groups.push(vec![modification]),
            }
        }
        groups.iter().map(|group| self.group(group)).collect()
    }

    /// Changes of one kind: how many, on which pages, in which fields.
    fn group(&self, group: &[&Modification]) -> String {
        let Some(rule) = group.first().map(|first| first.rule.as_str()) else { return String::new() };
        let text = match group.len() {
            1 => self.say(&format!("modification-{rule}")),
            many => self.catalogue.text("changes-counted", &[("rule", rule.into()), ("count", count(many).into())]),
        };
        let pages: BTreeSet<u32> = group.iter().filter_map(|modification| modification.page).collect();
        let pages: Vec<_> = pages.into_iter().collect();
        let fields: BTreeSet<&str> = group.iter().filter_map(|modification| modification.field.as_deref()).collect();
        let mut places = Vec::new();
        if !pages.is_empty() {
            places.push(self.catalogue.text("changes-page", &[("page", (&self.some(ranges(&pages))).into())]));
        }
        if !fields.is_empty() {
            let fields = self.some(fields.into_iter().map(str::to_owned).collect());
            places.push(self.catalogue.text("text-field", &[("field", (&fields).into())]));
        }
        if places.is_empty() {
            return text;
        }
        let places = self.catalogue.join(places);
        self.catalogue.text("inspect-changes-at", &[("changes", (&text).into()), ("places", (&places).into())])
    }

    /// The first of some items, and how many more there are.
    fn some(&self, mut items: Vec<String>) -> String {
        let more = items.len().saturating_sub(ITEMS);
        if more > 0 {
            items.truncate(ITEMS);
            items.push(self.catalogue.text("inspect-more", &[("count", count(more).into())]));
        }
        self.catalogue.join(items)
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn made_in(signature: &Signature, revision: u32) -> bool {
    signature.pdf.as_ref().is_some_and(|pdf| pdf.revision == revision)
}

/// Whether the signature protects every byte of the revision.
fn covers(signature: &Signature, revision: u32) -> bool {
    let whole = matches!(signature.coverage, Coverage::EntireFile | Coverage::EntireRevision);
    whole && signature.pdf.as_ref().is_some_and(|pdf| pdf.revision >= revision)
}

/// Ascending numbers with runs as `4-7`.
fn ranges(numbers: &[u32]) -> Vec<String> {
    let runs = numbers.chunk_by(|a, b| a.checked_add(1) == Some(*b));
    let shown = |run: &[u32]| match run {
        [] => String::new(),
        [one] => one.to_string(),
        [first, .., last] => format!("{first}-{last}"),
    };
    runs.map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn runs_of_numbers_are_drawn_together() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), ["1-3", "7", "9-10"]);
        assert_eq!(ranges(&[]), Vec::<String>::new());
    }
}
