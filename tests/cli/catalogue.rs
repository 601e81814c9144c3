//! One catalogue: no prose and no punctuation between words is put together in Rust. The sources of the library and the
//! program are searched for string literals that look like it.

use std::path::{Path, PathBuf};

use crate::program::root;

/// What is no prose for people, or cannot be in the catalogue: file, beginning of the literal (empty: all of them), why.
/// An exception that is no longer needed fails the test.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("kenin-cli/src/args.rs", "", "the help of the command line is English, as the options are"),
    ("kenin-cli/src/batch/args.rs", "", "the same"),
    ("kenin-cli/src/trust/doctor/remedy.rs", "", "shell commands"),
    ("kenin-cli/src/trust/entry.rs", "", "TOML, and a name that is written to it"),
    ("kenin-cli/src/policy.rs", "# {}: SHA-256", "a comment in TOML"),
    ("kenin-cli/src/policy.rs", "kenin verify", "a shell command"),
    ("kenin-cli/src/inspect/extract.rs", "kenin verify", "a shell command"),
    ("kenin-cli/src/trust/import.rs", "kenin verify", "a shell command"),
    ("kenin-cli/src/printer.rs", "kenin: ", "the program's name before a message, as programs do"),
    ("kenin-cli/src/printer.rs", "internal error at", "a panic, where no language is known; report it"),
    ("kenin-cli/src/verify.rs", "a stream of more than", "a reason of input/output, English as the system's are"),
    ("kenin/src/observe.rs", "the document", "part of an error's text for programmers"),
    ("kenin/src/observe.rs", "the detached content", "part of an error's text for programmers"),
    ("kenin/src/explain/mod.rs", "①", "read as typed"),
    ("kenin/src/explain/mod.rs", "②", "read as typed"),
    ("kenin/src/explain/kind.rs", "", "documentation of the kinds' names, written by a macro"),
    ("kenin/src/messages/symbols.rs", "", "the characters that are replaced"),
    ("kenin/src/render/etsi/names.rs", "", "names of algorithms, as standards write them"),
    ("kenin/src/render/text/page.rs", "?", "what stands in place of a control character"),
    ("kenin/src/render/text/page.rs", "、", "characters that do not start a line"),
    ("kenin/src/render/text/page.rs", "（", "characters that do not end a line"),
    ("kenin/src/render/text/page.rs", "ま", "where lines break"),
    ("kenin/src/render/text/page.rs", "せん", "where lines break"),
];

/// A literal of a source file.
struct Literal {
    text: String,
    line: usize,
}

#[test]
fn nothing_that_people_read_is_composed_in_rust() {
    let mut used = vec![false; EXCEPTIONS.len()];
    let mut found = Vec::new();
    for path in sources() {
        let name = path.strip_prefix(root().join("crates")).unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        for literal in literals(&source).into_iter().filter(|literal| is_composed(&literal.text)) {
            let exception =
                EXCEPTIONS.iter().position(|(file, start, _)| *file == name && literal.text.starts_with(start));
            match exception {
                Some(index) => used[index] = true,
                None => found.push(format!("{name}:{}: {:?}", literal.line, literal.text)),
            }
        }
    }
    assert!(found.is_empty(), "belongs into locales/{{ja,en}}.ftl:\n{}", found.join("\n"));
    let unused: Vec<_> =
        EXCEPTIONS.iter().zip(used).filter(|(_, used)| !used).map(|(exception, _)| exception).collect();
    assert!(unused.is_empty(), "not needed any more: {unused:?}");
}

/// Which words a language has is for the catalogue to know. Where languages are chosen is named here.
#[test]
fn no_code_depends_on_the_language_but_what_chooses_it() {
    let known = ["kenin-cli/src/locale.rs", "kenin/src/messages/mod.rs", "kenin/src/render/html/mod.rs"];
    for path in sources() {
        let name = path.strip_prefix(root().join("crates")).unwrap().to_str().unwrap().to_owned();
        let source = std::fs::read_to_string(&path).unwrap();
        let code = source.split("#[cfg(test)]").next().unwrap();
        assert!(known.contains(&name.as_str()) || !code.contains("Lang::Ja"), "{name}");
    }
}

/// The files of the library and the program, without modules of tests.
fn sources() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for name in ["kenin", "kenin-cli"] {
        collect(&root().join("crates").join(name).join("src"), &mut files);
    }
    assert!(files.len() > 80);
    files.sort();
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("tests") {
            continue;
        }
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            files.push(path);
        }
    }
}

/// String and character literals outside comments, tests and the texts of error types (`#[error("...")]`).
fn literals(source: &str) -> Vec<Literal> {
    let code = source.split("#[cfg(test)]").next().unwrap_or_default();
    let mut found = Vec::new();
    let mut rest = code;
    let line = |rest: &str| code[..code.len() - rest.len()].matches('\n').count() + 1;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let before = &rest[..at];
        let start = &rest[at..];
        if start.starts_with("//") {
            rest = start.split_once('\n').map_or("", |(_, after)| after);
        } else if let Some(inside) = start.strip_prefix('"') {
            let end = end_of_string(inside);
            if !before.ends_with("#[error(") {
                found.push(Literal { text: inside[..end].to_owned(), line: line(start) });
            }
            rest = &inside[(end + 1).min(inside.len())..];
        } else if let Some(character) = start.strip_prefix('\'').and_then(character_literal) {
            found.push(Literal { text: character.to_owned(), line: line(start) });
            rest = &start[character.len() + 2..];
        } else {
            rest = &start[1..];
        }
    }
    found
}

fn end_of_string(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// What a character literal holds; none for a lifetime.
fn character_literal(text: &str) -> Option<&str> {
    let length = match text.strip_prefix('\\') {
        Some(escape) => 1 + escape.char_indices().skip(1).find(|(_, c)| *c == '\'')?.0,
        None => text.chars().next()?.len_utf8(),
    };
    text.get(length..)?.starts_with('\'').then_some(&text[..length])
}

/// Whether a literal looks like text for people: another script, words in a row, or values with punctuation between.
fn is_composed(literal: &str) -> bool {
    let outside = outside_placeholders(literal);
    let is_word = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let words: Vec<bool> =
        outside.split(' ').map(|word| is_word(word.trim_end_matches(['.', ',', ':', ';']))).collect();
    let in_a_row = words.windows(2).any(|pair| pair == [true, true]);
    let punctuated =
        literal.contains('{') && [": ", ", ", " / ", " (", " [", "?"].iter().any(|mark| outside.contains(mark));
    !literal.is_ascii() || in_a_row || punctuated || literal == "?"
}

/// A format string without its placeholders.
fn outside_placeholders(literal: &str) -> String {
    let mut depth = 0_usize;
    let mut outside = String::new();
    for character in literal.chars() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    outside
}

#[test]
fn literals_are_told_from_comments_lifetimes_and_errors() {
    let source = "// \"no\"\nfn f<'a>(x: &'a str) { g(\"a \\\" b\", '\\'', '①'); }\n#[error(\"an error of ours\")]\n";
    let found: Vec<_> = literals(source).into_iter().map(|literal| literal.text).collect();
    assert_eq!(found, ["a \\\" b", "\\'", "①"]);
    for composed in ["{kind}: {label}", "could not be read", "{} ({})", "{} / {sub}", "（", "?"] {
        assert!(is_composed(composed), "{composed}");
    }
    for layout in ["  {}", "{key}.detail", "{} {}", "timestamp-kind-{}", "SHA-256", "\\n{line}\\n"] {
        assert!(!is_composed(layout), "{layout}");
    }
}
