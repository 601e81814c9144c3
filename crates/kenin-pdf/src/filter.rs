use std::io::Read;

use kenin_base::{Budget, Resource};

use crate::error::ReadError;
use crate::lexer::{hex_value, is_white};
use crate::object::{Dictionary, Object};

/// A filter's name and its parameters.
pub(crate) type Filter = (Vec<u8>, Option<Dictionary>);

/// Decodes stream data through the filters its dictionary names (ISO 32000-1 7.4).
///
/// Image filters and unknown ones give `None`: nothing this crate reads is encoded so.
pub(crate) fn decode(filters: &[Filter], data: &[u8], budget: &Budget) -> Result<Option<Vec<u8>>, ReadError> {
    let mut bytes = data.to_vec();
    for (name, parameters) in filters {
        bytes = match name.as_slice() {
            b"FlateDecode" | b"Fl" => inflate(&bytes, budget)?,
            b"LZWDecode" | b"LZW" => {
                let early = parameters.as_ref().and_then(|p| p.get(b"EarlyChange")).and_then(Object::as_integer);
                lzw(&bytes, early != Some(0), budget)?
            }
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&bytes),
            b"ASCII85Decode" | b"A85" => ascii_85(&bytes),
            b"Crypt" => bytes,
            _ => return Ok(None),
        };
        if let Some(parameters) = parameters {
            let Some(predicted) = unpredict(bytes, parameters) else { return Ok(None) };
            bytes = predicted;
        }
    }
    Ok(Some(bytes))
}

/// Zlib data. Damage at the end keeps what was decoded, as every reader does.
fn inflate(data: &[u8], budget: &Budget) -> Result<Vec<u8>, ReadError> {
    let (decoded, whole) = read_within(flate2::read::ZlibDecoder::new(data), budget)?;
    if whole || !decoded.is_empty() {
        return Ok(decoded);
    }
    // Some writers leave a broken zlib header before good deflate data.
    let raw = data.get(2..).unwrap_or_default();
    Ok(read_within(flate2::read::DeflateDecoder::new(raw), budget)?.0)
}

/// What a decoder gives, and whether without an error; no room is made beyond what may still be decoded.
fn read_within(mut decoder: impl Read, budget: &Budget) -> Result<(Vec<u8>, bool), ReadError> {
    let left = budget.limits().pdf_decoded_bytes.saturating_sub(budget.spent(Resource::PdfDecodedBytes));
    let left = usize::try_from(left).unwrap_or(usize::MAX);
    let mut decoded = Vec::new();
    let mut buffer = vec![0; 32 << 10];
    let whole = loop {
        let read = match decoder.read(&mut buffer) {
            Ok(0) => break true,
            Ok(read) => read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
            Err(_) => break false,
        };
        let len = decoded.len().saturating_add(read);
        if len > left {
            spend(budget, len)?;
        }
        if len > decoded.capacity() {
            let room = decoded.capacity().saturating_mul(2).max(len).min(left);
            decoded.reserve_exact(room.saturating_sub(decoded.len()));
        }
        decoded.extend_from_slice(buffer.get(..read).unwrap_or_default());
    };
    spend(budget, decoded.len())?;
    Ok((decoded, whole))
}

fn spend(budget: &Budget, bytes: usize) -> Result<(), ReadError> {
    Ok(budget.spend(Resource::PdfDecodedBytes, u64::try_from(bytes).unwrap_or(u64::MAX))?)
}

fn ascii_hex(data: &[u8]) -> Vec<u8> {
    let mut digits = data.iter().take_while(|byte| **byte != b'>').filter_map(|byte| hex_value(*byte));
    let mut decoded = Vec::with_capacity(data.len() / 2);
    while let Some(high) = digits.next() {
        decoded.push(high << 4 | digits.next().unwrap_or(0));
    }
    decoded
}

fn ascii_85(data: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(data.len());
    let mut group = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u8>, decoded: &mut Vec<u8>| {
        let count = group.len();
        group.resize(5, 84);
        let value = group.iter().fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        decoded.extend(value.to_be_bytes().iter().take(count.saturating_sub(1)));
        group.clear();
    };
    for byte in data.iter().copied().filter(|byte| !is_white(*byte)) {
        match byte {
            b'~' => break,
            b'z' if group.is_empty() => decoded.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            flush(&mut group, &mut decoded);
        }
    }
    flush(&mut group, &mut decoded);
    decoded
}

/// LZW with variable code length (7.4.4.2).
fn lzw(data: &[u8], early_change: bool, budget: &Budget) -> Result<Vec<u8>, ReadError> {
    let mut decoded: Vec<u8> = Vec::new();
    // Codes from 258 on: where in `decoded` their string lies.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut bit_count) = (0u32, 0u32);
    for byte in data {
        bits = bits << 8 | u32::from(*byte);
        bit_count += 8;
        let next = 258 + table.len() + usize::from(early_change) + usize::from(previous.is_some());
        let width = match next {
            0..=511 => 9,
            512..=1023 => 10,
            1024..=2047 => 11,
            _ => 12,
        };
        if bit_count < width {
            continue;
        }
        bit_count -= width;
        let code = bits >> bit_count & ((1 << width) - 1);
        bits &= (1 << bit_count) - 1;
        let at = decoded.len();
        match code {
            256 => {
                table.clear();
                previous = None;
                continue;
            }
            257 => break,
            _ => {}
        }
        if let Some((start, len)) = previous {
            table.push((start, len + 1));
        }
        if let Ok(literal) = u8::try_from(code) {
            decoded.push(literal);
        } else {
            let index = usize::try_from(code).unwrap_or(usize::MAX).wrapping_sub(258);
            let Some((start, len)) = table.get(index).copied() else { break };
            // The newest string may reach one byte into the one being written.
            for offset in start..start + len {
                let Some(byte) = decoded.get(offset).copied() else { break };
                decoded.push(byte);
            }
        }
        spend(budget, decoded.len() - at)?;
        previous = Some((at, decoded.len() - at));
    }
    Ok(decoded)
}

/// Undoes the PNG and TIFF predictors (7.4.4.4).
fn unpredict(data: Vec<u8>, parameters: &Dictionary) -> Option<Vec<u8>> {
    let number = |key: &[u8], default: usize| -> Option<usize> {
        match parameters.get(key).and_then(Object::as_integer) {
            None => Some(default),
            Some(value) => usize::try_from(value).ok().filter(|value| (1..=1 << 20).contains(value)),
        }
    };
    let predictor = number(b"Predictor", 1)?;
    if predictor < 2 {
        return Some(data);
    }
    let bits = number(b"Colors", 1)?.checked_mul(number(b"BitsPerComponent", 8)?)?;
    let pixel = bits.div_ceil(8);
    let row = bits.checked_mul(number(b"Columns", 1)?)?.div_ceil(8);
    // A row longer than the data is none, and must not be allocated.
    if row > data.len() {
        return Some(data);
    }
    if predictor == 2 {
        let mut data = data;
        for line in data.chunks_mut(row) {
            add_left(line, pixel);
        }
        return Some(data);
    }
    let mut decoded: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0u8; row];
    for line in data.chunks(row + 1) {
        let (kind, line) = line.split_first()?;
        let mut line = line.to_vec();
        match kind {
            1 => add_left(&mut line, pixel),
            2 => line.iter_mut().zip(&above).for_each(|(byte, up)| *byte = byte.wrapping_add(*up)),
            3 | 4 => add_average_or_paeth(&mut line, &above, pixel, *kind == 4),
            _ => {}
        }
        decoded.extend_from_slice(&line);
        line.resize(row, 0);
        above = line;
    }
    Some(decoded)
}

fn add_left(line: &mut [u8], pixel: usize) {
    for at in pixel..line.len() {
        let left = line.get(at - pixel).copied().unwrap_or_default();
        if let Some(byte) = line.get_mut(at) {
            *byte = byte.wrapping_add(left);
        }
    }
}

fn add_average_or_paeth(line: &mut [u8], above: &[u8], pixel: usize, paeth: bool) {
    for at in 0..line.len() {
        let before = |row: &[u8]| at.checked_sub(pixel).and_then(|at| row.get(at)).copied().unwrap_or_default();
        let (left, upper_left) = (before(line), before(above));
        let up = above.get(at).copied().unwrap_or_default();
        let prediction = if paeth {
            let (a, b, c) = (i16::from(left), i16::from(up), i16::from(upper_left));
            let estimate = a + b - c;
            let distance = |value: i16| (estimate - value).abs();
            if distance(a) <= distance(b) && distance(a) <= distance(c) {
                left
            } else if distance(b) <= distance(c) {
                up
            } else {
                upper_left
            }
        } else {
            u8::try_from((u16::from(left) + u16::from(up)) / 2).unwrap_or_default()
        };
        if let Some(byte) = line.get_mut(at) {
            *byte = byte.wrapping_add(prediction);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use kenin_base::Limits;

    use super::*;
    use crate::object::Span0;

    fn run(name: &str, data: &[u8]) -> Vec<u8> {
        decode(&[(name.into(), None)], data, &Budget::default()).unwrap().unwrap()
    }

    #[test]
    fn ascii_filters() {
        assert_eq!(run("ASCIIHexDecode", b"61 6 2 7>zz"), b"abp");
        assert_eq!(run("ASCII85Decode", b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(run("ASCII85Decode", b"z87c~>"), [0, 0, 0, 0, b'H', b'e']);
    }

    /// The example of ISO 32000-1 7.4.4.2.
    #[test]
    fn lzw_example_of_the_standard() {
        let encoded = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(run("LZWDecode", &encoded), [45, 45, 45, 45, 45, 65, 45, 45, 45, 66]);
    }

    #[test]
    fn a_deflate_bomb_stops_at_the_budget() {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&vec![0; 1 << 20]).unwrap();
        let bomb = encoder.finish().unwrap();
        let budget = Budget::new(&Limits { pdf_decoded_bytes: 1000, ..Limits::default() });
        let result = decode(&[(b"FlateDecode".to_vec(), None)], &bomb, &budget);
        assert!(matches!(result, Err(ReadError::Limit(_))));
    }

    #[test]
    fn png_predictors_restore_rows() {
        let entries = [(&b"Predictor"[..], 12), (b"Columns", 3)];
        let entries = entries.iter().map(|(k, v)| ((*k).into(), Object::Integer(*v))).collect();
        let parameters = Dictionary { entries, span: Span0::default() };
        let rows = vec![0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1, 4, 1, 0, 0, 3, 10, 10, 10];
        let restored = unpredict(rows, &parameters).unwrap();
        assert_eq!(restored, [1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 6, 7, 13, 19, 23]);
    }
}
