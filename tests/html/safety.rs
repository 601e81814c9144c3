//! The page is one file that does nothing and asks for nothing, and leads nowhere else.

use crate::{Complaints, Subject, sound};

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    sound::is_safe(&subject.page, &subject.html, &|_| false, complaints);
}
