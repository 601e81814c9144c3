/// An XML declaration (`XMLDecl`, XML 1.0, 2.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Declaration<'t> {
    pub(crate) version: &'t str,
    pub(crate) encoding: Option<&'t str>,
    /// What follows it stands there.
    pub(crate) end: usize,
}

impl<'t> Declaration<'t> {
    /// Nothing if the text does not begin with one; the place where it is malformed, as roxmltree takes what has another
    /// white space after `<?xml` for a processing instruction, and any other name for `encoding`.
    pub(crate) fn at_start_of(text: &'t str) -> Option<Result<Self, usize>> {
        let after = text.strip_prefix("<?xml")?;
        after.starts_with([' ', '\t', '\r', '\n']).then(|| Self::read(text))
    }

    fn read(text: &'t str) -> Result<Self, usize> {
        let mut cursor = Cursor { text, at: "<?xml".len() };
        let version = cursor.value_of("version")?.ok_or(cursor.at)?;
        let encoding = cursor.value_of("encoding")?;
        let standalone = cursor.value_of("standalone")?;
        cursor.skip_space();
        let is_name =
            |name: &str| name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(is_name_character);
        let is_valid = encoding.is_none_or(is_name) && standalone.is_none_or(|value| matches!(value, "yes" | "no"));
        if !is_valid || !cursor.eat("?>") {
            return Err(cursor.at);
        }
        Ok(Self { version, encoding, end: cursor.at })
    }
}

/// `EncName` (4.3.3).
fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) -> bool {
        let length = self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\r', '\n']).len();
        self.at += length;
        length > 0
    }

    fn eat(&mut self, what: &str) -> bool {
        let is_there = self.rest().starts_with(what);
        self.at += if is_there { what.len() } else { 0 };
        is_there
    }

    /// `S name Eq` and what is between the quotes that follow, if the name is there; else the place of the mistake.
    fn value_of(&mut self, name: &str) -> Result<Option<&'t str>, usize> {
        let start = self.at;
        if !self.skip_space() || !self.eat(name) {
            self.at = start;
            return Ok(None);
        }
        self.skip_space();
        if !self.eat("=") {
            return Err(self.at);
        }
        self.skip_space();
        let quote = self.rest().chars().next().filter(|quote| ['"', '\''].contains(quote)).ok_or(self.at)?;
        self.at += 1;
        let length = self.rest().find([quote, '<']).ok_or(self.at)?;
        let value = self.rest().get(..length);
        self.at += length + 1;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let read =
            |text| Declaration::at_start_of(text).map(|read| read.map(|read| (read.version, read.encoding, read.end)));
        for (text, expected) in [
            ("<a/>", None),
            ("<?xmlx?>", None),
            ("<?xml version='1.0'?>", Some(Ok(("1.0", None, 21)))),
            ("<?xml\r\nversion = \"1.1\"\tencoding='x-y_1' ?>", Some(Ok(("1.1", Some("x-y_1"), 42)))),
            ("<?xml version='1.0' standalone='yes'?><a/>", Some(Ok(("1.0", None, 38)))),
            ("<?xml version='1.0' encoding='a' standalone='no'?>", Some(Ok(("1.0", Some("a"), 50)))),
            ("<?xml ?>", Some(Err(5))),
            ("<?xml encoding='a'?>", Some(Err(5))),
            ("<?xml version='1.0' encodingx='a'?>", Some(Err(28))),
            ("<?xml version='1.0' encoding=''?>", Some(Err(31))),
            ("<?xml version='1.0'encoding='a'?>", Some(Err(19))),
            ("<?xml version='1.0' standalone='no' encoding='a'?>", Some(Err(36))),
            ("<?xml version='1.0", Some(Err(15))),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
