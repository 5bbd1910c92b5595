//! Requests signed by Twilio's own library.

use secrecy::SecretString;
use serde_json::Value;
use twilio::signature::AccountSecrets;
use twilio::webhook::{Payload, SignedRequest, receive_any};

use crate::fixture;

struct Only([SecretString; 1]);

impl AccountSecrets for Only {
    fn auth_tokens(&self, _: Option<&str>) -> &[SecretString] {
        &self.0
    }

    fn shared_key(&self, _: Option<&str>, key_id: &str) -> &[SecretString] {
        if key_id == "webhooks_sharedkey_01kexample0000000000000000" { &self.0 } else { &[] }
    }
}

#[test]
fn every_vector_gets_its_strict_verdict() {
    let file = fixture::read("signature_vectors.json");
    let vectors = file["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 30);
    for vector in vectors {
        let text = |field: &str| vector[field].as_str();
        let request = SignedRequest {
            url: text("request_url").unwrap(),
            signature: text("signature"),
            signature_settings: vector["headers"]["X-Twilio-Webhooks-Signature-Settings"].as_str(),
            content_type: text("content_type"),
            body: text("body").unwrap().as_bytes(),
        };
        let received = receive_any(&request, &Only([text("auth_token").unwrap().into()]));
        let name = text("name").unwrap();
        assert_eq!(Some(received.is_ok()), vector["strict_valid"].as_bool(), "{name} {received:?}");
        if let Ok(verified) = received {
            same_content(verified.into_inner(), vector, name);
        }
    }
}

fn same_content(payload: Payload<'_>, vector: &Value, name: &str) {
    match payload {
        Payload::Form(form) => {
            let pairs = serde_json::to_value(form.pairs()).unwrap();
            assert_eq!(pairs, vector["params"], "{name}");
        }
        Payload::Raw(bytes) => {
            assert_eq!(bytes, vector["body"].as_str().unwrap().as_bytes(), "{name}")
        }
    }
}
