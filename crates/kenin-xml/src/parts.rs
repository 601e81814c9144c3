//! The parts of a Signature element (XMLDSig 1.1 4.2), found by their places and nowhere else.

use roxmltree::Node;

use crate::ids::{Ids, Unresolved};
use crate::names::{algorithm, ds_child, ds_children, is_ds, is_xades, xades_children, xades_path};

/// A Signature element.
#[derive(Clone, Copy)]
pub(crate) struct Parts<'n, 't> {
    pub element: Node<'n, 't>,
    pub signed_info: Node<'n, 't>,
    pub canonicalization: Node<'n, 't>,
    pub method: Node<'n, 't>,
    pub value: Node<'n, 't>,
    pub key_info: Option<Node<'n, 't>>,
    /// Its QualifyingProperties (EN 319 132-1 4.4).
    pub qualifying: Option<Node<'n, 't>>,
}

impl<'n, 't> Parts<'n, 't> {
    /// Cuts a Signature up: SignedInfo, SignatureValue, KeyInfo and Objects in this order, and nothing else.
    ///
    /// # Errors
    /// What is missing or in the wrong place.
    pub fn of(element: Node<'n, 't>) -> Result<Self, &'static str> {
        let mut children = element.children().filter(Node::is_element).peekable();
        let mut take = |name: &'static str| children.next_if(|child| is_ds(*child, name));
        let signed_info = take("SignedInfo").ok_or("SignedInfo")?;
        let value = take("SignatureValue").ok_or("SignatureValue")?;
        let key_info = take("KeyInfo");
        if !children.all(|child| is_ds(child, "Object")) {
            return Err("an element that does not belong into a Signature");
        }
        let mut fields = signed_info.children().filter(Node::is_element);
        let mut field = |name: &'static str| fields.next().filter(|child| is_ds(*child, name)).ok_or(name);
        let canonicalization = field("CanonicalizationMethod")?;
        let method = field("SignatureMethod")?;
        field("Reference")?;
        if !fields.all(|child| is_ds(child, "Reference")) {
            return Err("an element that does not belong into SignedInfo");
        }
        let qualifying = qualifying_properties(element)?;
        Ok(Self { element, signed_info, canonicalization, method, value, key_info, qualifying })
    }

    /// The references of SignedInfo.
    pub fn references(&self) -> impl Iterator<Item = Node<'n, 't>> + use<'n, 't> {
        ds_children(self.signed_info, "Reference")
    }

    /// Every Object, in order.
    pub fn objects(&self) -> impl Iterator<Item = Node<'n, 't>> + use<'n, 't> {
        ds_children(self.element, "Object")
    }

    /// Its SignedProperties.
    pub fn signed_properties(&self) -> Option<Node<'n, 't>> {
        xades_path(self.qualifying?, &["SignedProperties"])
    }

    /// Its UnsignedSignatureProperties.
    pub fn unsigned_properties(&self) -> Option<Node<'n, 't>> {
        xades_path(self.qualifying?, &["UnsignedProperties", "UnsignedSignatureProperties"])
    }
}

/// The one QualifyingProperties of a signature. Several would let one be signed and another be read (EN 319 132-1 4.4.2).
fn qualifying_properties<'n, 't>(signature: Node<'n, 't>) -> Result<Option<Node<'n, 't>>, &'static str> {
    let objects = ds_children(signature, "Object");
    let mut all = objects.flat_map(|object| xades_children(object, "QualifyingProperties"));
    let first = all.next();
    if all.next().is_some() {
        return Err("more than one QualifyingProperties");
    }
    let Some(first) = first else { return Ok(None) };
    for (name, groups) in [
        ("SignedProperties", ["SignedSignatureProperties", "SignedDataObjectProperties"]),
        ("UnsignedProperties", ["UnsignedSignatureProperties", "UnsignedDataObjectProperties"]),
    ] {
        let mut properties = xades_children(first, name);
        let group = properties.next();
        let repeated = |name| group.is_some_and(|group| xades_children(group, name).count() > 1);
        if properties.next().is_some() || groups.into_iter().any(repeated) {
            return Err("more than one SignedProperties or UnsignedProperties, or group of them");
        }
    }
    Ok(Some(first))
}

/// What the Target of QualifyingProperties names (EN 319 132-1 4.4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// The signature that they are in.
    Own,
    /// Nothing in the document.
    Nothing,
    /// Another element, or one of several.
    Other,
}

impl Target {
    pub fn of(qualifying: Node<'_, '_>, signature: Node<'_, '_>, ids: &Ids<'_>) -> Self {
        let target = qualifying.attribute("Target").unwrap_or_default();
        let fragment = target.strip_prefix('#');
        if fragment.is_some() && fragment == signature.attribute("Id") {
            return Self::Own;
        }
        match ids.get(fragment.unwrap_or(target)) {
            Err(Unresolved::Missing) => Self::Nothing,
            // The signature's identifier without the # that makes it a reference.
            Ok(named) if named == signature.id() => Self::Nothing,
            Ok(_) | Err(Unresolved::Duplicate) => Self::Other,
        }
    }
}

/// The Signature in whose unsigned properties a counter-signature lies, and these (EN 319 132-1 5.2.7.2), if they are its.
pub(crate) fn counter_signed<'n, 't>(signature: Node<'n, 't>) -> Option<(Node<'n, 't>, Node<'n, 't>)> {
    let property = signature.parent().filter(|parent| is_xades(*parent, "CounterSignature"))?;
    let properties = property.parent_element()?;
    Some((properties.ancestors().find(|above| is_ds(*above, "Signature"))?, properties))
}

/// The digest or canonicalization method of a timestamp: that of its CanonicalizationMethod child, else the default.
pub(crate) fn own_canonicalization<'n, 't>(timestamp: Node<'n, 't>) -> Option<Node<'n, 't>> {
    ds_child(timestamp, "CanonicalizationMethod").filter(|method| !algorithm(*method).is_empty())
}
