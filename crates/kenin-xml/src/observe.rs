//! From an XML document to facts.

use foldhash::HashMap;
use kenin_base::{Finding, FindingCode, Resource, Source};
use kenin_cms::Observer;
use kenin_facts::{Coverage, Signature, SignatureFormat, SignatureKind, XmlReferenceKind};
use roxmltree::{Node, NodeId};

use crate::error::as_offset;
use crate::findings::{malformed, of_limit};
use crate::ids::Ids;
use crate::names::is_ds;
use crate::parts::{Parts, counter_signed};
use crate::reference::{Resolved, Surroundings};
use crate::signature::Prepared;
use crate::timestamps::Stamped;
use crate::{XmlDocument, XmlError, decode, record};

/// Files beside a document.
pub trait Companions: std::fmt::Debug + Send + Sync {
    /// Opens the file at a relative path, whose steps are separated by `/` and lead nowhere but below the document's folder;
    /// `None` when there is none.
    fn open(&self, path: &str) -> Option<Source>;
}

/// What is given beside an XML document.
#[derive(Clone, Copy, Debug, Default)]
pub struct XmlOptions<'o> {
    /// The content of the one thing that signatures are over outside of the document.
    pub content: Option<&'o Source>,
    /// Where relative references are looked up.
    pub companions: Option<&'o dyn Companions>,
}

/// Reads every signature of an XML document into facts, in document order; counter-signatures follow the one they are for.
///
/// # Errors
/// [`XmlError`] when the document cannot be read: it is no well-formed XML, it has a document type declaration, or a budget
/// was reached. [`finding_of`] says which finding that is.
pub fn observe_xml(
    observer: &mut Observer<'_>,
    octets: &[u8],
    options: &XmlOptions<'_>,
) -> Result<Vec<Signature>, XmlError> {
    let text = decode(octets)?;
    let document = XmlDocument::parse(observer.budget(), &text).map_err(|error| within(error, octets, &text))?;
    let ids = Ids::of(document.tree());
    let around = Surroundings::new(&document, &ids, observer.budget(), options);
    let mut entries = Vec::new();
    let mut ids_given = Given::default();
    for element in document.tree().descendants().filter(|node| is_ds(*node, "Signature")) {
        let parts = Parts::of(element);
        let mut entry = ids_given.entry(element, parts.ok());
        if let Err(limit) = observer.budget().spend(Resource::Signatures, 1) {
            entry.signature.findings.push(of_limit(limit, "Signature"));
            entries.push(entry);
            break;
        }
        match parts {
            Ok(parts) => entry.prepared = Some(Prepared::new(observer, &around, parts, &entry.signature.id)),
            Err(problem) => entry.signature.findings.push(malformed(&around.paths.of(element), problem)),
        }
        entries.push(entry);
    }
    // Counter-signatures come before what they are in, so that the timestamps around them know what they hold.
    for at in (0..entries.len()).rev() {
        let Some((before, after)) = entries.split_at_mut_checked(at.saturating_add(1)) else { continue };
        let Some(entry) = before.last_mut() else { continue };
        // They follow it directly, as everything does that lies in it.
        let within = after.iter().take_while(|other| other.element.range().end <= entry.element.range().end);
        let within: Vec<&Entry<'_, '_>> = within.filter(|other| other.signature.parent.is_some()).collect();
        entry.observe(observer, &around, &within);
    }
    ids_given.name_parents(&mut entries);
    if !entries.is_empty() {
        let root = document.tree().root_element();
        record::unsigned_parts(root).into_iter().for_each(|finding| observer.add_finding(finding));
    }
    Ok(in_order(entries))
}

/// One Signature element on its way to facts.
struct Entry<'x, 't> {
    element: Node<'x, 't>,
    /// The SignatureValue that it counter-signs.
    countersigned: Option<NodeId>,
    /// The SignatureValue that is all it is over, wherever that stands.
    over: Option<NodeId>,
    signature: Signature,
    prepared: Option<Prepared<'x, 't>>,
}

impl<'x, 't> Entry<'x, 't> {
    fn observe(&mut self, observer: &mut Observer<'_>, around: &Surroundings<'x, 't>, within: &[&Entry<'x, 't>]) {
        let Some(mut prepared) = self.prepared.take() else { return };
        let references = prepared.observe(observer, around, &mut self.signature);
        let whole = |target: NodeId| references.iter().any(|resolved| resolved.whole == Some(target));
        if self.countersigned.is_some_and(|value| !whole(value)) {
            // EN 319 132-1 5.2.7.2: it is over the value of the signature that it lies in.
            self.signature.findings.push(Finding::new(FindingCode::ReferenceTypeMismatch).about("CounterSignature"));
        }
        self.over = value_alone(&references);
        let counters: Vec<(NodeId, &Signature)> =
            within.iter().filter_map(|other| Some((self.property_around(other.element)?, &other.signature))).collect();
        let (parts, properties) = (prepared.parts, &prepared.properties);
        let stamped = Stamped { around, parts, references: &references, properties };
        stamped.observe(observer, &mut self.signature, &counters);
    }

    /// The unsigned property of this signature that an element lies in.
    fn property_around(&self, element: Node<'_, '_>) -> Option<NodeId> {
        let above: Vec<Node<'_, '_>> =
            element.ancestors().take_while(|above| above.id() != self.element.id()).collect();
        let is_inside = above.last().is_some_and(|last| last.parent().is_some_and(|top| top.id() == self.element.id()));
        let at = above.iter().rposition(|node| crate::names::is_xades(*node, "UnsignedSignatureProperties"))?;
        above.get(at.checked_sub(1)?).filter(|_| is_inside).map(|property| property.id())
    }
}

/// The ids that signatures were given so far: `sig-1`, `sig-2` in document order, `sig-1-counter-1` in one of them.
#[derive(Default)]
struct Given {
    top: usize,
    named: HashMap<NodeId, Named>,
}

/// A signature that others may lie in.
struct Named {
    id: String,
    counters: usize,
    /// Its SignatureValue.
    value: Option<NodeId>,
    /// Its UnsignedSignatureProperties.
    properties: Option<NodeId>,
}

/// The SignatureValue that a signature is over, and nothing else but what is its own.
fn value_alone(references: &[Resolved]) -> Option<NodeId> {
    use XmlReferenceKind::{CountersignedSignature, KeyInfo, SignatureProperties, SignedProperties};
    let is_own = |kind| matches!(kind, KeyInfo | SignatureProperties | SignedProperties);
    let mut data = references.iter().filter(|resolved| !is_own(resolved.reference.kind));
    let first = data.next().filter(|first| first.reference.kind == CountersignedSignature)?;
    data.all(|resolved| resolved.reference.kind == CountersignedSignature).then_some(first.whole)?
}

impl Given {
    /// A signature over another's value alone counter-signs that one, though it does not lie in it (EN 319 132-1 5.2.7.1).
    fn name_parents(self, entries: &mut [Entry<'_, '_>]) {
        let by_value: HashMap<NodeId, String> =
            self.named.into_values().filter_map(|named| Some((named.value?, named.id))).collect();
        for entry in entries.iter_mut().filter(|entry| entry.signature.kind == SignatureKind::Signature) {
            let parent = entry.over.and_then(|value| by_value.get(&value)).filter(|id| **id != entry.signature.id);
            if let Some(parent) = parent {
                entry.signature.kind = SignatureKind::CounterSignature;
                entry.signature.parent = Some(parent.clone());
            }
        }
    }

    fn entry<'x, 't>(&mut self, element: Node<'x, 't>, parts: Option<Parts<'x, 't>>) -> Entry<'x, 't> {
        let above = counter_signed(element).and_then(|(own, properties)| {
            self.named.get_mut(&own.id()).filter(|named| named.properties == Some(properties.id()))
        });
        let (id, above, kind, countersigned) = match above {
            Some(Named { id, counters, value, .. }) => {
                *counters = counters.saturating_add(1);
                (format!("{id}-counter-{counters}"), Some(id.clone()), SignatureKind::CounterSignature, *value)
            }
            None => {
                self.top = self.top.saturating_add(1);
                (format!("sig-{}", self.top), None, SignatureKind::Signature, None)
            }
        };
        let value = parts.map(|parts| parts.value.id());
        let properties = parts.and_then(|parts| parts.unsigned_properties()).map(|properties| properties.id());
        self.named.insert(element.id(), Named { id: id.clone(), counters: 0, value, properties });
        let mut signature = Signature::new(id, kind, SignatureFormat::XmlDSig, Coverage::Unclear);
        signature.parent = above;
        Entry { element, countersigned, over: None, signature, prepared: None }
    }
}

/// An error with its place in the octets. In another encoding than UTF-8 that of the text stays, as far as the octets go.
fn within(error: XmlError, octets: &[u8], text: &str) -> XmlError {
    let length = as_offset(octets.len());
    let mark = match std::str::from_utf8(octets) {
        Ok(_) => length.saturating_sub(as_offset(text.len())),
        Err(_) => 0,
    };
    match error {
        XmlError::Dtd { offset } => XmlError::Dtd { offset: offset.saturating_add(mark).min(length) },
        other => other,
    }
}

/// Each signature with its counter-signatures behind it. In the document these may lie behind the next signature's start.
fn in_order(entries: Vec<Entry<'_, '_>>) -> Vec<Signature> {
    let mut signatures: Vec<Signature> = entries.into_iter().map(|entry| entry.signature).collect();
    let position = |id: &str| {
        let top = id.split("-counter-").next().unwrap_or_default();
        top.strip_prefix("sig-").and_then(|number| number.parse::<usize>().ok()).unwrap_or(usize::MAX)
    };
    signatures.sort_by_key(|signature| position(&signature.id));
    signatures
}

/// The finding of a document that cannot be read.
pub fn finding_of(error: &XmlError) -> Finding {
    match error {
        XmlError::Limit(limit) => of_limit(*limit, "XML"),
        XmlError::Dtd { offset } => Finding::new(FindingCode::XmlDtd).at(kenin_base::Span::at(*offset, 0)),
        other => malformed("XML", &other.to_string()),
    }
}
