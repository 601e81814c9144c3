use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::render::TextOptions;
use crate::render::cp932::cp932;
use crate::render::story::Tone;

/// How a piece of text is painted. Colour never carries meaning alone: the words say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shade {
    Plain,
    Strong,
    Faint,
    Good,
    Bad,
    Unsure,
}

impl From<Tone> for Shade {
    fn from(tone: Tone) -> Self {
        match tone {
            Tone::Plain => Self::Plain,
            Tone::Good => Self::Good,
            Tone::Bad => Self::Bad,
            Tone::Unsure => Self::Unsure,
        }
    }
}

impl Shade {
    /// SGR parameters (ECMA-48 8.3.117).
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Strong => Some("1"),
            Self::Faint => Some("2"),
            Self::Good => Some("1;32"),
            Self::Bad => Some("1;31"),
            Self::Unsure => Some("1;33"),
        }
    }
}

/// Lines of text in the making. Everything put in is made safe for a terminal first.
pub(crate) struct Page {
    text: String,
    width: usize,
    colour: bool,
    ascii: bool,
}

impl Page {
    pub(crate) fn new(options: &TextOptions) -> Self {
        let TextOptions { width, colour, ascii } = *options;
        Self { text: String::new(), width: width.max(40), colour, ascii }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// One paragraph at `indent`.
    pub(crate) fn paragraph(&mut self, indent: usize, shade: Shade, text: &str) {
        self.labelled(indent, &[], shade, text);
    }

    /// Labels, each in its column of the given width, and beside them a paragraph that wraps under itself.
    pub(crate) fn labelled(&mut self, indent: usize, labels: &[(Shade, &str, usize)], shade: Shade, text: &str) {
        let mut column = indent;
        self.text.push_str(&" ".repeat(indent));
        for (label_shade, label, width) in labels {
            let label = self.safe(label);
            let used = width_of(&label);
            self.paint(*label_shade, &label);
            let padding = width.saturating_sub(used).max(2);
            self.text.push_str(&" ".repeat(padding));
            column += used.max(width.saturating_sub(2)) + 2;
        }
        let lines = wrap(&self.safe(text), self.width.saturating_sub(column).max(20));
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                self.text.push_str(&" ".repeat(column));
            }
            self.paint(shade, line);
            self.text.push('\n');
        }
    }

    /// Pieces in several shades on one line, not wrapped.
    pub(crate) fn pieces(&mut self, indent: usize, pieces: &[(Shade, &str)]) {
        self.text.push_str(&" ".repeat(indent));
        for (shade, text) in pieces {
            let text = self.safe(text);
            self.paint(*shade, &text);
        }
        self.text.push('\n');
    }

    /// One line of columns, each cut to its width with two columns of space behind it, and what follows them whole.
    pub(crate) fn columns(&mut self, columns: &[(Shade, &str, usize)], last: (Shade, &str)) {
        for (shade, text, width) in columns {
            let text = cut(&self.safe(text), width.saturating_sub(2));
            self.paint(*shade, &text);
            self.text.push_str(&" ".repeat(width.saturating_sub(width_of(&text))));
        }
        self.pieces(0, &[last]);
    }

    /// What is shown of a text: first made safe, then, so that widths are those of what is printed, put into CP932.
    fn safe(&self, text: &str) -> String {
        let text = sanitised(text);
        if self.ascii { cp932(&text) } else { text }
    }

    fn paint(&mut self, shade: Shade, text: &str) {
        match shade.code().filter(|_| self.colour && !text.is_empty()) {
            Some(code) => {
                self.text.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m"));
            }
            None => self.text.push_str(text),
        }
    }
}

/// Columns that a text takes; characters of ambiguous width count as wide, so that a line never overflows.
pub(crate) fn width_of(text: &str) -> usize {
    text.width_cjk()
}

/// Columns that a character takes at most, whatever stands beside it: what lets a line be measured as it grows. Alone,
/// the emoji selector and the stroke of `≠` take none, but what they follow may get wide by them.
fn columns(character: char) -> usize {
    match character {
        '\u{fe0f}' | '\u{338}' => 1,
        _ => character.width_cjk().unwrap_or(0),
    }
}

fn columns_of(text: &str) -> usize {
    text.chars().map(columns).sum()
}

/// `text` cut to `width` columns, the cut marked.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut used = 0;
    let fits = |character: &char| {
        used += columns(*character);
        used <= width.saturating_sub(2)
    };
    text.chars().take_while(fits).chain("..".chars()).collect()
}

/// Text without what could steer a terminal, reorder a line or hide in it: control characters, directional marks and
/// characters that nobody sees become `?` in untrusted names.
pub fn sanitised(text: &str) -> String {
    text.chars().map(|c| if steers(c) { '?' } else { c }).collect()
}

/// The same for text of many lines.
pub fn sanitised_lines(text: &str) -> String {
    text.chars().map(|c| if steers(c) && c != '\n' { '?' } else { c }).collect()
}

fn steers(c: char) -> bool {
    c.is_control() || is_unseen(c)
}

/// Whether a character reorders or ends a line, or is invisible, so that two names that look the same differ by it:
/// Default_Ignorable_Code_Point (UAX #44) and the separators of lines. Joiners and variation selectors are not among
/// them, since names are written with them (髙 and 﨑 have sisters that only a selector tells apart).
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}' | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e00ff}'
        | '\u{e01f0}'..='\u{e0fff}')
}

/// Characters that do not start a line (JIS X 4051, the common part), and ん, with which no word starts.
const NOT_AT_START: &str = "、。，．・：；？！）」』】〕〉》ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョんン,.;:!?)”’";
/// Characters that do not end a line.
const NOT_AT_END: &str = "（「『【〔〈《(“‘";

/// Breaks text into lines of at most `width` columns: at spaces, and between wide characters.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for piece in unbreakable(text) {
        if !line.is_empty() && used + columns_of(piece.trim_end()) > width {
            lines.push(line.trim_end().to_owned());
            (line, used) = (String::new(), 0);
        }
        let mut rest = if line.is_empty() { piece.trim_start() } else { &piece };
        if line.is_empty() {
            // One word longer than a line (a digest, a path): cut it where the line ends.
            let mut left = columns_of(rest.trim_end());
            while left > width {
                let (head, columns) = take_columns(rest, width);
                lines.push(head.to_owned());
                left = left.saturating_sub(columns);
                rest = rest.get(head.len()..).unwrap_or_default();
            }
        }
        line.push_str(rest);
        used += columns_of(rest);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The beginning of a text that fits into `width` columns, at least one character, and the columns it takes.
fn take_columns(text: &str, width: usize) -> (&str, usize) {
    let mut used = 0;
    for (at, character) in text.char_indices() {
        let columns = columns(character);
        if at > 0 && used + columns > width {
            return (text.get(..at).unwrap_or(text), used);
        }
        used += columns;
    }
    (text, used)
}

/// Columns of something in brackets (a rule, a code) that is kept on one line.
const BRACKETED: usize = 40;

/// Where a bracket that opens at the beginning of a text closes, if it does so within [`BRACKETED`] columns and, lest a name of
/// brackets and marks without width be searched over and over, few more characters.
fn bracket_end(text: &str) -> Option<usize> {
    let mut used = 0;
    for (at, character) in text.char_indices().take(4 * BRACKETED) {
        if character == ']' {
            return Some(at);
        }
        used += columns(character);
        if used >= BRACKETED {
            break;
        }
    }
    None
}

/// Pieces between which a line may be broken.
fn unbreakable(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut previous: Option<char> = None;
    let mut bracket_ends = 0;
    for (at, character) in text.char_indices() {
        if character == '[' {
            bracket_ends = text.get(at..).and_then(bracket_end).map_or(0, |end| at + end);
        }
        let bracketed = at <= bracket_ends && character != '[';
        // 「ません」 ends most answers, and half of it on a line of its own reads badly.
        let ending = previous == Some('ま') && text.get(at..).is_some_and(|rest| rest.starts_with("せん"));
        let glued = bracketed
            || ending
            || previous.is_some_and(|p| {
                let wide = |c: char| c.width().unwrap_or(0) == 2;
                NOT_AT_END.contains(p)
                    || NOT_AT_START.contains(character)
                    || character == ' '
                    || (p != ' ' && !wide(p) && !wide(character))
            });
        match pieces.last_mut().filter(|_| glued) {
            Some(piece) => piece.push(character),
            None => pieces.push(character.to_string()),
        }
        previous = Some(character);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_breaks_between_characters_but_not_before_a_full_stop() {
        let lines = wrap("署名された内容に変更はありません。次の行", 32);
        assert_eq!(lines, ["署名された内容に変更はあり", "ません。次の行"]);
        assert!(lines.iter().all(|line| width_of(line) <= 32));
    }

    #[test]
    fn a_rule_or_code_in_brackets_stays_together() {
        assert_eq!(wrap("it does not hold. [RFC 3161 2.3]", 28), ["it does not hold.", "[RFC 3161 2.3]"]);
        assert_eq!(wrap("an open [ bracket of a name", 20), ["an open [ bracket of", "a name"]);
    }

    #[test]
    fn english_breaks_at_spaces_and_long_words_are_cut() {
        assert_eq!(wrap("the signed content was changed", 12), ["the signed", "content was", "changed"]);
        assert_eq!(wrap("ab 0123456789abcdef", 10), ["ab", "0123456789", "abcdef"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn a_name_cannot_steer_the_terminal() {
        assert_eq!(sanitised("DEMO\u{1b}[31m\u{202e}TARO\n"), "DEMO?[31m?TARO?");
        assert_eq!(sanitised_lines("DEMO\u{1b}\nTARO\r\n"), "DEMO?\nTARO?\n");
    }

    #[test]
    fn what_nobody_sees_is_shown_and_what_names_need_stays() {
        let unseen = "\u{61c}\u{200b}\u{2060}\u{feff}\u{ad}\u{3164}\u{e0041}\u{e007f}\u{180e}\u{fff9}";
        assert_eq!(sanitised(unseen), "?".repeat(unseen.chars().count()));
        let needed = "葛\u{e0100}城 辻\u{e0101} 神\u{fe00} \u{2764}\u{fe0f} क्\u{200d}ष نامه\u{200c}ای 𠮷\u{e01ef}";
        assert_eq!(sanitised(needed), needed);
    }

    /// Each of these took seconds when the rest was measured again for every line.
    #[test]
    fn lines_of_a_very_long_word_are_broken_in_one_pass() {
        let long = 1_000_000;
        assert_eq!(wrap(&"x".repeat(long), 50).len(), long / 50);
        assert_eq!(wrap(&"医".repeat(long), 50).len(), long / 25);
        assert_eq!(wrap(&format!("e{}", "\u{301}".repeat(long)), 50).len(), 1);
        assert_eq!(wrap(&format!("{}]", "[".repeat(long)), 50).len(), long / 50 + 1);
        assert_eq!(cut(&format!("abcdef{}", "\u{301}".repeat(long)), 5), "abc..");
    }

    #[test]
    fn a_selector_that_widens_what_it_follows_makes_no_line_too_wide() {
        for text in ["1\u{fe0f}".repeat(60), "=\u{338}".repeat(60)] {
            assert!(wrap(&text, 20).iter().all(|line| width_of(line) <= 20), "{text}");
        }
    }

    #[test]
    fn cutting_counts_columns() {
        assert_eq!(cut("厚生労働省", 10), "厚生労働省");
        assert_eq!(cut("厚生労働省", 8), "厚生労..");
    }
}
