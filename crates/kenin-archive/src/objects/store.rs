use std::sync::Arc;

use object_store::aws::AmazonS3Builder;
use object_store::azure::MicrosoftAzureBuilder;
use object_store::gcp::GoogleCloudStorageBuilder;
use object_store::http::{HttpBuilder, HttpStore};
use object_store::list::PaginatedListStore;
use object_store::{BackoffConfig, ClientOptions, ObjectStore, RetryConfig};

use super::address::{Address, Service};
use super::crypto::OpenSsl;
use super::error::reason;
use super::{ObjectSettings, ObjectsError};

/// A service that is ready to be asked.
pub(super) enum Store {
    Bucket(Bucket),
    Web(Web),
}

/// A bucket or container, which is listed page by page.
pub(super) struct Bucket {
    objects: Arc<dyn ObjectStore>,
    pub(super) pages: Arc<dyn PaginatedListStore>,
}

/// A web server.
pub(super) struct Web {
    pub(super) server: HttpStore,
    /// The same, asked once: whether it knows of listing at all, and for objects without a mark of their content, which
    /// `object_store` would put together from pieces.
    pub(super) once: HttpStore,
}

impl Store {
    pub(super) fn open(address: &Address, settings: &ObjectSettings) -> Result<Self, ObjectsError> {
        build(address, settings)
            .map_err(|error| ObjectsError::Settings { address: address.to_string(), reason: reason(&error) })
    }

    fn bucket<S: ObjectStore + PaginatedListStore>(service: S) -> Self {
        let service = Arc::new(service);
        Self::Bucket(Bucket { objects: service.clone(), pages: service })
    }

    pub(super) fn objects(&self) -> &dyn ObjectStore {
        match self {
            Self::Bucket(bucket) => bucket.objects.as_ref(),
            Self::Web(web) => &web.server,
        }
    }

    /// The same, but for a web server's each request is made once and no answer is put together from several.
    pub(super) fn objects_once(&self) -> &dyn ObjectStore {
        match self {
            Self::Bucket(bucket) => bucket.objects.as_ref(),
            Self::Web(web) => &web.once,
        }
    }
}

fn build(address: &Address, settings: &ObjectSettings) -> object_store::Result<Store> {
    let host = address.root.split_once("://").map_or("", |(_, host)| host);
    let retry = RetryConfig {
        backoff: BackoffConfig::default(),
        // The time is the bound.
        max_retries: usize::MAX,
        retry_timeout: settings.patience,
    };
    // A large object may take long as long as it comes; a server that says nothing is another matter.
    let client = ClientOptions::new().with_timeout_disabled().with_read_timeout(settings.silence);
    Ok(match address.service {
        Service::S3 => {
            let builder = AmazonS3Builder::new().with_client_options(client);
            let builder = settings.of("AWS_", &[]).fold(builder, |builder, (key, value)| match key.parse() {
                Ok(key) => builder.with_config(key, value),
                Err(_) => builder,
            });
            let builder = builder.with_retry(retry).with_crypto_provider(Arc::new(OpenSsl));
            Store::bucket(builder.with_bucket_name(host).build()?)
        }
        Service::Google => {
            let builder = GoogleCloudStorageBuilder::new().with_client_options(client);
            let variables = settings.of("GOOGLE_", &["SERVICE_ACCOUNT"]);
            let builder = variables.fold(builder, |builder, (key, value)| match key.parse() {
                Ok(key) => builder.with_config(key, value),
                Err(_) => builder,
            });
            let builder = builder.with_retry(retry).with_crypto_provider(Arc::new(OpenSsl));
            Store::bucket(builder.with_bucket_name(host).build()?)
        }
        Service::Azure => {
            let builder = MicrosoftAzureBuilder::new().with_client_options(client);
            let variables = settings.of("AZURE_", &["IDENTITY_ENDPOINT"]);
            let builder = variables.fold(builder, |builder, (key, value)| match key.parse() {
                Ok(key) => builder.with_config(key, value),
                Err(_) => builder,
            });
            let builder = builder.with_retry(retry).with_crypto_provider(Arc::new(OpenSsl));
            Store::bucket(builder.with_url(&address.root).build()?)
        }
        Service::Web => {
            let client = client.with_allow_http(address.root.starts_with("http:"));
            let server = HttpBuilder::new().with_url(&address.root).with_client_options(client);
            let once = server.clone().with_retry(RetryConfig { max_retries: 0, ..retry.clone() }).build()?;
            Store::Web(Web { server: server.with_retry(retry).build()?, once })
        }
    })
}
