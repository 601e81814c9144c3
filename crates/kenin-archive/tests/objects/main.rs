//! Object storage against a real S3 protocol and a web server, both started here, with a network between that fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![allow(missing_docs)]

mod archive;
mod bucket;
mod faults;
mod on_the_web;
mod s3;
mod web;

use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::time::Duration;

use kenin::Source;
use kenin_archive::{Object, ObjectSettings, Objects, ObjectsError};

use crate::bucket::{KEY, SECRET};

/// The root of the bucket behind an address, with little patience.
fn open(url: &str, server: SocketAddr) -> Objects {
    open_as(url, server, SECRET)
}

fn open_as(url: &str, server: SocketAddr, secret: &str) -> Objects {
    let variables = [
        ("AWS_ACCESS_KEY_ID", KEY),
        ("AWS_SECRET_ACCESS_KEY", secret),
        ("AWS_ENDPOINT", &format!("http://{server}")),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "ap-northeast-1"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Objects::open_with(url, impatient(variables)).unwrap()
}

fn impatient(variables: Vec<(String, String)>) -> ObjectSettings {
    ObjectSettings {
        patience: Duration::from_secs(2),
        silence: Duration::from_secs(1),
        ..ObjectSettings::with(variables)
    }
}

fn all(objects: &Objects) -> Vec<Result<Object, ObjectsError>> {
    let mut found = Vec::new();
    let end = objects.list(&mut |object| {
        found.push(object);
        ControlFlow::Continue(())
    });
    assert_eq!(end, ControlFlow::Continue(()));
    found
}

fn listed(objects: &Objects) -> Vec<Object> {
    all(objects).into_iter().collect::<Result<_, _>>().unwrap()
}

fn names(objects: &[Object]) -> Vec<String> {
    objects.iter().map(|object| object.name.to_string()).collect()
}

fn bytes(source: &Source) -> Vec<u8> {
    source.read(kenin_base::Span::new(0, source.len())).unwrap().into_owned()
}

/// Bytes that are nowhere alike, so that a piece in a wrong place shows.
fn content(length: usize, seed: u32) -> Vec<u8> {
    let mut state = seed | 1;
    let step = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(step).take(length).collect()
}

/// What reading an object came to, and the text of it.
fn failure(objects: &Objects, object: &Object) -> (ObjectsError, String) {
    let error = objects.read(object).map(|source| source.len()).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with(&object.name.to_string()), "{text}");
    assert!(!text.contains(SECRET) && !text.contains("Signature="), "{text}");
    (error.downcast().unwrap(), text)
}
