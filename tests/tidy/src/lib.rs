//! The rules of this repository, as tests: what a reviewer would otherwise have to remember.
//!
//! Each rule is one small file that begins with its reason. A rule that needs an exception has a list of them, each
//! with a reason of its own; an exception that no longer applies fails like a broken rule, so that lists only shrink.
//! Nothing here is compiled against the product: rules read files and `cargo metadata`.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod arrows;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod decisions;
#[cfg(test)]
mod documented;
#[cfg(test)]
mod dropped_words;
#[cfg(test)]
mod file_names;
#[cfg(test)]
mod file_sizes;
#[cfg(test)]
mod incident_events;
#[cfg(test)]
mod lean_clients;
#[cfg(test)]
mod orphans;
#[cfg(test)]
mod prompts;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod registries;
#[cfg(test)]
mod repository;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod routes;
#[cfg(test)]
mod template;
#[cfg(test)]
mod thin_mains;
#[cfg(test)]
mod url_parameters;
