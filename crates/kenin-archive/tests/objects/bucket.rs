//! A bucket in memory behind `s3s`, which speaks S3: requests, answers, errors and the verification of signatures are its
//! own; what is in the bucket and whether `If-Match` holds is ours.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::ops::Bound;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use hyper::server::conn::http1;
use hyper_util::rt::TokioIo;
use s3s::auth::SimpleAuth;
use s3s::dto::{
    GetObjectInput, GetObjectOutput, HeadObjectInput, HeadObjectOutput, ListObjectsV2Input, ListObjectsV2Output,
    Object, StreamingBlob, Timestamp,
};
use s3s::service::S3ServiceBuilder;
use s3s::{Body, S3, S3Request, S3Response, S3Result, s3_error};

pub const NAME: &str = "archive";
pub const KEY: &str = "demo-key";
pub const SECRET: &str = "demo-secret-that-no-text-may-repeat";

#[derive(Clone, Default)]
pub struct Bucket {
    objects: Arc<Mutex<BTreeMap<String, Content>>>,
    written: Arc<AtomicU64>,
    pages: Arc<AtomicU64>,
}

#[derive(Clone)]
struct Content {
    bytes: Arc<[u8]>,
    etag: String,
    modified: SystemTime,
}

impl Bucket {
    pub fn put(&self, key: &str, bytes: impl Into<Arc<[u8]>>) {
        let number = self.written.fetch_add(1, Ordering::Relaxed);
        let etag = format!("\"mark-{number}\"");
        let modified = SystemTime::UNIX_EPOCH + Duration::from_millis(1_700_000_000_123 + number * 1000);
        self.objects.lock().unwrap().insert(key.to_owned(), Content { bytes: bytes.into(), etag, modified });
    }

    pub fn remove(&self, key: &str) {
        self.objects.lock().unwrap().remove(key).unwrap();
    }

    pub fn pages(&self) -> u64 {
        self.pages.load(Ordering::Relaxed)
    }

    /// Serves the bucket until the process ends.
    pub fn serve(&self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let mut service = S3ServiceBuilder::new(self.clone());
        service.set_auth(SimpleAuth::from_single(KEY, SECRET));
        let service = service.build().into_shared();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                loop {
                    let (connection, _) = listener.accept().await.unwrap();
                    let service = service.clone();
                    tokio::spawn(async move {
                        let _ = http1::Builder::new().serve_connection(TokioIo::new(connection), service).await;
                    });
                }
            });
        });
        address
    }

    fn content(&self, bucket: &str, key: &str) -> S3Result<Content> {
        if bucket != NAME {
            return Err(s3_error!(NoSuchBucket));
        }
        self.objects.lock().unwrap().get(key).cloned().ok_or_else(|| s3_error!(NoSuchKey))
    }
}

#[async_trait::async_trait]
impl S3 for Bucket {
    async fn list_objects_v2(&self, req: S3Request<ListObjectsV2Input>) -> S3Result<S3Response<ListObjectsV2Output>> {
        let input = req.input;
        if input.bucket != NAME {
            return Err(s3_error!(NoSuchBucket));
        }
        self.pages.fetch_add(1, Ordering::Relaxed);
        let prefix = input.prefix.clone().unwrap_or_default();
        let after = input.continuation_token.or(input.start_after);
        let size = usize::try_from(input.max_keys.unwrap_or(1000)).unwrap().min(1000);
        let objects = self.objects.lock().unwrap();
        let start = after.map_or(Bound::Unbounded, Bound::Excluded);
        let mut below = objects.range((start, Bound::Unbounded)).filter(|(key, _)| key.starts_with(&prefix)).peekable();
        let page: Vec<Object> = below
            .by_ref()
            .take(size)
            .map(|(key, content)| Object {
                key: Some(key.clone()),
                size: Some(i64::try_from(content.bytes.len()).unwrap()),
                e_tag: Some(content.etag.clone()),
                last_modified: Some(Timestamp::from(content.modified)),
                ..Object::default()
            })
            .collect();
        let next = below.peek().and(page.last()).and_then(|object| object.key.clone());
        Ok(S3Response::new(ListObjectsV2Output {
            name: Some(input.bucket),
            prefix: input.prefix,
            key_count: Some(i32::try_from(page.len()).unwrap()),
            is_truncated: Some(next.is_some()),
            next_continuation_token: next,
            contents: Some(page),
            ..ListObjectsV2Output::default()
        }))
    }

    async fn get_object(&self, req: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let input = req.input;
        let content = self.content(&input.bucket, &input.key)?;
        if input.if_match.is_some_and(|wanted| wanted != content.etag) {
            return Err(s3_error!(PreconditionFailed));
        }
        let length = u64::try_from(content.bytes.len()).unwrap();
        let part = input.range.map(|range| range.check(length)).transpose()?;
        let content_range = part.as_ref().map(|part| format!("bytes {}-{}/{length}", part.start, part.end - 1));
        let part = part.unwrap_or(0..length);
        let bytes = content.bytes[usize::try_from(part.start).unwrap()..usize::try_from(part.end).unwrap()].to_vec();
        Ok(S3Response::new(GetObjectOutput {
            content_length: Some(i64::try_from(bytes.len()).unwrap()),
            content_range,
            body: Some(StreamingBlob::from(Body::from(bytes))),
            e_tag: Some(content.etag),
            last_modified: Some(Timestamp::from(content.modified)),
            ..GetObjectOutput::default()
        }))
    }

    async fn head_object(&self, req: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let content = self.content(&req.input.bucket, &req.input.key)?;
        Ok(S3Response::new(HeadObjectOutput {
            content_length: Some(i64::try_from(content.bytes.len()).unwrap()),
            e_tag: Some(content.etag),
            last_modified: Some(Timestamp::from(content.modified)),
            ..HeadObjectOutput::default()
        }))
    }
}
