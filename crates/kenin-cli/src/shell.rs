//! Commands that people copy into a POSIX shell. What goes into them comes from documents and certificates.

use std::path::Path;

/// One argument: as it is when the shell gives no meaning to it, else in single quotes. Characters that could steer a
/// terminal or end the line become `?`: such a command fails rather than doing something else than it shows.
pub fn quoted(argument: &str) -> String {
    let argument = kenin::render::sanitised(argument);
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@%+,".contains(c);
    if !argument.is_empty() && argument.chars().all(plain) {
        return argument;
    }
    format!("'{}'", argument.replace('\'', r"'\''"))
}

/// A file as an argument: one that starts with `-` is no option.
pub fn file(path: &Path) -> String {
    let text = path.display().to_string();
    quoted(&if text.starts_with('-') && text != "-" { format!("./{text}") } else { text })
}

/// A file where kenin takes a name or a file: with a `/`, which a name does not have.
pub fn path_argument(path: &Path) -> String {
    let text = path.display().to_string();
    quoted(&if text.contains(['/', std::path::MAIN_SEPARATOR]) { text } else { format!("./{text}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_an_argument_means_anything_to_the_shell() {
        assert_eq!(quoted("http://demo.example/a.crl"), "http://demo.example/a.crl");
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("$(rm -r ~)`x`"), "'$(rm -r ~)`x`'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted("a\n;b\u{1b}[2J"), "'a?;b?[2J'");
        assert_eq!(quoted(""), "''");
        assert_eq!(quoted("退院.pdf"), "'退院.pdf'");
    }

    #[test]
    fn a_file_is_no_option_and_no_name() {
        assert_eq!(file(Path::new("-rf")), "./-rf");
        assert_eq!(file(Path::new("-")), "-");
        assert_eq!(path_argument(Path::new("own.toml")), "./own.toml");
        assert_eq!(path_argument(Path::new("a/own.toml")), "a/own.toml");
    }
}
