//! Renderings of a [`Report`](crate::Report). A renderer shows what the report says and decides nothing.

mod cp932;
mod etsi;
mod html;
mod json;
pub mod parts;
mod personal;
mod sheet;
mod story;
mod text;

pub use cp932::cp932;
pub use etsi::etsi_xml;
pub use html::html;
pub use json::json;
pub use personal::{WITHHELD, is_personal};
pub use sheet::Sheet;
pub use text::{TextOptions, line, sanitised, sanitised_lines, text};

/// The name under which a value of the report's vocabulary is written in JSON.
pub(crate) fn serde_name(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
