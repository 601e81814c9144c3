use std::rc::Rc;

use kenin_facts::ModificationRule as Rule;

use crate::object::Object;

/// The part an object plays in the document, by the path on which it is reached. An object may play several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Role {
    // In the order in which a revision's changes are looked at: fields before the pages that show them.
    Catalog,
    Form,
    /// /Fields of the form, /Kids of a field.
    Fields,
    /// A field, a widget of it, or both in one dictionary.
    Field,
    PageTree,
    Page,
    /// /Annots of a page.
    Annotations,
    Annotation,
    // From here on a change anywhere in the object is one of the same kind.
    FieldPart,
    FieldValue,
    FieldAppearance,
    SignatureValue,
    FormResource,
    FormPart,
    PageContent,
    PageResource,
    PagePart,
    AnnotationPart,
    Store,
    Metadata,
    Information,
    Extensions,
    Names,
    Outline,
    Actions,
    Structure,
    OptionalContent,
    Encryption,
    CatalogPart,
}

impl Role {
    const ALL: [Role; 29] = [
        Role::Catalog,
        Role::Form,
        Role::Fields,
        Role::Field,
        Role::PageTree,
        Role::Page,
        Role::Annotations,
        Role::Annotation,
        Role::FieldPart,
        Role::FieldValue,
        Role::FieldAppearance,
        Role::SignatureValue,
        Role::FormResource,
        Role::FormPart,
        Role::PageContent,
        Role::PageResource,
        Role::PagePart,
        Role::AnnotationPart,
        Role::Store,
        Role::Metadata,
        Role::Information,
        Role::Extensions,
        Role::Names,
        Role::Outline,
        Role::Actions,
        Role::Structure,
        Role::OptionalContent,
        Role::Encryption,
        Role::CatalogPart,
    ];

    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Whether the object has rules of its own.
    pub(super) fn is_landmark(self) -> bool {
        self < Role::FieldPart
    }

    /// Whether a reference from such an object may merely point: a bookmark to a page, a structure element to an
    /// annotation, a signature's /Data to the catalog. What shows on a page never points.
    fn points(self) -> bool {
        matches!(
            self,
            Role::FieldPart
                | Role::FormPart
                | Role::PagePart
                | Role::AnnotationPart
                | Role::SignatureValue
                | Role::Names
                | Role::Outline
                | Role::Actions
                | Role::Structure
                | Role::CatalogPart
        )
    }

    /// Whether an object of this role can be what stands there; one that does not exist yet may become anything.
    pub(super) fn fits(self, object: &Object) -> bool {
        match object {
            Object::Null => true,
            Object::Dictionary(_) => !matches!(self, Role::Fields | Role::Annotations),
            Object::Array(_) => {
                matches!(self, Role::Fields | Role::Annotations | Role::PageTree) || !self.is_landmark()
            }
            _ => !self.is_landmark(),
        }
    }

    /// What the role amounts to when something else stands there.
    pub(super) fn of_stray(self) -> Role {
        match self {
            Role::Catalog => Role::CatalogPart,
            Role::Form => Role::FormPart,
            Role::Fields | Role::Field => Role::FieldPart,
            Role::PageTree | Role::Page => Role::PageContent,
            Role::Annotations | Role::Annotation => Role::AnnotationPart,
            other => other,
        }
    }

    /// What a change in an object of this role is.
    pub(super) fn rule(self) -> Rule {
        match self {
            Role::Catalog | Role::CatalogPart => Rule::Catalog,
            Role::Form | Role::FormPart | Role::FormResource => Rule::FormChanged,
            Role::Fields | Role::Field | Role::FieldPart => Rule::FormFieldChanged,
            Role::PageTree => Rule::PageTree,
            Role::Page | Role::PagePart => Rule::PageAttributes,
            Role::Annotations | Role::Annotation | Role::AnnotationPart => Rule::AnnotationChanged,
            Role::FieldValue => Rule::FormFieldValue,
            Role::FieldAppearance => Rule::FormFieldAppearance,
            Role::SignatureValue => Rule::SignatureChanged,
            Role::PageContent => Rule::PageContent,
            Role::PageResource => Rule::PageResources,
            Role::Store => Rule::SecurityStore,
            Role::Metadata | Role::Information => Rule::Metadata,
            Role::Extensions => Rule::Extensions,
            Role::Names => Rule::Names,
            Role::Outline => Rule::Outline,
            Role::Actions => Rule::Actions,
            Role::Structure => Rule::Structure,
            Role::OptionalContent => Rule::OptionalContent,
            Role::Encryption => Rule::Encryption,
        }
    }
}

/// The roles of one object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct RoleSet(u32);

impl RoleSet {
    pub(super) fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// Whether the role was new.
    pub(super) fn add(&mut self, role: Role) -> bool {
        let before = self.0;
        self.0 |= role.bit();
        before != self.0
    }

    pub(super) fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// What is known of one object's part in the document.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub roles: RoleSet,
    /// The first page that leads to it, counted from 1.
    pub page: Option<u32>,
    /// The fully qualified name of the first field that leads to it.
    pub field: Option<Rc<str>>,
    /// The field or widget object that it is a part of.
    pub owner: Option<u32>,
    /// Whether another field leads to it too: a change of it is one of both.
    pub shared: bool,
    /// Whether it is an element of the logical structure, which bookmarks and links may lead to.
    pub element: bool,
    /// Whether the object exists; one that does not may become anything.
    pub defined: bool,
    /// Whether it is, or could pass for, an action: it has /S (12.6.2).
    pub action: bool,
}

impl Part {
    /// Whether another role is kept out, because the object has rules of its own and is only pointed at.
    pub(super) fn keeps_out(&self, role: Role) -> bool {
        let is = |landmark: Role| self.roles.has(landmark);
        if role.is_landmark() || !self.defined || !role.points() {
            return false;
        }
        is(Role::Catalog)
            || is(Role::PageTree)
            || is(Role::Page)
            || is(Role::Form)
            || is(Role::Field) && role != Role::Names
            || is(Role::Annotation)
                && match role {
                    Role::Structure | Role::FieldPart | Role::AnnotationPart => true,
                    Role::Actions => !self.action,
                    _ => false,
                }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_has_a_bit_of_its_own() {
        let mut set = RoleSet::default();
        assert!(set.is_empty());
        for role in Role::ALL {
            assert!(set.add(role) && set.has(role) && !set.add(role));
        }
        assert_eq!(set.iter().collect::<Vec<_>>(), Role::ALL);
        assert!(Role::ALL.is_sorted());
    }
}
