//! What a function may do on AWS is its own: whoever shares a role may do what only the other needs.

use std::collections::BTreeSet;

use crate::template;

#[test]
fn every_function_has_a_role_of_its_own() {
    let roles = template::roles();
    let different: BTreeSet<_> = roles.iter().collect();
    assert!(roles.len() > 1, "the template has no functions");
    assert_eq!(different.len(), roles.len(), "{roles:#?}");
}
