use std::io::Read;

use flate2::{Decompress, FlushDecompress, Status};
use kenin_base::{Budget, Resource};

use crate::error::ReadError;
use crate::lexer::{hex_value, is_white};
use crate::object::{Dictionary, Object};

/// A filter's name and its parameters.
pub(crate) type Filter = (Vec<u8>, Option<Dictionary>);

/// The filters of a stream.
pub(crate) struct Coding {
    pub filters: Vec<Filter>,
    /// Whether they are given as table 5 asks.
    pub regular: bool,
}

/// The decoded data of a stream.
pub(crate) struct Decoded {
    pub data: Vec<u8>,
    /// Whether it was coded exactly as 7.4 asks, so that every reader decodes it so.
    pub strict: bool,
}

/// Decodes stream data through the filters its dictionary names (ISO 32000-1 7.4).
///
/// Image filters and unknown ones give `None`: nothing this crate reads is encoded so. So do parameters that are no
/// integers, which readers take for something or for nothing.
pub(crate) fn decode(coding: &Coding, data: &[u8], budget: &Budget) -> Result<Option<Decoded>, ReadError> {
    let mut bytes = data.to_vec();
    let mut strict = coding.regular;
    for (name, parameters) in &coding.filters {
        let none = Dictionary::default();
        let parameters = parameters.as_ref().unwrap_or(&none);
        let Some(parameters) = Parameters::read(parameters) else { return Ok(None) };
        let (decoded, exact) = match name.as_slice() {
            b"FlateDecode" | b"Fl" => inflate(&bytes, budget)?,
            b"LZWDecode" | b"LZW" => lzw(&bytes, parameters.early_change, budget)?,
            b"ASCIIHexDecode" | b"AHx" => ascii_hex(&bytes),
            b"ASCII85Decode" | b"A85" => ascii_85(&bytes),
            b"Crypt" => (bytes, false),
            _ => return Ok(None),
        };
        // The short names are for inline images alone (8.9.7).
        strict &= exact && parameters.exact && name.ends_with(b"Decode");
        bytes = decoded;
        // Predictors belong to LZW and Flate (7.4.4.4): other filters have none.
        if parameters.predictor > 1 {
            if !matches!(name.as_slice(), b"FlateDecode" | b"Fl" | b"LZWDecode" | b"LZW") {
                strict = false;
                continue;
            }
            let Some((predicted, exact)) = unpredict(bytes, &parameters) else { return Ok(None) };
            bytes = predicted;
            strict &= exact;
        }
    }
    Ok(Some(Decoded { data: bytes, strict }))
}

/// The parameters of LZW and Flate (table 8).
struct Parameters {
    early_change: bool,
    predictor: usize,
    colors: usize,
    bits: usize,
    columns: usize,
    /// Whether each is given once, with a value of the table.
    exact: bool,
}

impl Parameters {
    fn read(dictionary: &Dictionary) -> Option<Self> {
        let mut exact = true;
        let mut number = |key: &[u8], default: usize, least: usize| -> Option<usize> {
            exact &= dictionary.count(key) < 2;
            match dictionary.get(key) {
                None | Some(Object::Null) => Some(default),
                Some(value) => {
                    let value = value.as_integer().and_then(|value| usize::try_from(value).ok());
                    value.filter(|value| (least..=1 << 20).contains(value))
                }
            }
        };
        let (predictor, colors) = (number(b"Predictor", 1, 1)?, number(b"Colors", 1, 1)?);
        let (bits, columns) = (number(b"BitsPerComponent", 8, 1)?, number(b"Columns", 1, 1)?);
        let early = number(b"EarlyChange", 1, 0)?;
        exact &= matches!(predictor, 1 | 2 | 10..=15) && matches!(bits, 1 | 2 | 4 | 8 | 16) && early < 2;
        Some(Self { early_change: early != 0, predictor, colors, bits, columns, exact })
    }
}

/// Zlib data, and whether it is whole. Damage at the end keeps what was decoded, as every reader does.
fn inflate(data: &[u8], budget: &Budget) -> Result<(Vec<u8>, bool), ReadError> {
    let mut inflater = Inflater { rest: data, state: Decompress::new(true), ended: false };
    let (decoded, whole) = read_within(&mut inflater, budget)?;
    if whole || !decoded.is_empty() {
        let alone = inflater.ended && inflater.rest.iter().all(|byte| is_white(*byte));
        return Ok((decoded, whole && alone));
    }
    // Some writers leave a broken zlib header before good deflate data.
    let raw = data.get(2..).unwrap_or_default();
    Ok((read_within(flate2::read::DeflateDecoder::new(raw), budget)?.0, false))
}

/// Reads zlib data and knows where it ends.
struct Inflater<'d> {
    rest: &'d [u8],
    state: Decompress,
    /// Whether the end of the data was there, its checksum included (RFC 1950 2.2).
    ended: bool,
}

impl Read for Inflater<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = |before: u64, after: u64| usize::try_from(after.saturating_sub(before)).unwrap_or(usize::MAX);
        while !self.ended {
            let (read, written) = (self.state.total_in(), self.state.total_out());
            let status = self.state.decompress(self.rest, buffer, FlushDecompress::None)?;
            let taken = count(read, self.state.total_in());
            self.rest = self.rest.get(taken..).unwrap_or_default();
            self.ended = status == Status::StreamEnd;
            let written = count(written, self.state.total_out());
            if written > 0 || taken == 0 {
                return Ok(written);
            }
        }
        Ok(0)
    }
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

/// 7.4.2.
fn ascii_hex(data: &[u8]) -> (Vec<u8>, bool) {
    let end = data.iter().position(|byte| *byte == b'>').unwrap_or(data.len());
    let (written, after) = data.split_at_checked(end).unwrap_or((data, &[]));
    let legal = |byte: &u8| hex_value(*byte).is_some() || is_white(*byte);
    let strict = written.iter().all(legal) && only_white_after(after, b">");
    let mut digits = written.iter().filter_map(|byte| hex_value(*byte));
    let mut decoded = Vec::with_capacity(data.len() / 2);
    while let Some(high) = digits.next() {
        decoded.push(high << 4 | digits.next().unwrap_or(0));
    }
    (decoded, strict)
}

/// Whether data ends with its mark and white space alone.
fn only_white_after(data: &[u8], mark: &[u8]) -> bool {
    data.strip_prefix(mark).is_some_and(|rest| rest.iter().all(|byte| is_white(*byte)))
}

/// 7.4.3.
fn ascii_85(data: &[u8]) -> (Vec<u8>, bool) {
    let end = data.iter().position(|byte| *byte == b'~').unwrap_or(data.len());
    let (written, after) = data.split_at_checked(end).unwrap_or((data, &[]));
    let mut strict = only_white_after(after, b"~>");
    let mut decoded = Vec::with_capacity(data.len());
    let mut group = Vec::with_capacity(5);
    let flush = |group: &mut Vec<u8>, decoded: &mut Vec<u8>| {
        let count = group.len();
        group.resize(5, 84);
        let exact = group.iter().fold(0u64, |value, digit| value * 85 + u64::from(*digit));
        let value = group.iter().fold(0u32, |value, digit| value.wrapping_mul(85).wrapping_add(u32::from(*digit)));
        decoded.extend(value.to_be_bytes().iter().take(count.saturating_sub(1)));
        group.clear();
        count != 1 && exact <= u64::from(u32::MAX)
    };
    for byte in written.iter().copied().filter(|byte| !is_white(*byte)) {
        match byte {
            b'z' if group.is_empty() => decoded.extend([0; 4]),
            b'!'..=b'u' => group.push(byte - b'!'),
            _ => strict = false,
        }
        if group.len() == 5 {
            strict &= flush(&mut group, &mut decoded);
        }
    }
    if !group.is_empty() {
        strict &= flush(&mut group, &mut decoded);
    }
    (decoded, strict)
}

/// LZW with variable code length (7.4.4.2), and whether it ends with its mark.
fn lzw(data: &[u8], early_change: bool, budget: &Budget) -> Result<(Vec<u8>, bool), ReadError> {
    let mut decoded: Vec<u8> = Vec::new();
    // Codes from 258 on: where in `decoded` their string lies.
    let mut table: Vec<(usize, usize)> = Vec::new();
    let mut previous: Option<(usize, usize)> = None;
    let (mut bits, mut bit_count) = (0u32, 0u32);
    let mut ended = false;
    let mut data = data.iter();
    for byte in data.by_ref() {
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
            257 => {
                ended = true;
                break;
            }
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
    Ok((decoded, ended && data.all(|byte| is_white(*byte))))
}

/// Undoes the PNG and TIFF predictors (7.4.4.4), and says whether the rows are as they ask.
fn unpredict(data: Vec<u8>, parameters: &Parameters) -> Option<(Vec<u8>, bool)> {
    let Parameters { predictor, colors, bits, columns, .. } = *parameters;
    let bits = colors.checked_mul(bits)?;
    let pixel = bits.div_ceil(8);
    let row = bits.checked_mul(columns)?.div_ceil(8);
    // A row longer than the data is none, and must not be allocated.
    if row > data.len() {
        return Some((data, false));
    }
    if predictor == 2 {
        let mut data = data;
        for line in data.chunks_mut(row) {
            add_left(line, pixel);
        }
        let exact = parameters.bits == 8 && data.len().is_multiple_of(row);
        return Some((data, exact));
    }
    let mut decoded: Vec<u8> = Vec::with_capacity(data.len());
    let mut above = vec![0u8; row];
    let mut exact = data.len().is_multiple_of(row + 1);
    for line in data.chunks(row + 1) {
        let (kind, line) = line.split_first()?;
        let mut line = line.to_vec();
        match kind {
            1 => add_left(&mut line, pixel),
            2 => line.iter_mut().zip(&above).for_each(|(byte, up)| *byte = byte.wrapping_add(*up)),
            3 | 4 => add_average_or_paeth(&mut line, &above, pixel, *kind == 4),
            0 => {}
            _ => exact = false,
        }
        decoded.extend_from_slice(&line);
        line.resize(row, 0);
        above = line;
    }
    Some((decoded, exact))
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

    fn coding(name: &str, parameters: Option<Dictionary>) -> Coding {
        Coding { filters: vec![(name.into(), parameters)], regular: true }
    }

    fn parameters(entries: &[(&str, i64)]) -> Dictionary {
        let entries = entries.iter().map(|(k, v)| (k.as_bytes().into(), Object::Integer(*v))).collect();
        Dictionary { entries, span: Span0::default() }
    }

    fn decoded(name: &str, data: &[u8]) -> Decoded {
        decode(&coding(name, None), data, &Budget::default()).unwrap().unwrap()
    }

    fn run(name: &str, data: &[u8]) -> Vec<u8> {
        decoded(name, data).data
    }

    fn zlib(data: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_readers_may_decode_otherwise_is_not_strict() {
        for (name, data, strict) in [
            ("ASCIIHexDecode", &b"61 62>\n"[..], true),
            ("ASCIIHexDecode", b"61 x62>", false),
            ("ASCIIHexDecode", b"6162", false),
            ("AHx", b"6162>", false),
            ("ASCII85Decode", b"87cURD]i,\"Ebo80~>", true),
            ("ASCII85Decode", b"87cUR\x80D]i,\"Ebo80~>", false),
            ("ASCII85Decode", b"<~87cURD]i,\"Ebo80~>", false),
            ("ASCII85Decode", b"uuuuu~>", false),
        ] {
            assert_eq!(decoded(name, data).strict, strict, "{name} {data:?}");
        }
        let whole = zlib(b"Dose 10 mg");
        let damaged = |at: usize| {
            let mut data = whole.clone();
            data[at] ^= 1;
            data
        };
        assert!(decoded("FlateDecode", &whole).strict);
        assert!(!decoded("FlateDecode", &damaged(0)).strict);
        assert!(!decoded("FlateDecode", &damaged(whole.len() - 1)).strict);
        for cut in 1..8 {
            assert!(!decoded("FlateDecode", &whole[..whole.len() - cut]).strict, "{cut}");
        }
        let larger: Vec<u8> = (0..200_000u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
        assert!(decoded("FlateDecode", &zlib(&larger)).strict);
        assert_eq!(run("FlateDecode", &zlib(&larger)), larger);
    }

    #[test]
    fn only_lzw_and_flate_have_predictors() {
        let predicted = Some(parameters(&[("Predictor", 12), ("Columns", 2)]));
        let hexadecimal = decode(&coding("ASCIIHexDecode", predicted.clone()), b"006162>", &Budget::default());
        let hexadecimal = hexadecimal.unwrap().unwrap();
        assert_eq!((hexadecimal.data, hexadecimal.strict), (b"\0ab".to_vec(), false));
        let flate = decode(&coding("FlateDecode", predicted), &zlib(b"\0ab"), &Budget::default()).unwrap().unwrap();
        assert_eq!((flate.data, flate.strict), (b"ab".to_vec(), true));
        let entries = vec![(b"Predictor"[..].into(), Object::Real(12.0))];
        let real = Some(Dictionary { entries, span: Span0::default() });
        assert!(decode(&coding("FlateDecode", real), &zlib(b"\0ab"), &Budget::default()).unwrap().is_none());
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
        let bomb = zlib(&vec![0; 1 << 20]);
        let budget = Budget::new(&Limits { pdf_decoded_bytes: 1000, ..Limits::default() });
        let result = decode(&coding("FlateDecode", None), &bomb, &budget);
        assert!(matches!(result, Err(ReadError::Limit(_))));
    }

    #[test]
    fn png_predictors_restore_rows() {
        let parameters = Parameters::read(&parameters(&[("Predictor", 12), ("Columns", 3)])).unwrap();
        let rows = vec![0, 1, 2, 3, 2, 1, 1, 1, 1, 5, 1, 1, 4, 1, 0, 0, 3, 10, 10, 10];
        let (restored, exact) = unpredict(rows, &parameters).unwrap();
        assert!(exact);
        assert_eq!(restored, [1, 2, 3, 2, 3, 4, 5, 6, 7, 6, 6, 7, 13, 19, 23]);
    }
}
