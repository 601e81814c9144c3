//! No single changed bit inside what a signature covers may leave a document `valid`.
//!
//! Each document is changed one bit at a time, at every place of what is covered while that is affordable, else at places
//! drawn from a seed.

use kenin::Verdict;
use rayon::prelude::*;

use crate::subject::{Case, Subject, sound};

#[test]
fn no_single_bit_inside_covered_bytes_may_change() {
    let survivors: Vec<String> = sound().par_iter().flat_map_iter(survivors).collect();
    assert!(survivors.is_empty(), "still valid after one bit changed:\n{}", survivors.join("\n"));
}

/// The changes of a case after which it is still valid.
fn survivors(case: &Case) -> Vec<String> {
    let subject = Subject::new(case);
    assert_eq!(subject.judge(&subject.document, subject.content.as_deref()).verdict, Verdict::Valid, "{}", case.id);
    let mut survivors = Vec::new();
    for (in_content, bit) in subject.places() {
        let (mut document, mut content) = (subject.document.clone(), subject.content.clone());
        let changed = if in_content { content.as_mut().unwrap() } else { &mut document };
        changed[bit / 8] ^= 1 << (bit % 8);
        if subject.judge(&document, content.as_deref()).verdict == Verdict::Valid {
            let what = if in_content { "content" } else { "document" };
            survivors.push(format!("{}: bit {} of octet {} of the {what}", case.id, bit % 8, bit / 8));
        }
    }
    survivors
}
