use std::fmt;

use kenin_base::Budget;
use roxmltree::{Document, Error, ParsingOptions, TextPos};

use crate::XmlError;
use crate::scan::scan;

/// A document without a DTD, read as a tree.
pub struct XmlDocument<'t> {
    tree: Document<'t>,
}

impl<'t> XmlDocument<'t> {
    /// Reads a decoded text ([`decode`](crate::decode)), which stays as it is: canonical octets are made from it, as the
    /// tree keeps neither prefixes nor where a namespace is declared.
    ///
    /// Spends [`Resource::XmlNodes`](kenin_base::Resource::XmlNodes) for nodes and attributes, and more where many
    /// attributes or namespaces have to be compared with each other.
    ///
    /// # Errors
    /// [`XmlError`]: a DTD, malformed XML, or a budget reached. Depth and size are bounded before the tree is made.
    pub fn parse(budget: &Budget, text: &'t str) -> Result<Self, XmlError> {
        scan(budget, text)?;
        let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
        match Document::parse_with_options(text, options) {
            Ok(tree) => Ok(Self { tree }),
            Err(error) => Err(XmlError::syntax(offset(text, &error), error.to_string())),
        }
    }

    /// The tree. A text next to a reference may have a CR where a line end should be LF; canonical octets have not.
    pub fn tree(&self) -> &Document<'t> {
        &self.tree
    }

    /// What the tree was made from.
    pub fn text(&self) -> &'t str {
        self.tree.input_text()
    }
}

/// Not the tree: roxmltree prints it recursively.
impl fmt::Debug for XmlDocument<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("XmlDocument").field("octets", &self.text().len()).finish_non_exhaustive()
    }
}

/// roxmltree counts lines and characters, and has no place for what is missing at the end.
fn offset(text: &str, error: &Error) -> usize {
    if matches!(error, Error::NoRootNode | Error::UnclosedRootNode | Error::UnexpectedEndOfStream) {
        return text.len();
    }
    let TextPos { row, col } = error.pos();
    let count = |number: u32| usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
    let line = text.split_inclusive('\n').nth(count(row)).unwrap_or_default();
    let before: usize = text.split_inclusive('\n').take(count(row)).map(str::len).sum();
    before + line.char_indices().nth(count(col)).map_or(line.len(), |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use kenin_base::{LimitExceeded, Limits, Resource};

    use super::*;

    fn parsed(text: &str) -> Result<usize, XmlError> {
        XmlDocument::parse(&Budget::default(), text).map(|document| document.tree().descendants().count())
    }

    fn offset_of(text: &str) -> u64 {
        match parsed(text) {
            Err(XmlError::Syntax { offset, .. }) => offset,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn a_dtd_is_refused_with_its_place() {
        for (text, offset) in [
            ("<!DOCTYPE a><a/>", 0),
            ("<!-- <!DOCTYPE --><!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", 18),
            ("<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'a.dtd'><a/>", 22),
        ] {
            assert_eq!(parsed(text), Err(XmlError::Dtd { offset }), "{text}");
        }
        assert_eq!(parsed("<a><![CDATA[<!DOCTYPE a>]]></a>"), Ok(3));
    }

    #[test]
    fn what_is_malformed_has_its_place() {
        for (text, offset) in [
            ("", 0),
            ("<a>", 3),
            ("<a></b>", 3),
            ("<検>\n検</a>", 9),
            ("<a>\n&nbsp;</a>", 4),
            ("<a>&#xD800;</a>", 3),
            ("<a>&#0;</a>", 3),
            ("<a b='&#x110000;'/>", 3),
            ("<a>&</a>", 3),
            ("<a b='1'c='2'/>", 8),
            ("<a b=1/>", 5),
            ("<a b='<'/>", 6),
            ("<a b='1' b='2'/>", 9),
            ("<a xmlns='urn:a' xmlns='urn:b'/>", 17),
            ("<a xmlns:p='urn:a' xmlns:p='urn:a'/>", 19),
            ("<a xmlns:p='urn:a' xmlns:q='urn:a' p:a='' q:a=''/>", 42),
            ("<a xmlns:p=''/>", 3),
            ("<a xmlns:xmlns='urn:a'/>", 3),
            ("<a xmlns:p='urn:p' p:xmlns='urn:a'/>", 19),
            ("<p:a/>", 1),
            ("<a :b=''/>", 3),
            ("<?xml version='1.0' encodingx='a'?><a/>", 28),
            ("<a><?XML b?></a>", 3),
            ("<a/><?xml version='1.0'?>", 4),
            ("<a><?b+c?></a>", 3),
            ("<a><?b\u{85}c?></a>", 3),
            ("<a></:a>", 3),
            ("<?xml version='1.1'?><a/>", 0),
            ("<a/><b/>", 4),
            ("<a/>b", 4),
            ("<a><!-- -- --></a>", 3),
            ("<a>]]></a>", 6),
        ] {
            assert_eq!(offset_of(text), offset, "{text}");
        }
        assert_eq!(parsed("<?xml version = \"1.0\"\tencoding='UTF-8' ?><a/>"), Ok(2));
    }

    #[test]
    fn budgets_come_before_the_tree() {
        let limits = Limits { xml_bytes: 100, xml_nodes: 7, xml_depth: 3, ..Limits::default() };
        let parse = |text: &str| match XmlDocument::parse(&Budget::new(&limits), text) {
            Ok(_) => None,
            Err(XmlError::Limit(LimitExceeded { resource, .. })) => Some(resource),
            Err(other) => panic!("{text}: {other}"),
        };
        assert_eq!(parse("<a><b><c/></b></a>"), None);
        assert_eq!(parse("<a><b><c><d/></c>"), Some(Resource::XmlDepth));
        assert_eq!(parse("<a><b/>c<b/>c<b/>c</a>"), None);
        assert_eq!(parse("<a><b/>c<b/>c<b/>c<b/></a>"), Some(Resource::XmlNodes));
        assert_eq!(parse("<a b='' c='' d='' e='' f=''/>"), None);
        assert_eq!(parse("<a b='' c='' d='' e='' f=''>g<h/></a>"), Some(Resource::XmlNodes));
        assert_eq!(parse("<a>=========</a>"), Some(Resource::XmlNodes));
        assert_eq!(parse(&format!("<a>{}</a>", "a".repeat(94))), Some(Resource::XmlBytes));
    }

    /// A million elements in each other, on a thread of 2 MB: refused by default, read where the limits are raised.
    #[test]
    fn depth_costs_no_stack() {
        let deep = || {
            let text = format!("{}{}", "<a>".repeat(1_000_000), "</a>".repeat(1_000_000));
            let refused = XmlDocument::parse(&Budget::default(), &text).map(drop);
            assert!(matches!(refused, Err(XmlError::Limit(LimitExceeded { resource: Resource::XmlDepth, .. }))));
            let raised = Limits { xml_depth: 1_000_000, ..Limits::default() };
            let document = XmlDocument::parse(&Budget::new(&raised), &text).unwrap();
            assert_eq!(document.tree().descendants().count(), 1_000_001);
        };
        std::thread::Builder::new().stack_size(2 << 20).spawn(deep).unwrap().join().unwrap();
    }

    /// roxmltree compares each attribute of an element with each other, and each name with every namespace in scope.
    #[test]
    fn comparisons_are_paid_for() {
        let attributes = |count: usize| {
            let attributes: String = (0..count).map(|n| format!(" a{n}=''")).collect();
            format!("<a{attributes}/>")
        };
        assert_eq!(parsed(&attributes(10_000)), Ok(2));
        assert!(matches!(parsed(&attributes(100_000)), Err(XmlError::Limit(_))));
        let namespaces = |declared: usize, elements: usize| {
            let declarations: String = (0..declared).map(|n| format!(" xmlns:p{n}='urn:{n}'")).collect();
            format!("<a{declarations}>{}</a>", "<b xmlns='urn:b'/>".repeat(elements))
        };
        assert_eq!(parsed(&namespaces(10_000, 0)), Ok(2));
        assert_eq!(parsed(&namespaces(20, 10_000)), Ok(10_002));
        assert!(matches!(parsed(&namespaces(10_000, 10)), Err(XmlError::Limit(_))));
        // A long URI is compared as often as there are pairs of attributes.
        let long =
            attributes(5_000).replace(" a", " p:a").replace("<a", &format!("<a xmlns:p='urn:{}'", "p".repeat(10_000)));
        assert!(matches!(parsed(&long), Err(XmlError::Limit(_))));
    }
}
