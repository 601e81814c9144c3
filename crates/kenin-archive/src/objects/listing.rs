use std::ops::ControlFlow;

use object_store::list::{PaginatedListOptions, PaginatedListResult};
use object_store::path::Error as PathError;

use super::error::is_broken_off;
use super::store::Bucket;
use super::{AddressProblem, Object, Objects, ObjectsError};

/// What the services give at most at once.
const PAGE: usize = 1000;

/// Why there is no page.
enum NoPage {
    /// This key cannot be asked for, and `object_store` gives up the page with it.
    Key(String),
    Failed(ObjectsError),
}

impl Objects {
    pub(super) fn list_bucket(
        &self,
        bucket: &Bucket,
        receive: &mut dyn FnMut(Result<Object, ObjectsError>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let path = self.address.path.as_ref();
        let prefix = (!path.is_empty()).then(|| format!("{path}/"));
        let (mut token, mut offset, mut size) = (None, None, PAGE);
        let mut is_empty = true;
        loop {
            let options = PaginatedListOptions {
                page_token: token.clone(),
                offset: offset.clone(),
                max_keys: Some(size),
                ..PaginatedListOptions::default()
            };
            let page = match self.page(bucket, prefix.as_deref(), &options) {
                Ok(page) => page,
                // Smaller pages, until the key stands alone; then on behind it.
                Err(NoPage::Key(_)) if size > 1 => {
                    size /= 2;
                    continue;
                }
                Err(NoPage::Key(key)) => {
                    is_empty = false;
                    let address = format!("{}/{key}", self.address.root);
                    receive(Err(ObjectsError::Address { address, problem: AddressProblem::Path }))?;
                    (token, offset, size) = (None, Some(key), PAGE);
                    continue;
                }
                Err(NoPage::Failed(error)) => return receive(Err(error)),
            };
            for meta in page.result.objects {
                is_empty = false;
                receive(Ok(self.object(meta)))?;
            }
            match page.page_token {
                Some(next) => (token, offset) = (Some(next), None),
                None => break,
            }
        }
        if is_empty && prefix.is_some() {
            receive(self.look_at(self.address.path.clone()))
        } else {
            ControlFlow::Continue(())
        }
    }

    /// One page; `object_store` asks again by itself, but not when the answer breaks off in the middle.
    fn page(
        &self,
        bucket: &Bucket,
        prefix: Option<&str>,
        options: &PaginatedListOptions,
    ) -> Result<PaginatedListResult, NoPage> {
        let mut patience = self.patience();
        loop {
            let error = match self.wait(bucket.pages.list_paginated(prefix, options.clone())) {
                Ok(page) => return Ok(page),
                Err(error) => error,
            };
            if is_broken_off(&error) && patience.wait() {
                continue;
            }
            return Err(match error {
                object_store::Error::InvalidPath {
                    source: PathError::EmptySegment { path } | PathError::BadSegment { path, .. },
                } => NoPage::Key(path),
                error => NoPage::Failed(self.failed(&self.address.path, &error)),
            });
        }
    }
}
