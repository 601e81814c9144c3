//! Documents in object storage and on the web: listed without holding the list, read whole or not at all.
//!
//! The network is asked through one small runtime inside [`Objects`]; everything here blocks, from as many threads as like.

mod address;
mod crypto;
mod error;
mod listing;
mod patience;
mod reading;
mod settings;
mod store;
mod web;

use std::ops::ControlFlow;

use futures_util::future::BoxFuture;
use kenin::Source;
use object_store::path::Path;
use object_store::{GetOptions, ObjectMeta};
use tokio::runtime::Runtime;

pub use address::is_object_url;
pub use error::{AddressProblem, ObjectsError};
pub use settings::ObjectSettings;

use crate::Name;
use address::Address;
use patience::Patience;
use store::Store;

/// A bucket, container or web server and where to look in it.
pub struct Objects {
    address: Address,
    store: Store,
    settings: ObjectSettings,
    runtime: Runtime,
}

/// An object as it was when it was listed or looked at.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its full address.
    pub name: Name,
    /// Size in bytes.
    pub size: u64,
    /// Nanoseconds since 1970, in whole seconds: listings are finer than what tells of a single object. Absent where the
    /// server does not say.
    pub modified: Option<i64>,
    /// The server's mark of this content.
    pub etag: Option<String>,
    path: Path,
}

impl Object {
    /// Where it is in its bucket or on its server, without percent-encoding. [`Objects::look`] takes it.
    pub fn path(&self) -> &str {
        self.path.as_ref()
    }
}

impl Objects {
    /// What is at an address, with what the process's environment says of credentials and endpoints. Nothing is asked of
    /// the network yet.
    ///
    /// # Errors
    /// An address that is none, or settings that contradict each other.
    pub fn open(url: &str) -> Result<Self, ObjectsError> {
        Self::open_with(url, ObjectSettings::from_env())
    }

    /// The same with settings of the caller's.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(url: &str, settings: ObjectSettings) -> Result<Self, ObjectsError> {
        let address = Address::parse(url)?;
        let store = Store::open(&address, &settings)?;
        // One worker keeps connections alive; the threads that wait drive their own requests.
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("objects")
            .enable_all()
            .build()
            .map_err(|source| ObjectsError::Io { address: address.to_string(), source })?;
        Ok(Self { address, store, settings, runtime })
    }

    /// The address.
    pub fn name(&self) -> Name {
        Name::from_bytes(self.address.to_string())
    }

    /// Hands every object below the address to `receive`, one page of the server's at a time, until it breaks. An error is
    /// handed over where it happens: of one object, after which others follow, or of what could not be listed any further.
    ///
    /// An address below which nothing is, or that cannot be listed, is that of a single object.
    pub fn list(&self, receive: &mut dyn FnMut(Result<Object, ObjectsError>) -> ControlFlow<()>) -> ControlFlow<()> {
        match &self.store {
            Store::Bucket(bucket) => self.list_bucket(bucket, receive),
            Store::Web(web) => self.list_web(web, receive),
        }
    }

    /// A single object by its path, as it is now.
    ///
    /// # Errors
    /// [`ObjectsError::NotFound`] where there is none, and whatever the server or the connection says.
    pub fn look(&self, path: &str) -> Result<Object, ObjectsError> {
        let path = Path::parse(path).map_err(|_| self.address.problem(AddressProblem::Path))?;
        self.look_at(path)
    }

    /// Reads an object that must still be what it was when it was listed. Up to 16 MiB are held in memory, a larger one in
    /// a file without a name in the folder for temporary files.
    ///
    /// # Errors
    /// [`ObjectsError::Changed`] inside the [`std::io::Error`] for an object that is another by now, and everything that keeps
    /// it from being read whole.
    pub fn read(&self, object: &Object) -> std::io::Result<Source> {
        Ok(self.read_object(object)?)
    }

    fn look_at(&self, path: Path) -> Result<Object, ObjectsError> {
        let options = GetOptions { head: true, ..GetOptions::default() };
        let found = self.wait(self.store.objects().get_opts(&path, options));
        match found {
            Ok(found) => Ok(self.object(found.meta)),
            Err(error) => Err(self.failed(&path, &error)),
        }
    }

    fn object(&self, meta: ObjectMeta) -> Object {
        let seconds = meta.last_modified.timestamp();
        Object {
            name: Name::from_bytes(self.address.name(&meta.location)),
            size: meta.size,
            // object_store says 1970 where a web server says nothing.
            modified: seconds.checked_mul(1_000_000_000).filter(|modified| *modified > 0),
            etag: meta.e_tag,
            path: meta.location,
        }
    }

    fn failed(&self, path: &Path, error: &object_store::Error) -> ObjectsError {
        ObjectsError::of(self.address.name(path), error)
    }

    fn patience(&self) -> Patience {
        Patience::new(self.settings.patience)
    }

    fn wait<T>(&self, answer: BoxFuture<'_, T>) -> T {
        self.runtime.block_on(answer)
    }
}

/// Its address only: settings hold credentials.
impl std::fmt::Debug for Objects {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Objects({})", self.address)
    }
}
