use std::fmt;

use object_store::path::Path;
use url::Url;

use super::{AddressProblem, ObjectsError};

/// What `s3://bucket/prefix` and its kin name.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) service: Service,
    /// Scheme and host, `s3://bucket` or `https://host:8443`.
    pub(super) root: String,
    /// What is asked for below.
    pub(super) path: Path,
    /// A trailing slash says that it is a folder.
    pub(super) is_folder: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Service {
    S3,
    Google,
    Azure,
    Web,
}

fn service(scheme: &str) -> Option<Service> {
    Some(match scheme.to_ascii_lowercase().as_str() {
        "s3" | "s3a" => Service::S3,
        "gs" => Service::Google,
        "az" | "azure" | "abfs" | "abfss" => Service::Azure,
        "http" | "https" => Service::Web,
        _ => return None,
    })
}

/// Whether a root names object storage or a web server, and no file: `s3://`, `gs://`, `az://`, `abfs://`, `http://` and
/// `https://`.
pub fn is_object_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, _)| service(scheme).is_some())
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, ObjectsError> {
        let problem = |problem| {
            // What is no address may hold anything, a password too: only the scheme is repeated.
            let scheme = text.split_once("://").map_or("", |(scheme, _)| scheme);
            ObjectsError::Address { address: format!("{scheme}://"), problem }
        };
        let (scheme, rest) = text.split_once("://").ok_or_else(|| problem(AddressProblem::Scheme))?;
        let scheme = scheme.to_ascii_lowercase();
        let service = service(&scheme).ok_or_else(|| problem(AddressProblem::Scheme))?;
        if service == Service::Web {
            return Self::web(text).map_err(problem);
        }
        let (host, key) = rest.split_once('/').unwrap_or((rest, ""));
        // `container@account.host` is how Azure is addressed.
        let expected =
            |c: char| c.is_ascii_alphanumeric() || "-._".contains(c) || (service == Service::Azure && c == '@');
        if host.is_empty() || !host.chars().all(expected) {
            return Err(problem(AddressProblem::Host));
        }
        // A key is no URL: `%`, `?`, `#` and `+` stand for themselves, as in the services' own tools.
        let path = Path::parse(key).map_err(|_| problem(AddressProblem::Path))?;
        Ok(Self { service, root: format!("{scheme}://{host}"), path, is_folder: key.ends_with('/') })
    }

    fn web(text: &str) -> Result<Self, AddressProblem> {
        let url = Url::parse(text).map_err(|_| AddressProblem::Host)?;
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AddressProblem::Secret);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AddressProblem::Query);
        }
        let path = Path::from_url_path(url.path()).map_err(|_| AddressProblem::Path)?;
        let root = url.origin().ascii_serialization();
        Ok(Self { service: Service::Web, root, path, is_folder: url.path().ends_with('/') })
    }

    /// The full address of an object.
    pub(super) fn name(&self, path: &Path) -> String {
        if self.service != Service::Web {
            return format!("{}/{path}", self.root);
        }
        let Ok(mut url) = Url::parse(&self.root) else { return self.root.clone() };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.parts().map(|part| part.as_ref().to_owned()));
        }
        url.to_string()
    }

    pub(super) fn problem(&self, problem: AddressProblem) -> ObjectsError {
        ObjectsError::Address { address: self.to_string(), problem }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name(&self.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_urls_are_told_from_files() {
        for url in
            ["s3://b/p", "S3://b", "gs://b", "az://c/p", "abfs://c@a.dfs.core.windows.net/", "http://h", "https://h/x"]
        {
            assert!(is_object_url(url), "{url}");
        }
        for path in ["/archive", "archive", "file:///archive", "C:\\archive", "s3:/b", "ftp://h/x", ""] {
            assert!(!is_object_url(path), "{path}");
        }
    }

    #[test]
    fn keys_stand_for_themselves_and_web_addresses_are_decoded() {
        let key = |url| Address::parse(url).map(|a| (a.path.to_string(), a.to_string(), a.is_folder)).unwrap();
        let expected = ("100%/a%20b+c?d#e".into(), "s3://b/100%/a%20b+c?d#e".into(), false);
        assert_eq!(key("s3://b/100%/a%20b+c?d#e"), expected);
        assert_eq!(key("gs://b/検印/"), ("検印".into(), "gs://b/検印".into(), true));
        let expected = ("a b/100%/検".into(), "https://h:8443/a%20b/100%25/%E6%A4%9C".into(), false);
        assert_eq!(key("https://h:8443/a%20b/100%25/検"), expected);
    }

    #[test]
    fn what_is_no_address_is_refused_without_repeating_it() {
        let cases = [
            ("ftp://h/x", AddressProblem::Scheme),
            ("s3:///key", AddressProblem::Host),
            ("s3://key:secret@bucket/x", AddressProblem::Host),
            ("https://user:secret@h/x", AddressProblem::Secret),
            ("https://h/x?sig=secret", AddressProblem::Query),
            ("s3://b/a//b", AddressProblem::Path),
            ("s3://b/../b", AddressProblem::Path),
        ];
        for (url, expected) in cases {
            let error = Address::parse(url).unwrap_err();
            assert!(!error.to_string().contains("secret"), "{error}");
            assert!(matches!(error, ObjectsError::Address { problem, .. } if problem == expected), "{url}: {error}");
        }
    }
}
