use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use kenin_archive::{AddressProblem, Objects, ObjectsError};

use crate::bucket::Bucket;
use crate::faults::{Fault, Faults};
use crate::{all, bytes, content, failure, listed, names, open, open_as};

const SLOW_DOWN: &str = "<?xml version=\"1.0\"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message>\
                         <AWSAccessKeyId>AKIDEMO</AWSAccessKeyId></Error>";

#[test]
fn what_is_listed_is_read() {
    let bucket = Bucket::default();
    bucket.put("2024/a.pdf", *b"one");
    bucket.put("2024/deeper/b.p7s", *b"two");
    bucket.put("2025/c.pdf", *b"three");
    bucket.put("2024x/d.pdf", *b"beside");
    let objects = open("s3://archive/2024", bucket.serve());
    let found = listed(&objects);
    assert_eq!(names(&found), ["s3://archive/2024/a.pdf", "s3://archive/2024/deeper/b.p7s"]);
    assert_eq!(bytes(&objects.read(&found[0]).unwrap()), b"one");
    let first = &found[0];
    assert_eq!((first.path(), first.size), ("2024/a.pdf", 3));
    assert_eq!((first.modified, first.etag.as_deref()), (Some(1_700_000_000_000_000_000), Some("\"mark-0\"")));
    // A single object is told alike by a listing and by itself.
    let looked = objects.look("2024/a.pdf").unwrap();
    assert_eq!((looked.modified, looked.etag, looked.size), (first.modified, first.etag.clone(), first.size));
    assert!(matches!(objects.look("2024/none").unwrap_err(), ObjectsError::NotFound { .. }));
}

#[test]
fn an_object_is_a_root_of_its_own_and_nothing_is_an_error() {
    let bucket = Bucket::default();
    bucket.put("a.pdf", *b"one");
    let server = bucket.serve();
    assert_eq!(names(&listed(&open("s3://archive/a.pdf", server))), ["s3://archive/a.pdf"]);
    let missing = all(&open("s3://archive/2023", server));
    assert!(
        matches!(missing.as_slice(), [Err(ObjectsError::NotFound { address, .. })] if address == "s3://archive/2023")
    );
    bucket.remove("a.pdf");
    assert_eq!(all(&open("s3://archive", server)).len(), 0);
    let missing = all(&open("s3://other", server));
    assert!(matches!(missing.as_slice(), [Err(ObjectsError::NotFound { address, .. })] if address == "s3://other/"));
}

#[test]
fn names_are_the_keys_whatever_is_in_them() {
    let keys = ["100%.pdf", "a b.pdf", "a%20b.pdf", "a+b.pdf", "q?x=1&y#z", "検印/診療 情報.pdf", "~'()*!$,;:@=.pdf"];
    let bucket = Bucket::default();
    for key in keys {
        bucket.put(&format!("n/{key}"), key.as_bytes());
    }
    let objects = open("s3://archive/n/", bucket.serve());
    let found = listed(&objects);
    let mut expected = keys.map(|key| format!("s3://archive/n/{key}"));
    expected.sort();
    assert_eq!(names(&found), expected);
    for object in &found {
        assert_eq!(format!("n/{}", String::from_utf8(bytes(&objects.read(object).unwrap())).unwrap()), object.path());
    }
}

#[test]
fn a_listing_comes_in_pages_and_stops_when_asked() {
    let bucket = Bucket::default();
    let keys: Vec<_> = (0..2500).map(|i| format!("{i:04}.pdf")).collect();
    for key in &keys {
        bucket.put(key, *b"x");
    }
    let objects = open("s3://archive", bucket.serve());
    let expected: Vec<_> = keys.iter().map(|key| format!("s3://archive/{key}")).collect();
    assert_eq!(names(&listed(&objects)), expected);
    assert_eq!(bucket.pages(), 3);
    let mut received = 0;
    let end = objects.list(&mut |_| {
        received += 1;
        if received == 10 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!((end, received, bucket.pages()), (ControlFlow::Break(()), 10, 4));
}

/// `object_store` refuses such keys, and the whole page with them.
#[test]
fn a_key_that_cannot_be_asked_for_costs_only_itself() {
    let bucket = Bucket::default();
    for i in 0..1500 {
        bucket.put(&format!("{i:04}.pdf"), *b"x");
    }
    bucket.put("0700//a.pdf", *b"x");
    bucket.put("0700/../b.pdf", *b"x");
    let found = all(&open("s3://archive", bucket.serve()));
    let (objects, errors): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    assert_eq!(objects.len(), 1500);
    let errors: Vec<_> = errors.into_iter().map(Result::unwrap_err).collect();
    let told: Vec<_> = errors.iter().map(ToString::to_string).collect();
    let why = AddressProblem::Path.to_string();
    assert_eq!(told, [format!("s3://archive/0700/../b.pdf: {why}"), format!("s3://archive/0700//a.pdf: {why}")]);
}

#[test]
fn the_mark_of_an_empty_folder_is_an_empty_document() {
    let bucket = Bucket::default();
    bucket.put("folder/", *b"");
    bucket.put("folder/a.pdf", *b"one");
    let objects = open("s3://archive", bucket.serve());
    let lengths: Vec<_> = listed(&objects).iter().map(|object| objects.read(object).unwrap().len()).collect();
    assert_eq!(lengths, [0, 3]);
}

#[test]
fn a_large_object_is_read_from_a_temporary_file() {
    let bucket = Bucket::default();
    let large = content(40 << 20, 1);
    bucket.put("large.pdf", large.clone());
    bucket.put("small.pdf", large[..16 << 20].to_vec());
    let objects = open("s3://archive", bucket.serve());
    let [large_one, small_one] = &listed(&objects)[..] else { panic!("two objects") };
    let source = objects.read(large_one).unwrap();
    assert!(source.as_slice().is_none());
    assert!(bytes(&source) == large);
    let source = objects.read(small_one).unwrap();
    assert!(source.as_slice().unwrap() == &large[..16 << 20]);
}

#[test]
fn throttled_requests_are_made_again() {
    for status in ["503 Slow Down", "429 Too Many Requests", "500 Internal Server Error"] {
        let bucket = Bucket::default();
        for i in 0..5 {
            bucket.put(&format!("{i}.pdf"), content(1000, i));
        }
        // The listing and the first object meet a service that is busy.
        let busy = move |request: &crate::faults::Request| match request.number {
            0 | 1 | 3 | 4 => Fault::Answer(status, SLOW_DOWN),
            _ => Fault::Pass,
        };
        let faults = Faults::before(bucket.serve(), busy);
        let objects = open("s3://archive", faults.address);
        for (object, i) in listed(&objects).iter().zip(0..) {
            assert!(bytes(&objects.read(object).unwrap()) == content(1000, i), "{status}");
        }
        assert_eq!(faults.requests().len(), 1 + 5 + 4, "{status}");
    }
}

#[test]
fn a_broken_connection_is_taken_up_where_it_broke() {
    let bucket = Bucket::default();
    let large = content(20 << 20, 7);
    bucket.put("a.pdf", large.clone());
    let faults = Faults::before(bucket.serve(), |request| match request.number {
        // A listing that ends in the middle, one that is not answered, an object in pieces.
        0 => Fault::Cut(100),
        1 => Fault::Close,
        3 => Fault::Cut(5_000_000),
        4 => Fault::Close,
        5 => Fault::Cut(0),
        6 => Fault::Cut(9_000_000),
        _ => Fault::Pass,
    });
    let objects = open("s3://archive", faults.address);
    let found = listed(&objects);
    assert!(bytes(&objects.read(&found[0]).unwrap()) == large);
    let requests = faults.requests();
    assert_eq!(requests.len(), 8);
    for request in &requests[3..] {
        assert!(request.head.contains("if-match: \"mark-0\"\r\n"), "{request:?}");
    }
    // What had come is not fetched again.
    assert!(!requests[3].head.contains("range:"), "{:?}", requests[3]);
    assert!(requests[4].head.contains("range: bytes=5000000-20971519\r\n"), "{:?}", requests[4]);
    assert!(requests[7].head.contains("range: bytes=14000000-20971519\r\n"), "{:?}", requests[7]);
}

#[test]
fn what_stays_broken_is_an_error_in_time_and_the_rest_is_read() {
    let faults: [fn() -> Fault; 4] = [
        || Fault::Answer("503 Slow Down", SLOW_DOWN),
        || Fault::Cut(0),
        || Fault::Close,
        || Fault::Silence(Duration::from_secs(30)),
    ];
    for fault in faults {
        let bucket = three_objects();
        let faults =
            Faults::before(
                bucket.serve(),
                move |request| {
                    if request.line.contains("/archive/b.pdf") { fault() } else { Fault::Pass }
                },
            );
        let objects = open("s3://archive", faults.address);
        let found = listed(&objects);
        let begun = Instant::now();
        let (error, text) = failure(&objects, &found[1]);
        let took = begun.elapsed();
        assert!(matches!(error, ObjectsError::Failed { .. }), "{text}");
        assert!((Duration::from_secs(1)..Duration::from_secs(8)).contains(&took), "{took:?}: {text}");
        if matches!(fault(), Fault::Answer(..)) {
            let said = "503 Service Unavailable: SlowDown: Please reduce your request rate.";
            assert!(text.ends_with(said) && !text.contains("AKIDEMO"), "{text}");
        }
        for object in [&found[0], &found[2]] {
            assert!(bytes(&objects.read(object).unwrap()) == content(1000, 3));
        }
    }
}

/// Every attempt brings half of what is missing: as long as something comes there is no reason to give up.
#[test]
fn an_object_that_comes_in_pieces_is_whole_in_the_end() {
    let bucket = three_objects();
    let faults = Faults::before(bucket.serve(), |request| match request.head.split_once("range: bytes=") {
        Some((_, range)) => {
            let start: usize = range.split('-').next().unwrap().parse().unwrap();
            Fault::Cut((1000 - start).div_ceil(2))
        }
        None if request.line.contains("/archive/b.pdf") => Fault::Cut(500),
        None => Fault::Pass,
    });
    let objects = open("s3://archive", faults.address);
    assert!(bytes(&objects.read(&listed(&objects)[1]).unwrap()) == content(1000, 3));
}

fn three_objects() -> Bucket {
    let bucket = Bucket::default();
    for name in ["a", "b", "c"] {
        bucket.put(&format!("{name}.pdf"), content(1000, 3));
    }
    bucket
}

#[test]
fn a_listing_that_stays_broken_is_an_error_after_what_was_listed() {
    let bucket = Bucket::default();
    for i in 0..1500 {
        bucket.put(&format!("{i:04}.pdf"), *b"x");
    }
    let second = |request: &crate::faults::Request| {
        if request.line.contains("continuation-token") {
            Fault::Answer("503 Slow Down", SLOW_DOWN)
        } else {
            Fault::Pass
        }
    };
    let found = all(&open("s3://archive", Faults::before(bucket.serve(), second).address));
    assert_eq!(found.len(), 1001);
    let error = found.last().unwrap().as_ref().unwrap_err();
    assert!(matches!(error, ObjectsError::Failed { .. }), "{error}");
    assert!(error.to_string().ends_with("SlowDown: Please reduce your request rate."), "{error}");
}

#[test]
fn an_object_that_has_gone_or_changed_is_an_error() {
    let bucket = Bucket::default();
    for name in ["gone", "same-size", "other-size", "stays"] {
        bucket.put(name, *b"old content");
    }
    let objects = open("s3://archive", bucket.serve());
    let [gone, other_size, same_size, stays] = &listed(&objects)[..] else { panic!("four objects") };
    bucket.remove("gone");
    bucket.put("same-size", *b"new content");
    bucket.put("other-size", *b"new");
    let (error, text) = failure(&objects, gone);
    assert!(matches!(error, ObjectsError::NotFound { .. }), "{text}");
    assert!(text.contains("NoSuchKey"), "{text}");
    for changed in [same_size, other_size] {
        let (error, text) = failure(&objects, changed);
        assert!(matches!(error, ObjectsError::Changed { .. }), "{text}");
    }
    assert_eq!(bytes(&objects.read(stays).unwrap()), b"old content");
}

#[test]
fn an_object_that_changes_while_it_is_read_is_no_mixture() {
    let bucket = Bucket::default();
    bucket.put("a.pdf", content(100_000, 1));
    let shared = bucket.clone();
    // Replaced between the two halves.
    let faults = Faults::before(bucket.serve(), move |request| match request.number {
        1 => Fault::Cut(50_000),
        2 => {
            shared.put("a.pdf", content(100_000, 2));
            Fault::Pass
        }
        _ => Fault::Pass,
    });
    let objects = open("s3://archive", faults.address);
    let (error, text) = failure(&objects, &listed(&objects)[0]);
    assert!(matches!(error, ObjectsError::Changed { .. }), "{text}");
}

#[test]
fn wrong_credentials_are_told_when_listing() {
    let bucket = Bucket::default();
    bucket.put("a.pdf", *b"one");
    let found = all(&open_as("s3://archive", bucket.serve(), "another-secret"));
    let [Err(error)] = found.as_slice() else { panic!("{found:?}") };
    assert!(matches!(error, ObjectsError::Refused { .. }), "{error}");
    let text = error.to_string();
    assert!(text.starts_with("s3://archive/: ") && text.contains("SignatureDoesNotMatch"), "{text}");
    assert!(!text.contains("another-secret") && !text.contains('<'), "{text}");
}

#[test]
fn nothing_is_asked_of_the_network_before_it_is_needed() {
    // Nobody listens there.
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let objects = open("s3://archive", nobody);
    assert_eq!(format!("{objects:?}"), "Objects(s3://archive/)");
    let found = all(&objects);
    let [Err(ObjectsError::Failed { reason, .. })] = found.as_slice() else { panic!("{found:?}") };
    assert!(reason.contains("refused"), "{reason}");
}

#[test]
fn many_threads_read_at_once() {
    fn is_shared(_: &(impl Send + Sync)) {}
    let bucket = Bucket::default();
    for i in 0..64 {
        bucket.put(&format!("{i:02}.pdf"), content(10_000, i));
    }
    let objects: Objects = open("s3://archive", bucket.serve());
    is_shared(&objects);
    let found = listed(&objects);
    std::thread::scope(|scope| {
        for worker in 0..8 {
            let (objects, found) = (&objects, &found);
            scope.spawn(move || {
                for (object, i) in found.iter().zip(0..).skip(worker).step_by(8) {
                    assert!(bytes(&objects.read(object).unwrap()) == content(10_000, i));
                }
            });
        }
    });
}
