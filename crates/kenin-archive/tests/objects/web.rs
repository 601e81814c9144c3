//! A web server with a few files, which may or may not know WebDAV.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::net::{SocketAddr, TcpListener};

use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;

const MODIFIED: &str = "Wed, 21 Oct 2015 07:28:00 GMT";

#[derive(Clone, Default)]
pub struct Web {
    /// Paths as they are in a request.
    pub files: BTreeMap<&'static str, &'static [u8]>,
    /// The status of an answer to `PROPFIND`; without one it is answered.
    pub no_listing: Option<u16>,
    /// What files carry beside their content.
    pub etag: Option<&'static str>,
    /// Whether every folder has another one in it.
    pub is_endless: bool,
}

impl Web {
    /// Serves the files until the process ends.
    pub fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                loop {
                    let (connection, _) = listener.accept().await.unwrap();
                    let web = self.clone();
                    let service = service_fn(move |request| {
                        let answer = web.answer(&request);
                        async move { Ok::<_, Infallible>(answer) }
                    });
                    tokio::spawn(async move {
                        let _ = http1::Builder::new().serve_connection(TokioIo::new(connection), service).await;
                    });
                }
            });
        });
        address
    }

    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let path = request.uri().path();
        let status = |status: u16| Response::builder().status(status);
        if request.method().as_str() == "PROPFIND" {
            let body = Full::from(self.listing(path));
            return match self.no_listing {
                Some(refused) => status(refused).body(Full::default()).unwrap(),
                None => status(207).body(body).unwrap(),
            };
        }
        let Some(content) = self.files.get(path) else { return status(404).body(Full::default()).unwrap() };
        let mut found = status(200).header("last-modified", MODIFIED).header("content-length", content.len());
        if let Some(etag) = self.etag {
            found = found.header("etag", etag);
        }
        let body = if request.method() == Method::HEAD { Bytes::new() } else { Bytes::from_static(content) };
        found.body(Full::new(body)).unwrap()
    }

    /// What is directly in a folder, and the folder itself (RFC 4918 9.1).
    fn listing(&self, folder: &str) -> String {
        let folder = if folder.ends_with('/') { folder.to_owned() } else { format!("{folder}/") };
        let mut entries = BTreeMap::from([(folder.clone(), None)]);
        for (path, content) in &self.files {
            let Some(rest) = path.strip_prefix(&folder) else { continue };
            match rest.split_once('/') {
                Some((deeper, _)) => entries.insert(format!("{folder}{deeper}/"), None),
                None => entries.insert((*path).to_owned(), Some(content.len())),
            };
        }
        if self.is_endless {
            entries.insert(format!("{folder}x/"), None);
            // What is not below leads nowhere.
            entries.insert("/".to_owned(), None);
            entries.insert("/elsewhere.pdf".to_owned(), Some(1));
        }
        let mut listing = String::from("<?xml version=\"1.0\"?><D:multistatus xmlns:D=\"DAV:\">");
        for (path, length) in entries {
            let kind = if length.is_none() { "<D:collection/>" } else { "" };
            let length = length.map(|length| format!("<D:getcontentlength>{length}</D:getcontentlength>"));
            let etag = self.etag.map(|etag| format!("<D:getetag>{etag}</D:getetag>"));
            write!(
                listing,
                "<D:response><D:href>{path}</D:href><D:propstat><D:prop><D:resourcetype>{kind}</D:resourcetype>\
                 <D:getlastmodified>{MODIFIED}</D:getlastmodified>{}{}</D:prop><D:status>HTTP/1.1 200 OK</D:status>\
                 </D:propstat></D:response>",
                length.unwrap_or_default(),
                etag.unwrap_or_default()
            )
            .unwrap();
        }
        listing + "</D:multistatus>"
    }
}
