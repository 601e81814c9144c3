//! The ASN.1 of ISO 17090-2, in a module of its own because rasn's `Decoder` is a trait of the same name as ours.

use rasn::prelude::*;

// Every context tag is explicit:
//
//     HCActorData  ::= SET OF HCActor
//     HCActor      ::= SEQUENCE { codedData [0] CodedData, regionalHCActorData [1] SEQUENCE OF RegionalData OPTIONAL }
//     CodedData    ::= SET { codingSchemeReference [0] OBJECT IDENTIFIER,
//                            codeDataValue [1] NumericString OPTIONAL,
//                            codeDataFreeText [2] DirectoryString }
//
// Codes and texts stay undecoded here because deployed and older forms use other string types.

#[derive(AsnType, Decode, Debug)]
pub(crate) struct HcActor {
    #[rasn(tag(explicit(context, 0)))]
    pub coded_data: CodedData,
    #[rasn(tag(explicit(context, 1)))]
    pub regional_data: Option<Any>,
}

#[derive(AsnType, Decode, Debug)]
#[rasn(set)]
pub(crate) struct CodedData {
    #[rasn(tag(explicit(context, 0)))]
    pub coding_scheme_reference: ObjectIdentifier,
    #[rasn(tag(explicit(context, 1)))]
    pub code_data_value: Option<Any>,
    #[rasn(tag(explicit(context, 2)))]
    pub code_data_free_text: Option<Any>,
}
