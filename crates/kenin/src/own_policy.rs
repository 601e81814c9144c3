//! Policies of one's own, held against the licence table: `kenin-policy` knows no licences.

use kenin_hpki::{LICENCES, LicenceKind};
use kenin_policy::{Policy, PolicyError};

/// Reads a policy of one's own, whose licences have to be national licences of the Ministry's table (14①1(2)).
///
/// # Errors
/// Those of [`Policy::of_ones_own`], and [`PolicyError::NoLicence`] for a manager role and for a name that the table lacks.
///
/// ```
/// let text = kenin::Policy::mhlw_6_0().text.replace("name = \"mhlw-6.0\"\n", "name = \"ours\"\n");
/// let ours = |roles: &str| kenin::read_policy(&text.replace("required_roles = []", roles));
/// assert_eq!(ours("required_roles = [\"Pharmacist\"]")?.requirements.required_roles, ["Pharmacist"]);
/// assert!(ours("required_roles = [\"pharmacist\"]").is_err());
/// # Ok::<(), kenin::PolicyError>(())
/// ```
pub fn read_policy(text: &str) -> Result<Policy, PolicyError> {
    let policy = Policy::of_ones_own(text)?;
    policy.requirements.check_licences(&licences().collect::<Vec<_>>())?;
    Ok(policy)
}

/// The national licences with their Japanese names; manager roles are none.
fn licences() -> impl Iterator<Item = (&'static str, &'static str)> {
    let national = LICENCES.iter().filter(|licence| licence.kind == LicenceKind::NationalLicence);
    national.map(|licence| (licence.name, licence.name_ja))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, other: &str) -> Result<Policy, PolicyError> {
        let text = Policy::mhlw_6_0().text.replace("name = \"mhlw-6.0\"\n", "name = \"ours\"\n");
        assert!(text.contains(line), "{line}");
        read_policy(&text.replace(line, other))
    }

    #[test]
    fn every_licence_of_the_table_can_be_asked_for() {
        let all: Vec<_> = licences().map(|(name, _)| format!("{name:?}")).collect();
        let policy = read("required_roles = []", &format!("required_roles = [{}]", all.join(", "))).unwrap();
        assert_eq!(policy.requirements.required_roles.len(), 27);
        for name in Policy::built_in_names() {
            assert!(read_policy(&Policy::built_in(name).unwrap().text).is_ok(), "{name}");
        }
    }

    #[test]
    fn what_is_no_licence_is_refused_with_those_there_are() {
        for name in ["Medical doctor", "Medical Doctor ", "医師", "", "Director of Hospital"] {
            let parts = format!("[requirements.parts]\ndispensing = [\"Pharmacist\", \"{name}\"]\n\n[validation]");
            for (line, other, key) in [
                ("required_roles = []", format!("required_roles = [\"{name}\"]"), "required_roles"),
                ("[validation]", parts, "requirements.parts.dispensing"),
            ] {
                let refused = read(line, &other).unwrap_err();
                assert!(
                    matches!(&refused, PolicyError::NoLicence { list, name: said, .. } if *list == key && said == name),
                    "{refused}"
                );
                let text = refused.to_string();
                assert!(text.contains("Medical Doctor (医師)") && !text.contains("Director of Clinic"), "{text}");
            }
        }
    }
}
