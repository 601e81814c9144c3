//! `join-URI-References` (C14N 1.1, 2.4): RFC 3986 with a base that may be relative.

/// A reference resolved against a base: RFC 3986, 5.2.1 and 5.2.2, where the base needs no scheme, a trailing `..` of its path
/// is `../`, and the reference's fragment is dropped.
pub(super) fn join(base: &str, reference: &str) -> String {
    let (base, reference) = (Parts::of(base), Parts::of(reference));
    let mut base_path = base.path.to_owned();
    if base_path == ".." || base_path.ends_with("/..") {
        base_path.push('/');
    }
    let (scheme, authority, path, query);
    if reference.scheme.is_some() || reference.authority.is_some() {
        scheme = reference.scheme.or(base.scheme);
        (authority, path, query) = (reference.authority, without_dot_segments(reference.path), reference.query);
    } else {
        (scheme, authority) = (base.scheme, base.authority);
        if reference.path.is_empty() {
            (path, query) = (base_path, reference.query.or(base.query));
        } else {
            let merged = match reference.path.starts_with('/') {
                true => reference.path.to_owned(),
                false => merged(authority, &base_path, reference.path),
            };
            (path, query) = (without_dot_segments(&merged), reference.query);
        }
    }
    let scheme = scheme.map(|scheme| format!("{scheme}:"));
    let authority = authority.map(|authority| format!("//{authority}"));
    let query = query.map(|query| format!("?{query}"));
    [scheme, authority, Some(path), query].into_iter().flatten().collect()
}

/// RFC 3986, 5.2.3.
fn merged(authority: Option<&str>, base: &str, path: &str) -> String {
    match base.rfind('/') {
        None if authority.is_some() => format!("/{path}"),
        None => path.to_owned(),
        Some(slash) => format!("{}{path}", base.get(..=slash).unwrap_or_default()),
    }
}

/// RFC 3986, 5.2.4 as C14N 1.1 modifies it: leading `../` stay in a relative path, several `/` are one, and `/` is appended
/// to a trailing `..`.
fn without_dot_segments(path: &str) -> String {
    let is_absolute = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        match (segment, kept.last()) {
            (".", _) => {}
            ("..", Some(&last)) if last != ".." => _ = kept.pop(),
            ("..", None) if is_absolute => {}
            _ => kept.push(segment),
        }
    }
    let is_directory = matches!(path.rsplit('/').next(), Some("" | "." | ".."));
    let mut result = String::with_capacity(path.len() + 1);
    if is_absolute {
        result.push('/');
    }
    result.push_str(&kept.join("/"));
    if is_directory && !kept.is_empty() {
        result.push('/');
    }
    result
}

/// RFC 3986, appendix B, without the fragment.
struct Parts<'u> {
    scheme: Option<&'u str>,
    authority: Option<&'u str>,
    path: &'u str,
    query: Option<&'u str>,
}

impl<'u> Parts<'u> {
    fn of(uri: &'u str) -> Self {
        let rest = uri.split('#').next().unwrap_or_default();
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, Some(query)),
            None => (rest, None),
        };
        let (scheme, rest) = match rest.split_once(':') {
            Some((scheme, rest)) if !scheme.is_empty() && !scheme.contains('/') => (Some(scheme), rest),
            _ => (None, rest),
        };
        match rest.strip_prefix("//") {
            None => Self { scheme, authority: None, path: rest, query },
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                Self { scheme, authority: Some(authority), path, query }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C14N 1.1, 2.4 and appendix A.
    #[test]
    fn dot_segments() {
        for (path, expected) in [
            ("no/.././/pseudo-netpath/seg/file.ext", "pseudo-netpath/seg/file.ext"),
            ("yes/no//..//.///pseudo-netpath/seg/file.ext", "yes/pseudo-netpath/seg/file.ext"),
            ("no/../yes/no/..", "yes/"),
            ("../../no/../..", "../../../"),
            ("no/../..", "../"),
            ("no/..", ""),
            ("no/../", ""),
            ("/a/b/c/./../../g", "/a/g"),
            ("mid/content=5/../6", "mid/6"),
            ("../../..", "../../../"),
            ("no/../../", "../"),
            ("..yes/..no/..no/..no/../../../..yes", "..yes/..yes"),
            (".", ""),
            ("./.", ""),
            ("//no/..", "/"),
            ("yes/no/no/no/../../../yes/", "yes/yes/"),
            ("/..no/../", "/"),
            ("/./.././.././..", "/"),
            ("//..//..//..", "/"),
            ("..", "../"),
        ] {
            assert_eq!(without_dot_segments(path), expected, "{path}");
        }
    }

    #[test]
    fn joined() {
        for (base, reference, expected) in [
            ("abc/", "../", ""),
            ("../", "../", "../../"),
            ("..", "..", "../../"),
            ("..", "../x", "../../x"),
            ("bar/", "foo", "bar/foo"),
            ("something/else", "bar/", "something/bar/"),
            ("a/", "b#fragment", "a/b"),
            ("a/?q", "", "a/?q"),
            ("a/?q", "?r", "a/?r"),
            ("a/b?q", "c?s", "a/c?s"),
            ("something/else", "urn:x", "urn:x"),
            ("http://a.example", "b", "http://a.example/b"),
            ("http://a.example/c/d", "//b.example/../x", "http://b.example/x"),
            ("http://a.example/c/d", "/x/../y", "http://a.example/y"),
            ("http://a.example/c/d", "../../e", "http://a.example/e"),
        ] {
            assert_eq!(join(base, reference), expected, "{base} {reference}");
        }
    }
}
