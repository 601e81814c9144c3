//! `kenin explain`.

use kenin::render::Sheet;
use kenin::{Catalogue, CodeKind, Explanation, explain, explainable_codes, explanations};

use crate::exit::{Exit, Failure};
use crate::locale::Speech;
use crate::printer::Printer;

/// Says what a code means, what to do and whom to ask; without a code, which codes there are.
pub fn run(code: Option<&str>, speech: &Speech) -> Result<Exit, Failure> {
    let catalogue = &speech.people;
    let mut printer = Printer::stdout();
    let mut sheet = Sheet::own(&speech.layout(printer.colour()));
    match code {
        Some(code) => {
            // As reports write an indication with its sub-indication.
            let code = code.rsplit_once('/').map_or(code, |(_, sub)| sub.trim());
            let mut found = explain(code, catalogue.lang());
            if found.is_empty() {
                found = explain_word(code, catalogue);
            }
            if found.is_empty() {
                return Err(unknown(code, catalogue));
            }
            found.iter().for_each(|explanation| write(&mut sheet, explanation, catalogue));
        }
        None => list(&mut sheet, catalogue),
    }
    printer.print(&sheet.finish())?;
    printer.finish()?;
    Ok(Exit::Valid)
}

/// Codes by the word that people see in their place, such as 有効.
fn explain_word(word: &str, catalogue: &Catalogue) -> Vec<Explanation> {
    let all = CodeKind::ALL.iter().flat_map(|kind| explanations(*kind, catalogue.lang()));
    all.filter(|explanation| explanation.meaning.trim_end_matches(|c: char| !c.is_alphanumeric()) == word.trim())
        .collect()
}

fn write(sheet: &mut Sheet, explanation: &Explanation, catalogue: &Catalogue) {
    sheet.heading(&explanation.code);
    sheet.paragraph(&catalogue.join(&explanation.kinds));
    let parts = [
        ("explain-meaning", Some(&explanation.meaning)),
        ("explain-background", explanation.background.as_ref()),
        ("explain-next", Some(&explanation.next)),
        ("explain-ask", explanation.ask.as_ref()),
    ];
    for (heading, body) in parts {
        if let Some(body) = body {
            sheet.heading(&catalogue.text(heading, &[]));
            sheet.paragraph(body);
        }
    }
}

/// Every code under its kind, and where the kind stands in a report.
fn list(sheet: &mut Sheet, catalogue: &Catalogue) {
    sheet.paragraph(&catalogue.text("explain-list", &[]));
    for kind in CodeKind::ALL {
        let key = format!("explain-{}", kind.id());
        sheet.heading(&catalogue.text(&key, &[]));
        sheet.paragraph(&catalogue.text(&format!("{key}.about"), &[]));
        sheet.paragraph(&kind.codes().join(" "));
    }
}

/// Names the codes that come closest.
fn unknown(code: &str, catalogue: &Catalogue) -> Failure {
    let wanted = code.to_lowercase().replace('_', "-");
    let close = |known: &String| {
        let known = known.to_lowercase().replace('_', "-");
        // Of a short word nothing may be left.
        known.contains(&wanted) || distance(&known, &wanted) <= 3.min(wanted.chars().count() / 2)
    };
    let near: Vec<_> = explainable_codes().into_iter().filter(close).take(5).collect();
    let code = ("code", code.to_owned());
    if near.is_empty() {
        return Failure::usage("usage-unknown-code", [code]);
    }
    Failure::usage("usage-unknown-code-near", [code, ("near", catalogue.join(near))])
}

/// Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for ((to, above_left), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            let left = next.last().copied().unwrap_or(0);
            let replaced = above_left + usize::from(from != *to);
            next.push(replaced.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_count_single_changes() {
        assert_eq!(distance("try-later", "try-latre"), 2);
        assert_eq!(distance("abc", "abc"), 0);
        assert_eq!(distance("", "abc"), 3);
    }
}
