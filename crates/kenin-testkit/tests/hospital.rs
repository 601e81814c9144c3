//! A generated archive depends on number and seed alone, and no two of its files are alike.
#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kenin_testkit::hospital;

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("kenin-hospital-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Folder(path)
    }

    /// The archive of 200 documents, made by so many threads.
    fn written(self, seed: u64, threads: usize) -> Folder {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| hospital::write(&self.0, 200, seed)).unwrap();
        self
    }

    fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.0, &self.0, &mut files);
        files
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            files.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
        }
    }
}

#[test]
fn an_archive_follows_from_its_seed() {
    let files = Folder::new("one").written(1, 1).files();
    assert!(files == Folder::new("three").written(1, 3).files(), "threads change something");
    let other = Folder::new("other").written(2, 2).files();
    let documents = |files: BTreeMap<PathBuf, Vec<u8>>| -> BTreeSet<Vec<u8>> {
        files.into_iter().filter(|(path, _)| path.starts_with("documents")).map(|(_, bytes)| bytes).collect()
    };
    let (number, documents, other) = (files.len() - 3, documents(files), documents(other));
    assert_eq!(documents.len(), number, "two documents are alike");
    assert!(documents.is_disjoint(&other), "the seed changes nothing");
}
