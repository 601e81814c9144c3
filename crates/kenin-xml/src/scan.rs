//! One pass over the text before `roxmltree` reads it: what that would cost is bounded, and what it is lenient about is
//! refused.

use foldhash::HashSet;
use kenin_base::{Budget, Resource};
use memchr::{memchr, memchr_iter, memchr2_iter, memmem};

use crate::XmlError;
use crate::declaration::Declaration;
use crate::error::as_offset;
use crate::tag::{Attribute, Characters, Tag, is_name_character, reference, resolve};

/// Comparisons of short names that count as one node: about what making a node costs.
const COMPARISONS: u64 = 64;
/// Octets of a longer name that take as long as a short one.
const SHORT: usize = 64;

/// # Errors
/// [`XmlError`] for what exceeds the budget, has a DTD, or is not well-formed where `roxmltree` does not notice.
pub(crate) fn scan(budget: &Budget, text: &str) -> Result<(), XmlError> {
    budget.check(Resource::XmlBytes, as_offset(text.len()))?;
    // roxmltree reserves room for a node at each `<` and an attribute at each `=`, also where they are mere characters.
    budget.check(Resource::XmlNodes, as_offset(memchr2_iter(b'<', b'=', text.as_bytes()).count()))?;
    let mut scan = Scan {
        budget,
        text,
        declared: vec![0],
        seen: HashSet::default(),
        began: false,
        longest_prefix: 0,
        longest_uri: 0,
    };
    let mut at = scan.declaration()?;
    while let Some(length) = memchr(b'<', text.as_bytes().get(at..).unwrap_or_default()) {
        scan.characters(at, at + length)?;
        at = scan.markup(at + length)?;
    }
    scan.characters(at, text.len())
}

struct Scan<'b, 't> {
    budget: &'b Budget,
    text: &'t str,
    /// How many namespaces are declared in scope of each open element, the document's root first.
    declared: Vec<u64>,
    /// Prefixes declared by the tag in hand.
    seen: HashSet<&'t str>,
    /// Whether an element was seen.
    began: bool,
    /// The length of the longest prefix and of the longest URI declared so far.
    longest_prefix: usize,
    longest_uri: usize,
}

impl<'t> Scan<'_, 't> {
    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    fn node(&self) -> Result<(), XmlError> {
        Ok(self.budget.spend(Resource::XmlNodes, 1)?)
    }

    /// Where the XML declaration ends. Canonical XML is defined for XML 1.0; 1.1 has other line ends.
    fn declaration(&self) -> Result<usize, XmlError> {
        match Declaration::at_start_of(self.text) {
            None => Ok(0),
            Some(Ok(declaration)) if declaration.version == "1.0" => Ok(declaration.end),
            Some(Ok(_)) => Err(XmlError::syntax(0, "another version of XML than 1.0")),
            Some(Err(offset)) => Err(XmlError::syntax(offset, "a malformed XML declaration")),
        }
    }

    /// Character data between two pieces of markup.
    fn characters(&self, start: usize, end: usize) -> Result<(), XmlError> {
        if start == end {
            return Ok(());
        }
        let run = self.text.get(start..end).unwrap_or_default();
        self.references(run, start)?;
        self.node()
    }

    /// Every reference is to a character: no entity was declared, and roxmltree takes numbers of no character for U+FFFD.
    fn references(&self, run: &str, start: usize) -> Result<(), XmlError> {
        for place in memchr_iter(b'&', run.as_bytes()) {
            if reference(run.get(place..).unwrap_or_default()).is_none() {
                return Err(XmlError::syntax(start + place, "no reference to a character"));
            }
        }
        Ok(())
    }

    /// The offset after the markup at `start`.
    fn markup(&mut self, start: usize) -> Result<usize, XmlError> {
        let rest = self.rest(start);
        if rest.starts_with("</:") {
            Err(XmlError::syntax(start, "an end tag with an empty prefix"))
        } else if rest.starts_with("</") {
            self.declared.pop();
            self.after(start, 2, ">")
        } else if rest.starts_with("<!--") {
            self.node()?;
            self.after(start, 4, "-->")
        } else if rest.starts_with("<![CDATA[") {
            self.node()?;
            self.after(start, 9, "]]>")
        } else if rest.starts_with("<!DOCTYPE") && !self.began {
            Err(XmlError::Dtd { offset: as_offset(start) })
        } else if rest.starts_with("<!") {
            Err(XmlError::syntax(start, "no markup of content"))
        } else if rest.starts_with("<?") {
            self.node()?;
            self.instruction(start)
        } else {
            self.element(start)
        }
    }

    fn after(&self, start: usize, skip: usize, end: &'static str) -> Result<usize, XmlError> {
        let place = memmem::find(self.rest(start + skip).as_bytes(), end.as_bytes());
        let place = place.ok_or_else(|| XmlError::syntax(start, format!("no {end} follows")))?;
        Ok(start + skip + place + end.len())
    }

    /// `PI` (XML 1.0, 2.6): white space between target and content, and no target `xml`, in any case.
    fn instruction(&self, start: usize) -> Result<usize, XmlError> {
        let end = self.after(start, 2, "?>")?;
        let instruction = self.text.get(start + 2..end - 2).unwrap_or_default();
        let content = instruction.trim_start_matches(is_name_character);
        let target = instruction.get(..instruction.len() - content.len()).unwrap_or_default();
        if target.eq_ignore_ascii_case("xml") {
            return Err(XmlError::syntax(start, "a reserved processing instruction"));
        }
        match content.is_empty() || content.starts_with([' ', '\t', '\r', '\n']) {
            true => Ok(end),
            false => Err(XmlError::syntax(start, "no space after the target of a processing instruction")),
        }
    }

    /// An element counts as one node, each attribute as one, and what roxmltree compares for it: each attribute with each
    /// other, each prefix with the namespaces in scope, and those with each other where more are declared.
    fn element(&mut self, start: usize) -> Result<usize, XmlError> {
        self.node()?;
        self.began = true;
        let mut tag = Tag::at(self.text, start)?;
        let in_scope = self.declared.last().copied().unwrap_or_default();
        let (mut attributes, mut declarations) = (0_u64, 0_u64);
        self.seen.clear();
        let mut prefixes = weight(tag.prefix().len());
        while let Some(attribute) = tag.next_attribute()? {
            self.node()?;
            self.references(attribute.value, attribute.offset)?;
            if attribute.declared_prefix().is_some() {
                self.namespace(&attribute)?;
                self.compare(declarations, weight(attribute.local.len()))?;
                declarations += 1;
            } else if attribute.local == "xmlns" {
                return Err(XmlError::syntax(attribute.offset, "an attribute xmlns with a prefix"));
            } else {
                let uri = if attribute.prefix.is_empty() { 0 } else { self.longest_uri };
                self.compare(attributes, weight(attribute.local.len() + uri))?;
                attributes += 1;
                if !attribute.prefix.is_empty() {
                    prefixes += weight(attribute.prefix.len());
                }
            }
        }
        let namespaces = in_scope + declarations;
        self.compare(namespaces, prefixes)?;
        if declarations > 0 {
            self.compare(namespaces.saturating_mul(in_scope) / 2, weight(self.longest_prefix))?;
        }
        let (end, is_empty) = tag.end().ok_or_else(|| XmlError::syntax(start, "a tag that does not end"))?;
        if !is_empty {
            self.declared.push(namespaces);
        }
        let depth = self.declared.len() - usize::from(!is_empty);
        self.budget.check(Resource::XmlDepth, as_offset(depth))?;
        Ok(end)
    }

    fn compare(&self, times: u64, weight: u64) -> Result<(), XmlError> {
        Ok(self.budget.spend(Resource::XmlNodes, times.saturating_mul(weight) / COMPARISONS)?)
    }

    /// Namespaces in XML 1.0, 3 and 5: reserved prefixes, no prefix undeclared, each declared once.
    fn namespace(&mut self, declaration: &Attribute<'t>) -> Result<(), XmlError> {
        let prefix = declaration.declared_prefix().unwrap_or_default();
        let uri = resolve(declaration.value, declaration.offset, Characters::Attribute)?;
        let reason = if prefix == "xmlns" {
            "the prefix xmlns declared"
        } else if !prefix.is_empty() && uri.is_empty() {
            "a prefix undeclared"
        } else if declaration.name == "xmlns:" {
            "a declaration of no prefix"
        } else if !self.seen.insert(prefix) {
            "a namespace declared twice"
        } else {
            self.longest_prefix = self.longest_prefix.max(prefix.len());
            self.longest_uri = self.longest_uri.max(uri.len());
            return Ok(());
        };
        Err(XmlError::syntax(declaration.offset, reason))
    }
}

/// What comparing a name of this length takes, a short one being 1.
fn weight(length: usize) -> u64 {
    as_offset(1 + length / SHORT)
}
