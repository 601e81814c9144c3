//! Renderings of a [`Report`](crate::Report). A renderer shows what the report says and decides nothing.

mod etsi;
mod json;
mod personal;
mod sheet;
mod text;

pub use etsi::etsi_xml;
pub use json::json;
pub use personal::{WITHHELD, is_personal};
pub use sheet::Sheet;
pub(crate) use text::serde_name;
pub use text::{TextOptions, line, sanitised, separator, text};
