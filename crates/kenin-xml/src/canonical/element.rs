use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

use roxmltree::NS_XML_URI;

use super::base_uri::join;
use super::method::{Canonicalization, Rules};
use super::output::Output;
use super::scope::{Mark, Scope};
use crate::XmlError;
use crate::node_set::Entered;
use crate::tag::{Attribute, Tag};

/// Octets that a namespace declaration counts for beside its own: each is put into the scope whenever a set below it is written.
const LEAST_OF_DECLARATION: usize = 96;

/// The open elements, outermost first, in the set or not.
pub(super) struct Elements<'m, 't> {
    text: &'t str,
    method: &'m Canonicalization,
    open: Vec<Open<'t>>,
    scope: Scope<'t>,
    /// The attributes `xml:...` of all open elements, outermost first.
    xml: Vec<Attribute<'t>>,
    /// The other attributes of the last.
    attributes: Vec<Attribute<'t>>,
}

/// An open element.
struct Open<'t> {
    name: &'t str,
    prefix: &'t str,
    is_in_set: bool,
    entered: Entered,
    /// How much there was before it.
    scope: Mark,
    xml: usize,
}

impl<'m, 't> Elements<'m, 't> {
    pub(super) fn new(text: &'t str, method: &'m Canonicalization) -> Self {
        Self { text, method, open: Vec::new(), scope: Scope::default(), xml: Vec::new(), attributes: Vec::new() }
    }

    /// Reads the start tag at an offset. What is read and will not be written for itself is paid for: all of it outside
    /// of the set, and the declarations within.
    pub(super) fn enter(
        &mut self,
        start: usize,
        is_in_set: bool,
        entered: Entered,
        output: &Output<'_>,
    ) -> Result<(), XmlError> {
        let mut tag = Tag::at(self.text, start)?;
        let mut unwritten = if is_in_set { 0 } else { tag.name.len() };
        let (scope, xml) = (self.scope.mark(), self.xml.len());
        self.attributes.clear();
        while let Some(attribute) = tag.next_attribute()? {
            let declared = attribute.declared_prefix();
            if declared.is_some() || !is_in_set {
                unwritten += attribute.name.len() + attribute.value.len();
            }
            if declared.is_some() {
                unwritten += LEAST_OF_DECLARATION;
            }
            match declared {
                Some(prefix) => self.scope.declare(prefix, &attribute)?,
                None if attribute.prefix == "xml" => self.xml.push(attribute),
                None => self.attributes.push(attribute),
            }
        }
        output.charge(unwritten)?;
        let (name, prefix) = (tag.name, tag.prefix());
        self.open.push(Open { name, prefix, is_in_set, entered, scope, xml });
        Ok(())
    }

    /// Leaves the last element, with its end tag if it is in the set.
    pub(super) fn leave(&mut self, output: &mut Output<'_>) -> Result<Entered, XmlError> {
        let Some(element) = self.open.pop() else { return Ok(0..0) };
        self.scope.return_to(element.scope);
        self.xml.truncate(element.xml);
        if element.is_in_set {
            output.push("</")?;
            output.push(element.name)?;
            output.push(">")?;
        }
        Ok(element.entered)
    }

    /// The start tag of the last element, which is in the set: its name, its namespaces by prefix, its attributes by
    /// namespace and name (C14N 1.0, 2.2 and 2.3).
    pub(super) fn write_start(&mut self, output: &mut Output<'_>) -> Result<(), XmlError> {
        let Some((element, ancestors)) = self.open.split_last() else { return Ok(()) };
        let omitted = ancestors.iter().rev().take_while(|ancestor| !ancestor.is_in_set).count();
        let outermost = ancestors.get(ancestors.len() - omitted);
        if omitted > 0 {
            output.charge(omitted)?;
        }
        let gap = Gap {
            is_any: omitted > 0,
            declarations: outermost.map_or(element.scope, |open| open.scope).declarations,
            xml: outermost.map_or(element.xml, |open| open.xml)..element.xml,
        };
        output.push("<")?;
        output.push(element.name)?;
        for prefix in self.rendered(&gap, output)? {
            output.push(" xmlns")?;
            if !prefix.is_empty() {
                output.push(":")?;
                output.push(prefix)?;
            }
            output.push("=")?;
            output.push_value(self.scope.uri(prefix))?;
        }
        for attribute in self.written(&gap, output)? {
            output.push(" ")?;
            output.push(attribute.name)?;
            output.push("=")?;
            output.push_value(&attribute.value)?;
        }
        output.push(">")
    }

    /// The prefixes whose declarations the last element gets, sorted.
    ///
    /// Inclusive: those that differ from what the nearest ancestor in the set has (C14N 1.0, 2.3); as it was rendered
    /// there, only those declared since can. Exclusive: those that it visibly utilizes (Exclusive C14N 1.0, 3), and of the
    /// listed ones what inclusive rules render.
    fn rendered(&mut self, gap: &Gap, output: &Output<'_>) -> Result<Vec<&'t str>, XmlError> {
        let mut prefixes: Vec<&str> = Vec::new();
        let Self { scope, open, attributes, method, .. } = self;
        if method.rules != Rules::Exclusive {
            prefixes.extend(scope.prefixes_since(gap.declarations));
        } else {
            if !method.prefixes.is_empty() {
                prefixes
                    .extend(scope.prefixes_since(gap.declarations).filter(|prefix| method.prefixes.contains(*prefix)));
            }
            prefixes.extend(open.last().map(|element| element.prefix));
            prefixes.extend(attributes.iter().map(|attribute| attribute.prefix).filter(|prefix| !prefix.is_empty()));
        }
        if gap.is_any {
            output.charge(prefixes.len())?;
        }
        let mut rendered: Vec<&str> = prefixes.into_iter().filter_map(|prefix| scope.render(prefix)).collect();
        rendered.sort_unstable();
        Ok(rendered)
    }

    /// The attributes of the last element, sorted.
    fn written(&self, gap: &Gap, output: &Output<'_>) -> Result<Vec<Written<'_>>, XmlError> {
        let own = self.xml.get(gap.xml.end..).unwrap_or_default();
        let mut written = Vec::new();
        for attribute in self.attributes.iter().chain(own) {
            written.push(Written { value: attribute.normalized()?, ..self.unvalued(attribute) });
        }
        if gap.is_any && self.method.rules != Rules::Exclusive {
            output.charge(gap.xml.end)?;
            self.inherit(gap, &mut written, output)?;
        }
        // Attributes with one prefix have one URI: it is not compared with itself, however long it is.
        written.sort_unstable_by(|a, b| {
            let by_uri = if std::ptr::eq(a.uri, b.uri) { Ordering::Equal } else { a.uri.cmp(b.uri) };
            by_uri.then_with(|| a.local.cmp(b.local))
        });
        Ok(written)
    }

    fn unvalued<'s>(&'s self, attribute: &Attribute<'s>) -> Written<'s> {
        let uri = match attribute.prefix {
            "" => "",
            "xml" => NS_XML_URI,
            prefix => self.scope.uri(prefix),
        };
        Written { uri, local: attribute.local, name: attribute.name, value: Cow::Borrowed("") }
    }

    /// What an element has from its ancestors if its parent is not in the set: the nearest occurrence of each attribute
    /// `xml:...` (C14N 1.0, 2.4), or only of `xml:lang` and `xml:space`, and `xml:base` joined (C14N 1.1, 2.4).
    ///
    /// By the letter of 1.1 ancestors in the set count for `xml:lang` and `xml:space`, as they do by 1.0. libxml2 and Apache
    /// Santuario, which make such signatures, stop at the nearest of them, and so does this.
    fn inherit<'s>(&'s self, gap: &Gap, written: &mut Vec<Written<'s>>, output: &Output<'_>) -> Result<(), XmlError> {
        let is_11 = self.method.rules == Rules::Inclusive11;
        let first = if is_11 { gap.xml.start } else { 0 };
        let mut nearest: BTreeMap<&str, &Attribute<'t>> = BTreeMap::new();
        for attribute in self.xml.get(first..gap.xml.end).unwrap_or_default() {
            if !is_11 || matches!(attribute.local, "lang" | "space") {
                nearest.insert(attribute.local, attribute);
            }
        }
        for own in self.xml.get(gap.xml.end..).unwrap_or_default() {
            nearest.remove(own.local);
        }
        for attribute in nearest.into_values() {
            written.push(Written { value: attribute.normalized()?, ..self.unvalued(attribute) });
        }
        if is_11 { self.fix_base(gap, written, output) } else { Ok(()) }
    }

    /// C14N 1.1, 2.4: only where an omitted element between this one and the nearest in the set has an `xml:base`. An empty
    /// result is not rendered.
    fn fix_base<'s>(&'s self, gap: &Gap, written: &mut Vec<Written<'s>>, output: &Output<'_>) -> Result<(), XmlError> {
        let omitted = self.xml.get(gap.xml.clone()).unwrap_or_default();
        let mut bases = omitted.iter().rev().filter(|attribute| attribute.local == "base").peekable();
        let Some(nearest) = bases.peek().copied() else { return Ok(()) };
        let own = written.iter().position(|attribute| attribute.uri == NS_XML_URI && attribute.local == "base");
        let mut base = match own {
            Some(own) => written.swap_remove(own).value.into_owned(),
            None => bases.next().map_or(Ok(Cow::Borrowed("")), Attribute::normalized)?.into_owned(),
        };
        for outer in bases {
            output.charge(outer.value.len() + base.len())?;
            base = join(&outer.normalized()?, &base);
        }
        if !base.is_empty() {
            written.push(Written { value: Cow::Owned(base), ..self.unvalued(nearest) });
        }
        Ok(())
    }
}

/// The ancestors that are not in the set, up to the nearest that is.
struct Gap {
    is_any: bool,
    /// Since how many declarations anything may be new to the output.
    declarations: usize,
    /// Their attributes `xml:...`.
    xml: std::ops::Range<usize>,
}

/// An attribute of the output.
struct Written<'s> {
    uri: &'s str,
    local: &'s str,
    name: &'s str,
    value: Cow<'s, str>,
}
