/// What people call the holder of a certificate: the common name of an RFC 4514 subject, else the whole subject.
pub fn common_name(subject: &str) -> String {
    let mut parts = split(subject).into_iter().filter_map(|part| {
        let (kind, value) = part.split_once('=')?;
        kind.trim().eq_ignore_ascii_case("cn").then(|| unescaped(value))
    });
    parts.next().unwrap_or_else(|| subject.to_owned())
}

/// Splits at unescaped `,` and `+` (RFC 4514 2.1, 2.2).
fn split(subject: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut characters = subject.chars();
    while let Some(character) = characters.next() {
        let Some(part) = parts.last_mut() else { break };
        match character {
            ',' | '+' => parts.push(String::new()),
            '\\' => {
                part.push('\\');
                part.extend(characters.next());
            }
            _ => part.push(character),
        }
    }
    parts
}

/// Undoes the escapes of RFC 4514 2.4: a backslash before a character, or before two hex digits of an octet.
fn unescaped(value: &str) -> String {
    let mut octets = Vec::new();
    let mut rest = value.trim().as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|_| *first == b'\\').and_then(|pair| hex::decode(pair).ok());
        match (first, hex) {
            (b'\\', Some(decoded)) => {
                octets.extend(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            (b'\\', None) => {
                octets.extend(tail.first());
                rest = tail.get(1..).unwrap_or_default();
            }
            _ => {
                octets.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&octets).into_owned()
}

#[cfg(test)]
mod tests {
    use super::common_name;

    #[test]
    fn the_common_name_stands_alone() {
        let subject = "serialNumber=DEMO-1+CN=DEMO TARO\\, MD,O=DEMO\\+Hospital,C=JP";
        assert_eq!(common_name(subject), "DEMO TARO, MD");
        assert_eq!(common_name("CN=\\E5\\8C\\BB,C=JP"), "医");
        assert_eq!(common_name("O=DEMO Hospital,C=JP"), "O=DEMO Hospital,C=JP");
    }
}
