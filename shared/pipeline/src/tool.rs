//! What a tool says.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How much a message of a tool may hold, so that ten of them fit into one request to SQS (256 KiB), however their
/// characters are escaped.
pub mod bounds {
    /// The deduplication key, characters; as in PagerDuty's Events API.
    pub const DEDUP_KEY: usize = 255;
    /// The summary, bytes.
    pub const SUMMARY: usize = 1024;
    /// The name of the tool, and of what it speaks of, bytes.
    pub const NAME: usize = 255;
    /// How many links.
    pub const LINKS: usize = 4;
    /// An address of a link, bytes.
    pub const HREF: usize = 1024;
    /// The text of a link, bytes.
    pub const LINK_TEXT: usize = 255;
    /// The name of a detail, bytes.
    pub const DETAIL_NAME: usize = 100;
    /// A detail, bytes.
    pub const DETAIL: usize = 1024;
    /// All details with their names, bytes.
    pub const DETAILS: usize = 4096;
}

/// What a tool wants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum ToolKind {
    /// Something is the matter.
    #[serde(rename = "tool.trigger")]
    Trigger,
    /// Somebody has it.
    #[serde(rename = "tool.acknowledge")]
    Acknowledge,
    /// It is over.
    #[serde(rename = "tool.resolve")]
    Resolve,
}

/// How bad it is, as the tool says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// For information.
    Info,
    /// Something may become a problem.
    Warning,
    /// Something does not work.
    Error,
    /// Something important does not work.
    Critical,
}

/// Something that a tool says about a service.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ToolEvent {
    /// The version of the format.
    pub version: u8,
    /// Tells repeated messages apart from new ones.
    pub id: String,
    /// What the tool wants.
    pub kind: ToolKind,
    /// The id of the service whose routing key the tool showed.
    pub service: String,
    /// The deduplication key of the incident, among those of the service.
    pub dedup_key: String,
    /// When it was accepted, by a clock of ours: this orders events.
    pub at: Timestamp,
    /// When it happened, by the tool's clock: to be shown, and for nothing else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_at: Option<Timestamp>,
    /// What the tool calls itself.
    pub tool: String,
    /// What it speaks of: a host, a check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What is the matter, in a line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// How bad it is, if the tool says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Where to look.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Whatever else it says, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Whether something was too long and has been cut or left out.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub shortened: bool,
}

/// Where to look.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Link {
    /// The address, `http://` or `https://`.
    pub href: String,
    /// What it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}
