use std::fmt;

/// Tag class (X.690 8.1.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Types of X.680.
    Universal,
    /// Application-wide types.
    Application,
    /// Types whose meaning the enclosing structure gives.
    Context,
    /// Types private to an enterprise.
    Private,
}

/// An identifier octet or octets: class and number. Whether the encoding is constructed is a property of the
/// [`Element`](crate::Element), because BER lets strings be either.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Tag {
    /// The class.
    pub class: Class,
    /// The number within the class.
    pub number: u32,
}

impl Tag {
    /// BOOLEAN
    pub const BOOLEAN: Tag = Tag::universal(1);
    /// INTEGER
    pub const INTEGER: Tag = Tag::universal(2);
    /// BIT STRING
    pub const BIT_STRING: Tag = Tag::universal(3);
    /// OCTET STRING
    pub const OCTET_STRING: Tag = Tag::universal(4);
    /// NULL
    pub const NULL: Tag = Tag::universal(5);
    /// OBJECT IDENTIFIER
    pub const OID: Tag = Tag::universal(6);
    /// ENUMERATED
    pub const ENUMERATED: Tag = Tag::universal(10);
    /// UTF8String
    pub const UTF8_STRING: Tag = Tag::universal(12);
    /// SEQUENCE and SEQUENCE OF
    pub const SEQUENCE: Tag = Tag::universal(16);
    /// SET and SET OF
    pub const SET: Tag = Tag::universal(17);
    /// NumericString
    pub const NUMERIC_STRING: Tag = Tag::universal(18);
    /// PrintableString
    pub const PRINTABLE_STRING: Tag = Tag::universal(19);
    /// TeletexString (T61String)
    pub const TELETEX_STRING: Tag = Tag::universal(20);
    /// IA5String
    pub const IA5_STRING: Tag = Tag::universal(22);
    /// UTCTime
    pub const UTC_TIME: Tag = Tag::universal(23);
    /// GeneralizedTime
    pub const GENERALIZED_TIME: Tag = Tag::universal(24);
    /// VisibleString
    pub const VISIBLE_STRING: Tag = Tag::universal(26);
    /// UniversalString
    pub const UNIVERSAL_STRING: Tag = Tag::universal(28);
    /// BMPString
    pub const BMP_STRING: Tag = Tag::universal(30);

    /// A universal tag.
    pub const fn universal(number: u32) -> Self {
        Self { class: Class::Universal, number }
    }

    /// A context-specific tag, `[number]`.
    pub const fn context(number: u32) -> Self {
        Self { class: Class::Context, number }
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.class {
            Class::Universal => write!(f, "universal {}", self.number),
            Class::Application => write!(f, "[APPLICATION {}]", self.number),
            Class::Context => write!(f, "[{}]", self.number),
            Class::Private => write!(f, "[PRIVATE {}]", self.number),
        }
    }
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
