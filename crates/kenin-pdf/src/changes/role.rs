use std::rc::Rc;

use kenin_facts::ModificationRule as Rule;

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

    /// What the role amounts to when a stream stands where a dictionary or an array is expected.
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

    /// Whether these roles keep another one out, because the object has rules of its own and is only pointed at.
    /// The catalog, page tree nodes and pages have rules so strict that no other part can change under them.
    pub(super) fn keep_out(self, role: Role) -> bool {
        let strict = [Role::Catalog, Role::PageTree, Role::Page].into_iter().any(|strict| self.has(strict));
        let landmark = self.iter().next().is_some_and(Role::is_landmark);
        // A bookmark or a link may lead to a structure element (14.7.4.2, 12.3.3 /SE).
        let element = self.has(Role::Structure) && matches!(role, Role::Outline | Role::Actions | Role::Names);
        !role.is_landmark() && (strict || element || landmark && role.points())
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
