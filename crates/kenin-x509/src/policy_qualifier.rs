use kenin_asn1::{Element, Error, Tag};
use kenin_base::Oid;

use crate::decode::each;

const ID_QT_CPS: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 2, 1]);
const ID_QT_UNOTICE: Oid = Oid::new(&[1, 3, 6, 1, 5, 5, 7, 2, 2]);

/// PolicyQualifierInfo (RFC 5280 4.2.1.4): what the CA says about a policy, for people to read. No check depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyQualifier {
    /// id-qt-cps: where the certification practice statement is.
    CpsUri(String),
    /// id-qt-unotice: a text to show, longer than the 200 characters that RFC 5280 allows in some certificates.
    UserNotice {
        /// explicitText; absent where the notice is only referred to.
        explicit_text: Option<String>,
    },
    /// Another qualifier, or one whose value cannot be read.
    Other(Oid),
}

impl PolicyQualifier {
    /// `policyQualifiers SEQUENCE SIZE (1..MAX) OF PolicyQualifierInfo`
    pub(crate) fn sequence(element: Element<'_, '_>) -> Result<Vec<Self>, Error> {
        each(element, Tag::SEQUENCE, |info| {
            let mut fields = info.with_tag(Tag::SEQUENCE)?.children()?;
            let id = fields.expect(Tag::OID)?.oid()?;
            let value = fields.element()?;
            fields.finish()?;
            Ok(match id {
                ID_QT_CPS => value.text().map_or(Self::Other(id), Self::CpsUri),
                ID_QT_UNOTICE => user_notice(value).unwrap_or(Self::Other(id)),
                _ => Self::Other(id),
            })
        })
    }
}

/// `UserNotice ::= SEQUENCE { noticeRef NoticeReference OPTIONAL, explicitText DisplayText OPTIONAL }`
fn user_notice(value: Element<'_, '_>) -> Result<PolicyQualifier, Error> {
    let mut fields = value.with_tag(Tag::SEQUENCE)?.children()?;
    fields.optional(Tag::SEQUENCE)?;
    let explicit_text = if fields.is_empty() { None } else { Some(fields.element()?.text()?) };
    fields.finish()?;
    Ok(PolicyQualifier::UserNotice { explicit_text })
}
