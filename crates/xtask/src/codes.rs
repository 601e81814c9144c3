//! `docs/codes.md`: every code of a report, explained in Japanese and English side by side.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::{fs, io};

use kenin::{Catalogue, CodeKind, Explanation, Lang, explanations};

const HEAD: &str = "\
# コード一覧 / Codes

<!-- Made by `cargo xtask codes` from crates/kenin/locales/*.ftl. Do not edit. -->

報告書に現れるすべてのコードについて、何が起きたか、何を意味するか、何をすればよいか、誰に尋ねればよいかを示します。\
手元では `kenin explain コード` で読めます。同じ名前のコードが複数の種類にあることがあります。Adobe Acrobat の表示との対応は \
[acrobat.md](acrobat.md) にあります。

Every code that a report can hold: what happened, what it means, what to do and whom to ask. `kenin explain CODE` shows the \
same. One name can be a code of several kinds. [acrobat.md](acrobat.md) says what Adobe Acrobat shows for the same thing.
";

/// Where the page is.
pub fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md")
}

/// Writes the page.
pub fn write() -> io::Result<()> {
    fs::write(path(), page())
}

/// Whether the page is what would be written.
pub fn is_current() -> io::Result<bool> {
    Ok(fs::read_to_string(path())? == page())
}

/// The page.
fn page() -> String {
    let names = Names::new();
    let mut anchors = Anchors::default();
    // Headings are counted in the order of the page; the table of contents above them refers to the outcome.
    anchors.of("コード一覧 / Codes");
    let sections: Vec<Section> = CodeKind::ALL.iter().map(|kind| Section::new(*kind, &names, &mut anchors)).collect();
    let mut page = HEAD.to_owned();
    for section in &sections {
        let links = section.codes.iter().map(|code| format!("[`{}`](#{})", code.ja.code, code.anchor));
        let links = links.collect::<Vec<_>>().join(" · ");
        let _ = writeln!(page, "\n**[{}](#{})**: {links}", section.title, section.anchor);
    }
    for section in &sections {
        section.write(&mut page, &names);
    }
    page
}

/// One kind of codes.
struct Section {
    title: String,
    anchor: String,
    about: [String; 2],
    codes: Vec<Code>,
}

/// One code in both languages.
struct Code {
    anchor: String,
    ja: Explanation,
    en: Explanation,
}

impl Section {
    fn new(kind: CodeKind, names: &Names, anchors: &mut Anchors) -> Self {
        let key = format!("explain-{}", kind.id());
        let title = names.both(&key).join(" / ");
        let anchor = anchors.of(&title);
        let [ja, en] = [Lang::Ja, Lang::En].map(|lang| explanations(kind, lang));
        let both = ja.into_iter().zip(en);
        let codes = both.map(|(ja, en)| Code { anchor: anchors.of(&ja.code), ja, en }).collect();
        Self { title, anchor, about: names.both(&format!("{key}.about")), codes }
    }

    fn write(&self, page: &mut String, names: &Names) {
        let _ = writeln!(page, "\n## {}\n\n{}", self.title, self.about.join("  \n"));
        for code in &self.codes {
            code.write(page, names);
        }
    }
}

impl Code {
    fn write(&self, page: &mut String, names: &Names) {
        let _ = writeln!(page, "\n### `{}`\n\n| | 日本語 | English |\n|---|---|---|", self.ja.code);
        let rows = [
            ("explain-meaning", Some(&self.ja.meaning), Some(&self.en.meaning)),
            ("explain-background", self.ja.background.as_ref(), self.en.background.as_ref()),
            ("explain-next", Some(&self.ja.next), Some(&self.en.next)),
            ("explain-ask", self.ja.ask.as_ref(), self.en.ask.as_ref()),
        ];
        for (heading, ja, en) in rows {
            if let Some((ja, en)) = ja.zip(en) {
                let _ = writeln!(page, "| {} | {} | {} |", names.both(heading).join(" / "), cell(ja), cell(en));
            }
        }
    }
}

/// Text for a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('<', "&lt;").replace('*', "\\*").replace('\n', " ")
}

/// The catalogue in both languages.
struct Names([Catalogue; 2]);

impl Names {
    fn new() -> Self {
        Self([Lang::Ja, Lang::En].map(Catalogue::new))
    }

    fn both(&self, key: &str) -> [String; 2] {
        self.0.map(|catalogue| catalogue.text(key, &[]))
    }
}

/// The anchors that a page of Markdown gets from its headings, as code forges make them: lower case, no punctuation, spaces
/// as hyphens, and a number where one comes again.
#[derive(Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn of(&mut self, heading: &str) -> String {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
        let anchor: String = kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect();
        let count = self.0.entry(anchor.clone()).or_default();
        *count += 1;
        if *count == 1 { anchor } else { format!("{anchor}-{}", *count - 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_unique_and_what_other_pages_link_to() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.of("HASH_FAILURE"), "hash_failure");
        assert_eq!(anchors.of("14-1-1(2)"), "14-1-12");
        assert_eq!(anchors.of("limit-exceeded"), "limit-exceeded");
        assert_eq!(anchors.of("limit-exceeded"), "limit-exceeded-1");
    }

    #[test]
    fn the_committed_page_is_current() {
        assert!(is_current().is_ok_and(|current| current), "run `cargo xtask codes`");
    }

    /// `docs/acrobat.md` writes every code as a link; each leads to that code.
    #[test]
    fn every_code_that_the_page_about_acrobat_names_exists() {
        let mut anchors = Anchors::default();
        let page = page();
        let headings = page.lines().filter(|line| line.starts_with('#'));
        let headings = headings.filter_map(|line| line.trim_start_matches('#').strip_prefix(' '));
        let known: HashMap<String, &str> = headings.map(|text| (anchors.of(text), text)).collect();
        let acrobat = fs::read_to_string(path().with_file_name("acrobat.md")).unwrap_or_default();
        let links = acrobat.split("](codes.md#").collect::<Vec<_>>();
        for pair in links.windows(2) {
            let [before, after] = pair else { continue };
            let named = before.rsplit('[').next().unwrap_or_default();
            let anchor = after.split(')').next().unwrap_or_default();
            assert_eq!(known.get(anchor).copied(), Some(named), "{named}");
        }
        assert!(links.len() > 80, "{}", links.len());
    }
}
