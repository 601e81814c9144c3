use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use kenin_archive::{AddressProblem, Objects, ObjectsError};

use crate::faults::{Fault, Faults};
use crate::web::Web;
use crate::{all, bytes, failure, impatient, listed, names};

fn files() -> BTreeMap<&'static str, &'static [u8]> {
    BTreeMap::from([
        ("/archive/a%20b.pdf", b"one".as_slice()),
        ("/archive/deep/er/%E6%A4%9C%E5%8D%B0.pdf", b"two"),
        ("/archive/deep/c+100%25.p7s", b"three"),
        ("/other/d.pdf", b"four"),
    ])
}

fn open(url: &str) -> Objects {
    Objects::open_with(url, impatient(Vec::new())).unwrap()
}

#[test]
fn a_folder_of_webdav_is_walked() {
    let server = Web { files: files(), etag: Some("\"m\""), ..Web::default() }.serve();
    for root in ["archive", "archive/"] {
        let objects = open(&format!("http://{server}/{root}"));
        let mut found = listed(&objects);
        found.sort_by(|a, b| a.name.cmp(&b.name));
        let expected = files()
            .into_keys()
            .filter(|path| path.starts_with("/archive"))
            .map(|path| format!("http://{server}{path}"));
        assert_eq!(names(&found), expected.collect::<Vec<_>>());
        let read: Vec<_> = found.iter().map(|object| bytes(&objects.read(object).unwrap())).collect();
        assert_eq!(read, [b"one".as_slice(), b"three", b"two"].map(<[u8]>::to_vec).to_vec());
        assert_eq!(found[0].modified, Some(1_445_412_480_000_000_000));
    }
}

#[test]
fn what_cannot_be_listed_is_a_single_document() {
    for status in [400, 401, 403, 405, 501] {
        let server = Web { files: files(), no_listing: Some(status), ..Web::default() }.serve();
        let objects = open(&format!("http://{server}/archive/a%20b.pdf"));
        let found = listed(&objects);
        assert_eq!(names(&found), [format!("http://{server}/archive/a%20b.pdf")], "{status}");
        assert_eq!(bytes(&objects.read(&found[0]).unwrap()), b"one");
        assert!(matches!(all(&open(&format!("http://{server}/none")))[..], [Err(ObjectsError::NotFound { .. })]));
        // A folder that cannot be listed is none.
        assert!(all(&open(&format!("http://{server}/archive/")))[0].is_err());
    }
    // A file where listing is known.
    let server = Web { files: files(), ..Web::default() }.serve();
    let name = format!("http://{server}/archive/a%20b.pdf");
    assert_eq!(names(&listed(&open(&name))), [name]);
}

/// Without a mark of the content nothing tells that the second half belongs to the first.
#[test]
fn a_broken_connection_begins_anew_where_there_is_no_mark_and_no_range() {
    for etag in [None, Some("W/\"weak\""), Some("\"strong\"")] {
        let server = Web { files: files(), etag, ..Web::default() }.serve();
        let faults = Faults::before(server, |request| match request.number {
            0 => Fault::Answer("503 Service Unavailable", ""),
            3 => Fault::Cut(2),
            _ => Fault::Pass,
        });
        let objects = open(&format!("http://{}/archive/deep/c+100%25.p7s", faults.address));
        assert_eq!(bytes(&objects.read(&listed(&objects)[0]).unwrap()), b"three", "{etag:?}");
        let parts = faults.requests().iter().filter(|request| request.head.contains("range:")).count();
        assert_eq!(parts > 0, etag == Some("\"strong\""), "{etag:?}");
    }
}

#[test]
fn a_document_that_changes_is_told_by_its_mark_or_its_time() {
    let server = Web { files: files(), ..Web::default() }.serve();
    let objects = open(&format!("http://{server}/archive/a%20b.pdf"));
    let listed = listed(&objects);
    let mut earlier = listed[0].clone();
    earlier.modified = Some(0);
    let (error, text) = failure(&objects, &earlier);
    assert!(matches!(error, ObjectsError::Changed { .. }), "{text}");
}

#[test]
fn a_server_leads_neither_round_nor_deeper_for_ever() {
    let server = Web { is_endless: true, ..Web::default() }.serve();
    let faults = Faults::before(server, |_| Fault::Pass);
    let found = all(&open(&format!("http://{}/x/", faults.address)));
    assert!(matches!(found[..], [Err(ObjectsError::Address { problem: AddressProblem::Depth, .. })]), "{found:?}");
    assert_eq!(faults.requests().len(), 100);
}

#[test]
fn a_server_that_is_not_there_is_an_error_in_time() {
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let begun = Instant::now();
    let found = all(&open(&format!("http://{nobody}/archive")));
    let [Err(ObjectsError::Failed { reason, .. })] = found.as_slice() else { panic!("{found:?}") };
    assert!(reason.contains("refused"), "{reason}");
    assert!((Duration::from_secs(1)..Duration::from_secs(8)).contains(&begun.elapsed()), "{:?}", begun.elapsed());
}
