use std::collections::BTreeSet;

/// A canonicalization method with its parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Canonicalization {
    pub(super) rules: Rules,
    pub(super) comments: bool,
    /// `InclusiveNamespaces`' `PrefixList`; the default namespace is the empty prefix.
    pub(super) prefixes: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rules {
    /// Canonical XML 1.0.
    Inclusive,
    /// Canonical XML 1.1.
    Inclusive11,
    /// Exclusive XML Canonicalization 1.0.
    Exclusive,
}

const METHODS: [(&str, Rules, bool); 6] = [
    ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", Rules::Inclusive, false),
    ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", Rules::Inclusive, true),
    ("http://www.w3.org/2006/12/xml-c14n11", Rules::Inclusive11, false),
    ("http://www.w3.org/2006/12/xml-c14n11#WithComments", Rules::Inclusive11, true),
    ("http://www.w3.org/2001/10/xml-exc-c14n#", Rules::Exclusive, false),
    ("http://www.w3.org/2001/10/xml-exc-c14n#WithComments", Rules::Exclusive, true),
];

impl Canonicalization {
    /// The method that an `Algorithm` attribute names (XMLDSig 1.1, 6.5), without parameters.
    pub fn from_uri(uri: &str) -> Option<Self> {
        let (_, rules, comments) = METHODS.into_iter().find(|(known, ..)| *known == uri)?;
        Some(Self { rules, comments, prefixes: BTreeSet::new() })
    }

    /// Canonical XML 1.0 without comments, into which XMLDSig turns a node-set where no transform does (1.1, 4.4.3.2).
    pub fn inclusive() -> Self {
        Self { rules: Rules::Inclusive, comments: false, prefixes: BTreeSet::new() }
    }

    /// The prefixes that exclusive canonicalization treats as Canonical XML does, as `InclusiveNamespaces` lists them,
    /// `#default` among them (Exclusive XML Canonicalization 1.0, 3). Other methods have no such parameter.
    pub fn with_prefixes<P: AsRef<str>>(mut self, prefixes: impl IntoIterator<Item = P>) -> Self {
        let name = |prefix: P| if prefix.as_ref() == "#default" { String::new() } else { prefix.as_ref().to_owned() };
        self.prefixes = prefixes.into_iter().map(name).collect();
        self
    }

    /// Its `Algorithm`.
    pub fn uri(&self) -> &'static str {
        let same = |known: &&(&str, Rules, bool)| known.1 == self.rules && known.2 == self.comments;
        METHODS.iter().find(same).map_or("", |(uri, ..)| uri)
    }
}
