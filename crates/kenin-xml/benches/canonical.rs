//! What canonicalization costs: a document of 10 MB, inclusive and exclusive, against a plain roxmltree parse of the same
//! text; and halves and quarters of documents that would show quadratic work.
//!
//!     cargo bench -p kenin-xml --bench canonical
//!
//! Nothing is asserted about time.
// A bench: a document that is not as expected should stop it, and its last lines are the answer.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

use std::fmt::Write;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use kenin_base::{Budget, Limits};
use kenin_xml::{Canonicalization, NodeSet, XmlDocument, canonicalize};

const SIZE: usize = 10 << 20;

type Made = fn(usize) -> String;

fn canonical(criterion: &mut Criterion) {
    let text = prescriptions(SIZE);
    let budget = unlimited();
    let document = XmlDocument::parse(&budget, &text).unwrap();
    let exclusive = Canonicalization::from_uri("http://www.w3.org/2001/10/xml-exc-c14n#").unwrap();
    let methods = [("inclusive", Canonicalization::inclusive()), ("exclusive", exclusive)];

    let parsing = quickest(|| _ = black_box(roxmltree::Document::parse(&text).unwrap()));
    let reading = quickest(|| _ = black_box(XmlDocument::parse(&unlimited(), &text).unwrap()));
    println!("floor: a roxmltree parse of {} octets {parsing:.1?}", text.len());
    println!("bounded parse {reading:.1?}, {:.1} x", reading.as_secs_f64() / parsing.as_secs_f64());
    for (name, method) in &methods {
        let writing = quickest(|| assert!(written(&document, method) > 0));
        println!("{name} {writing:.1?}, {:.1} x", writing.as_secs_f64() / parsing.as_secs_f64());
    }
    let shapes: [(&str, Made, usize); 3] = [
        ("attributes of one element", attributes, 10_000),
        ("namespaces of one element, and as many children", namespaces, 10_000),
        ("elements in each other", nested, 400_000),
    ];
    for (what, make, count) in shapes {
        println!("\n{count} {what}");
        for part in [4, 2, 1] {
            let text = make(count / part);
            let document = XmlDocument::parse(&unlimited(), &text).unwrap();
            for (name, method) in &methods {
                let writing = quickest(|| assert!(written(&document, method) > 0));
                println!("  {:8} {name}: {writing:10.1?}", count / part);
            }
        }
    }

    let mut group = criterion.benchmark_group("canonical");
    group.sample_size(10);
    for (name, method) in &methods {
        group.bench_function(*name, |b| b.iter(|| written(&document, method)));
    }
    group.finish();
}

fn written(document: &XmlDocument<'_>, method: &Canonicalization) -> usize {
    let mut octets = 0;
    let mut sink = |piece: &[u8]| octets += black_box(piece).len();
    canonicalize(document, &NodeSet::document(), method, &unlimited(), &mut sink).unwrap();
    octets
}

fn unlimited() -> Budget {
    Budget::new(&Limits {
        xml_nodes: u64::MAX,
        xml_depth: u64::MAX,
        xml_canonical_bytes: u64::MAX,
        ..Limits::default()
    })
}

fn prescriptions(size: usize) -> String {
    let mut text =
        "<?xml version=\"1.0\"?>\n<Document xmlns=\"urn:demo:prescription\" xmlns:xs=\"urn:demo:xs\">\n".to_owned();
    for number in 0.. {
        if text.len() >= size {
            break;
        }
        let _ = write!(
            text,
            "  <Prescription id=\"p{number}\" date=\"2026-04-01\" xs:type=\"outpatient\">\n    <Patient xmlns:p=\"urn:demo:patient\">\
             <p:Name kana=\"デモ タロウ\">検印 太郎 {number}</p:Name></Patient>\n    <Item code='62000{number}' days=\"14\" unit=\"錠\">\
             アムロジピン錠 5mg &amp; 2.5mg &lt;後発品&gt;</Item>\n    <!-- {number} --><Note>1 日 1 回 朝食後</Note>\n  </Prescription>\n"
        );
    }
    text + "</Document>\n"
}

fn attributes(count: usize) -> String {
    let attributes: String = (0..count).map(|n| format!(" a{n}=''")).collect();
    format!("<a{attributes}/>")
}

fn namespaces(count: usize) -> String {
    let declarations: String = (0..count).map(|n| format!(" xmlns:p{n}='urn:{n}'")).collect();
    format!("<a{declarations}>{}</a>", "<p0:b/>".repeat(count))
}

fn nested(count: usize) -> String {
    format!("{}{}", "<a b=''>".repeat(count), "</a>".repeat(count))
}

/// The best of five: what disturbs a measurement makes it longer.
fn quickest(mut work: impl FnMut()) -> Duration {
    let time = |()| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    [(); 5].map(time).into_iter().min().unwrap()
}

criterion_group!(benches, canonical);
criterion_main!(benches);
