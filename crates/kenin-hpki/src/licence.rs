use serde::{Deserialize, Serialize};

use crate::{CODING_SCHEME, Role};

/// One codeDataFreeText of the Ministry's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licence {
    /// The text in the certificate, compared exactly.
    pub name: &'static str,
    /// The licence's name in Japanese.
    pub name_ja: &'static str,
    /// National licence or manager role.
    pub kind: LicenceKind,
    /// How the spelling is known.
    pub evidence: EvidenceMark,
}

/// What kind of role a text names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LicenceKind {
    /// A licence that law gives a person (国家資格).
    NationalLicence,
    /// A role in an institution (管理者), which is no licence.
    Manager,
}

/// How the spelling of a name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceMark {
    /// Read off a real certificate.
    Seen,
    /// Secondary sources agree.
    Second,
    /// Not confirmed by any source at hand.
    Recall,
}

/// What a role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// A national licence of the table.
    NationalLicence,
    /// A manager role of the table.
    Manager,
    /// Another coding scheme or a text that is not in the table: shown verbatim.
    Unrecognised,
}

/// The 27 national licences and 5 manager roles.
pub const LICENCES: &[Licence] = {
    use EvidenceMark::{Recall, Second, Seen};
    use LicenceKind::{Manager, NationalLicence};
    const fn row(name: &'static str, name_ja: &'static str, kind: LicenceKind, evidence: EvidenceMark) -> Licence {
        Licence { name, name_ja, kind, evidence }
    }
    &[
        row("Medical Doctor", "医師", NationalLicence, Seen),
        row("Dentist", "歯科医師", NationalLicence, Recall),
        row("Pharmacist", "薬剤師", NationalLicence, Seen),
        row("Medical Technologist", "臨床検査技師", NationalLicence, Recall),
        row("Radiological Technologist", "診療放射線技師", NationalLicence, Recall),
        row("General Nurse", "看護師", NationalLicence, Recall),
        row("Public Health Nurse", "保健師", NationalLicence, Recall),
        row("Midwife", "助産師", NationalLicence, Recall),
        row("Physical Therapist", "理学療法士", NationalLicence, Recall),
        row("Occupational Therapist", "作業療法士", NationalLicence, Recall),
        row("Orthoptist", "視能訓練士", NationalLicence, Recall),
        row("Speech Therapist", "言語聴覚士", NationalLicence, Recall),
        row("Dental Technician", "歯科技工士", NationalLicence, Recall),
        row("National Registered Dietitian", "管理栄養士", NationalLicence, Recall),
        row("Certified Social Worker", "社会福祉士", NationalLicence, Recall),
        row("Certified Care Worker", "介護福祉士", NationalLicence, Recall),
        row("Emergency Medical Technician", "救急救命士", NationalLicence, Recall),
        row("Psychiatric Social Worker", "精神保健福祉士", NationalLicence, Recall),
        row("Clinical Engineer", "臨床工学技士", NationalLicence, Recall),
        row("Massage and Finger Pressure Practitioner", "あん摩マッサージ指圧師", NationalLicence, Recall),
        row("Acupuncturist", "はり師", NationalLicence, Recall),
        row("Moxibustion Practitioner", "きゅう師", NationalLicence, Recall),
        row("Dental Hygienist", "歯科衛生士", NationalLicence, Recall),
        row("Prosthetics & Orthotic", "義肢装具士", NationalLicence, Recall),
        row("Judo Therapist", "柔道整復師", NationalLicence, Recall),
        row("Clinical Laboratory Technician", "衛生検査技師", NationalLicence, Recall),
        row("Certified Public Psychologist", "公認心理師", NationalLicence, Recall),
        row("Director of Hospital", "病院長", Manager, Second),
        row("Director of Clinic", "診療所院長", Manager, Second),
        row("Supervisor of Pharmacy", "管理薬剤師", Manager, Recall),
        row("Proprietor of Pharmacy", "薬局開設者", Manager, Recall),
        row("Director", "その他の管理責任者", Manager, Recall),
    ]
};

/// The row of the table that a role names: the coding scheme must be the Ministry's and the text equal to the last
/// character, because a name that is merely similar is another name.
pub fn classify(role: &Role) -> (RoleKind, Option<&'static Licence>) {
    let text = role.text.as_deref().filter(|_| role.coding_scheme == CODING_SCHEME);
    let licence = text.and_then(|text| LICENCES.iter().find(|licence| licence.name == text));
    let kind = match licence.map(|licence| licence.kind) {
        Some(LicenceKind::NationalLicence) => RoleKind::NationalLicence,
        Some(LicenceKind::Manager) => RoleKind::Manager,
        None => RoleKind::Unrecognised,
    };
    (kind, licence)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kenin_base::Oid;

    use super::*;

    fn role(text: &str) -> Role {
        Role { coding_scheme: CODING_SCHEME, code_value: None, text: Some(text.into()), regional_data: 0 }
    }

    #[test]
    fn the_table_has_27_licences_and_5_manager_roles() {
        let of = |kind| LICENCES.iter().filter(|licence| licence.kind == kind).count();
        assert_eq!((of(LicenceKind::NationalLicence), of(LicenceKind::Manager)), (27, 5));
        assert_eq!(LICENCES.iter().map(|licence| licence.name).collect::<BTreeSet<_>>().len(), 32);
    }

    #[test]
    fn only_the_exact_text_under_the_ministrys_scheme_counts() {
        assert_eq!(classify(&role("Medical Doctor")).0, RoleKind::NationalLicence);
        assert_eq!(classify(&role("Medical Doctor")).1.unwrap().name_ja, "医師");
        assert_eq!(classify(&role("Director of Hospital")).0, RoleKind::Manager);
        for text in ["medical doctor", "Medical Doctor ", " Medical Doctor", "Medical  Doctor", "Doctor", "", "医師"]
        {
            assert_eq!(classify(&role(text)), (RoleKind::Unrecognised, None), "{text:?}");
        }
        let other_scheme = Role { coding_scheme: Oid::new(&[1, 2, 3]), ..role("Medical Doctor") };
        assert_eq!(classify(&other_scheme), (RoleKind::Unrecognised, None));
        assert_eq!(classify(&Role { text: None, ..role("") }).0, RoleKind::Unrecognised);
    }
}
