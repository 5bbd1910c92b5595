//! Whom the functions trust to name AWS's endpoints.

use rustls_pki_types::CertificateDer;

/// The roots under which AWS's endpoints stand, all five of which <https://www.amazontrust.com/repository/> recommends
/// to whoever keeps a list of his own. Reading five costs a cold start less than reading the hundred and fifty that a
/// browser trusts, and their bytes less than the text of a PEM file.
pub(crate) const AMAZON_ROOTS: [CertificateDer<'static>; 5] = [
    CertificateDer::from_slice(include_bytes!("amazon_roots/amazon_root_ca_1.der")), // until 2038-01-17
    CertificateDer::from_slice(include_bytes!("amazon_roots/amazon_root_ca_2.der")), // until 2040-05-26
    CertificateDer::from_slice(include_bytes!("amazon_roots/amazon_root_ca_3.der")), // until 2040-05-26
    CertificateDer::from_slice(include_bytes!("amazon_roots/amazon_root_ca_4.der")), // until 2040-05-26
    CertificateDer::from_slice(include_bytes!("amazon_roots/starfield_services_root_ca_g2.der")), // until 2037-12-31
];

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest as _, Sha256};

    /// As <https://www.amazontrust.com/repository/> writes them.
    const FINGERPRINTS: [&str; 5] = [
        "8ECDE6884F3D87B1125BA31AC3FCB13D7016DE7F57CC904FE1CB97C6AE98196E",
        "1BA5B2AA8C65401A82960118F80BEC4F62304D83CEC4713A19C39C011EA46DB4",
        "18CE6CFE7BF14E60B2E347B8DFE868CB31D02EBB3ADA271569F50343B46DB3A4",
        "E35D28419ED02025CFA69038CD623962458DA5C695FBDEA3C22B0BFB25897092",
        "568D6905A2C88708A4B3025190EDCFEDB1974A606A13C6E5290FCB2AE63EDAB5",
    ];

    #[test]
    fn the_roots_are_the_five_that_their_fingerprints_say() {
        let digest = |root: &CertificateDer<'_>| -> String {
            Sha256::digest(root).iter().map(|byte| format!("{byte:02X}")).collect()
        };
        assert_eq!(AMAZON_ROOTS.each_ref().map(digest), FINGERPRINTS.map(str::to_owned));
    }
}
