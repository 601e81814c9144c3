use serde::{Deserialize, Serialize};

/// One change that a revision makes to the document after a signature: a fact, without opinion. Whether it is allowed
/// depends on the permissions in force and the policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Modification {
    /// What kind of change it is.
    pub rule: ModificationRule,
    /// The revision that makes it, counted from 1.
    pub revision: u32,
    /// Object number and generation of what changed, `12 0`; of a new object its own.
    pub object: String,
    /// The page it shows on, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Where on the page, in default user space units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rect: Option<Rect>,
    /// The visible box of that page as the revision has it (ISO 32000-2 14.11.2), in default user space units, before
    /// the page is turned; `None` where it cannot be told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_box: Option<Rect>,
    /// How that page is turned when it is shown.
    #[serde(default, skip_serializing_if = "PageRotation::is_upright")]
    pub page_rotate: PageRotation,
    /// Whether the place lies over text of the signed page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub over_text: bool,
    /// The form field concerned, by its fully qualified name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The path of keys from the object to the value that differs, `/AP /N`; empty for the object as a whole.
    pub what: String,
}

/// A rectangle in default user space (ISO 32000-1 7.9.5), its corners in order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rect {
    /// Least x.
    pub left: f64,
    /// Least y.
    pub bottom: f64,
    /// Greatest x.
    pub right: f64,
    /// Greatest y.
    pub top: f64,
}

impl Rect {
    /// The rectangle between two opposite corners, in whatever order they come.
    pub fn between(first: (f64, f64), second: (f64, f64)) -> Self {
        Self {
            left: first.0.min(second.0),
            bottom: first.1.min(second.1),
            right: first.0.max(second.0),
            top: first.1.max(second.1),
        }
    }

    /// Whether it has no area.
    pub fn is_flat(&self) -> bool {
        self.right <= self.left || self.top <= self.bottom
    }

    /// Whether the two share an area.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.bottom < other.top && other.bottom < self.top
    }

    /// The area the two share.
    pub fn intersection(&self, other: &Rect) -> Option<Self> {
        let shared = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        Some(shared).filter(|shared| !shared.is_flat())
    }
}

impl std::fmt::Display for Rect {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {} {} {}", self.left, self.bottom, self.right, self.top)
    }
}

/// How a page is turned when it is shown: clockwise, in quarters (ISO 32000-2 table 31 /Rotate).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum PageRotation {
    /// Not at all.
    #[default]
    Upright,
    /// By 90 degrees.
    Quarter,
    /// By 180 degrees.
    Half,
    /// By 270 degrees.
    ThreeQuarters,
}

impl PageRotation {
    /// The rotation by so many degrees, full turns left out; `None` when it is not in quarters.
    pub fn of_degrees(degrees: i64) -> Option<Self> {
        match degrees.rem_euclid(360) {
            0 => Some(Self::Upright),
            90 => Some(Self::Quarter),
            180 => Some(Self::Half),
            270 => Some(Self::ThreeQuarters),
            _ => None,
        }
    }

    /// 0, 90, 180 or 270.
    pub const fn degrees(self) -> u16 {
        match self {
            Self::Upright => 0,
            Self::Quarter => 90,
            Self::Half => 180,
            Self::ThreeQuarters => 270,
        }
    }

    /// Whether the page is shown as it is written.
    pub fn is_upright(&self) -> bool {
        *self == Self::Upright
    }
}

impl From<PageRotation> for u16 {
    fn from(rotation: PageRotation) -> Self {
        rotation.degrees()
    }
}

impl TryFrom<u16> for PageRotation {
    type Error = String;

    fn try_from(degrees: u16) -> Result<Self, Self::Error> {
        Self::of_degrees(degrees.into()).ok_or_else(|| format!("a page cannot be turned by {degrees} degrees"))
    }
}

/// What kind of actions a change belongs to, in the order of the permissions that DocMDP grants (ISO 32000-2 12.8.2.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModificationClass {
    /// Keeps the signature verifiable and shows on no page: permitted always, even by P 1.
    Preservation,
    /// Filling in forms and signing: P 2.
    FormFilling,
    /// Annotations: P 3.
    Annotation,
    /// Anything else; no permission allows it.
    Content,
}

macro_rules! modification_rules {
    ($( $variant:ident => $id:literal, $class:ident, $meaning:literal; )*) => {
        /// The stable id of a kind of change. Ids are added, never renamed or removed, within a report schema version.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum ModificationRule {
            $( #[doc = $meaning] #[serde(rename = $id)] $variant, )*
        }

        impl ModificationRule {
            /// Every rule, by class.
            pub const ALL: &'static [ModificationRule] = &[ $( ModificationRule::$variant, )* ];

            /// The kebab-case text of the id.
            pub const fn as_str(self) -> &'static str {
                match self { $( ModificationRule::$variant => $id, )* }
            }

            /// The class of actions it belongs to.
            pub const fn class(self) -> ModificationClass {
                match self { $( ModificationRule::$variant => ModificationClass::$class, )* }
            }
        }
    };
}

modification_rules! {
    SecurityStore => "security-store", Preservation, "/DSS or /VRI was added, extended, rewritten or removed.";
    DocumentTimestamp => "document-timestamp", Preservation, "A document timestamp was added, showing nothing.";
    HiddenSignatureField => "hidden-signature-field", Preservation, "A signature field that shows nothing was added, without a value.";
    Metadata => "metadata", Preservation, "XMP metadata or the information dictionary was updated.";
    Extensions => "extensions", Preservation, "/Version, /Extensions or /MarkInfo of the catalog was updated.";
    UnusedObject => "unused-object", Preservation, "An object was written or freed that nothing in the document refers to.";

    SignatureField => "signature-field", FormFilling, "A signature field that shows on a page was added, without a value.";
    Signature => "signature", FormFilling, "A signature was added.";
    FormFieldValue => "form-field-value", FormFilling, "A form field was filled in.";
    FormFieldAppearance => "form-field-appearance", FormFilling, "The appearance of a form field changed with its value.";
    FormResources => "form-resources", FormFilling, "The form's default resources changed.";
    FormDefaults => "form-defaults", FormFilling, "What fields inherit from the form changed: /DA, /Q, /NeedAppearances.";
    StructureGrowth => "structure-growth", FormFilling, "The logical structure gained elements; those there are unchanged.";

    AnnotationAdded => "annotation-added", Annotation, "An annotation was added.";
    AnnotationChanged => "annotation-changed", Annotation, "An annotation was changed.";
    AnnotationRemoved => "annotation-removed", Annotation, "An annotation was removed.";

    PageContent => "page-content", Content, "The content of a page changed.";
    PageResources => "page-resources", Content, "A resource of a page changed: a font, an image, a form.";
    PageAttributes => "page-attributes", Content, "Another entry of a page changed: its size, its rotation.";
    PageTree => "page-tree", Content, "Pages were added, removed, replaced or put into another order.";
    FormFieldAdded => "form-field-added", Content, "A form field other than a signature field was added.";
    FormFieldRemoved => "form-field-removed", Content, "A form field was removed.";
    FormFieldChanged => "form-field-changed", Content, "A form field was changed in more than its value.";
    FormChanged => "form-changed", Content, "The interactive form as a whole was changed.";
    SignatureChanged => "signature-changed", Content, "An earlier signature was changed or removed.";
    Names => "names", Content, "Named destinations, embedded files or scripts changed.";
    Outline => "outline", Content, "The outline (bookmarks) changed.";
    Actions => "actions", Content, "An action of the document, a page, a field or an annotation changed.";
    Structure => "structure", Content, "The logical structure changed.";
    OptionalContent => "optional-content", Content, "Optional content (layers) changed.";
    Catalog => "catalog", Content, "Another entry of the catalog or of the trailer changed.";
    Encryption => "encryption", Content, "The encryption dictionary changed.";
    OtherObject => "other-object", Content, "An object was redefined whose part in the document is not known.";
}

impl std::fmt::Display for ModificationRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Which form fields a signature locks (ISO 32000-1 12.8.2.4 FieldMDP, 12.7.4.5 SigFieldLock).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldLock {
    /// Which of the fields named are meant.
    pub action: LockAction,
    /// Fully qualified names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<String>,
}

/// /Action of a field lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LockAction {
    /// Every field.
    All,
    /// The fields named, and those below them.
    Include,
    /// Every field but those named, and those below them.
    Exclude,
}

impl FieldLock {
    /// Whether the field of this fully qualified name is locked. A lock on a field holds for its children.
    pub fn locks(&self, field: &str) -> bool {
        let named =
            |name: &String| field.strip_prefix(name.as_str()).is_some_and(|r| r.is_empty() || r.starts_with('.'));
        match self.action {
            LockAction::All => true,
            LockAction::Include => self.fields.iter().any(named),
            LockAction::Exclude => !self.fields.iter().any(named),
        }
    }
}

impl FieldLock {
    /// Whether a change of the field of this name touches a locked one: itself, or one below that inherits from it.
    pub fn touches(&self, field: &str) -> bool {
        let below = |name: &String| name.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'));
        self.locks(field) || self.action == LockAction::Include && self.fields.iter().any(below)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_holds_for_the_fields_below() {
        let lock =
            |action, fields: &[&str]| FieldLock { action, fields: fields.iter().map(ToString::to_string).collect() };
        let include = lock(LockAction::Include, &["a.b"]);
        assert!(include.locks("a.b") && include.locks("a.b.c") && !include.locks("a") && !include.locks("a.bc"));
        let exclude = lock(LockAction::Exclude, &["a"]);
        assert!(!exclude.locks("a") && !exclude.locks("a.b") && exclude.locks("ab"));
        assert!(lock(LockAction::All, &[]).locks("x"));
        // What a parent has is inherited by the locked field below it.
        assert!(include.touches("a") && !include.touches("ab") && include.touches("a.b.c"));
    }

    #[test]
    fn rectangles_overlap_when_they_share_an_area() {
        let rect = Rect::between((30.0, 40.0), (10.0, 20.0));
        assert_eq!(rect.to_string(), "10 20 30 40");
        assert!(rect.overlaps(&Rect::between((29.0, 39.0), (50.0, 50.0))));
        assert!(!rect.overlaps(&Rect::between((30.0, 20.0), (50.0, 40.0))));
        assert!(Rect::between((1.0, 1.0), (1.0, 9.0)).is_flat());
        let shared = rect.intersection(&Rect::between((0.0, 25.0), (20.0, 90.0)));
        assert_eq!(shared, Some(Rect::between((10.0, 25.0), (20.0, 40.0))));
        assert_eq!(rect.intersection(&Rect::between((30.0, 20.0), (50.0, 40.0))), None);
        assert_eq!(rect.intersection(&Rect::between((20.0, 20.0), (20.0, 40.0))), None);
    }

    #[test]
    fn pages_turn_in_quarters() {
        let degrees = |degrees| PageRotation::of_degrees(degrees).map(PageRotation::degrees);
        assert_eq!([0, 90, 180, 270, 360, -90, 450].map(degrees), [0, 90, 180, 270, 0, 270, 90].map(Some));
        assert_eq!([45, 1, -1, i64::MIN].map(degrees), [None; 4]);
        assert!(PageRotation::try_from(450).is_ok() && PageRotation::try_from(45).is_err());
    }

    #[test]
    fn rule_ids_are_unique_and_in_order_of_class() {
        let ids: std::collections::BTreeSet<_> = ModificationRule::ALL.iter().map(|rule| rule.as_str()).collect();
        assert_eq!(ids.len(), ModificationRule::ALL.len());
        assert!(ModificationRule::ALL.is_sorted_by_key(|rule| rule.class()));
    }
}
