//! The page is HTML that every browser and screen reader understands alike, and says its language and what it is about.

use kenin::Lang;

use crate::page::Element;
use crate::{Complaints, Subject, sound};

pub fn check(subject: &Subject<'_>, complaints: &mut Complaints) {
    let page = &subject.page;
    sound::is_well_formed(page, complaints);
    let lang = match subject.lang {
        Lang::Ja => "ja",
        Lang::En => "en",
    };
    let html = page.root.named("html");
    complaints.unless(html.iter().any(|html| html.attribute("lang").as_deref() == Some(lang)), || {
        "the language of the page is not said".to_owned()
    });
    let titles: Vec<_> = page.root.named("head").iter().flat_map(|head| head.named("title")).collect();
    let title = titles.iter().map(Element::text).collect::<String>();
    complaints.unless(titles.len() == 1 && title.ends_with(&subject.case.file), || format!("title {title:?}"));
}
