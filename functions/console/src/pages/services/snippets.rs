//! What to enter where, so that other tools' events find a service: docs/events.md, with the addresses filled in.

/// What one tool needs.
#[derive(Debug)]
pub(super) struct Snippet {
    pub(super) tool: &'static str,
    pub(super) how: &'static str,
    pub(super) text: String,
}

pub(super) fn snippets(base: &str, key: &str, service: &str) -> Vec<Snippet> {
    vec![
        Snippet {
            tool: "Alertmanager",
            how: "A receiver of alertmanager.yml. Better than in the file is the key in a file of its own: credentials_file.",
            text: format!(
                "receivers:\n  - name: dutyline\n    webhook_configs:\n      - url: {base}/events/alertmanager\n        \
                 send_resolved: true\n        http_config:\n          authorization: {{ type: Bearer, credentials: {key} }}"
            ),
        },
        Snippet {
            tool: "Grafana",
            how: "A contact point of type Webhook, with this address, the scheme and the credentials under its optional \
                  settings.",
            text: format!(
                "URL: {base}/events/alertmanager\nHTTP Method: POST\nAuthorization Header - Scheme: \
                 Bearer\nAuthorization Header - Credentials: {key}"
            ),
        },
        Snippet {
            tool: "Tools that speak to PagerDuty",
            how: "Where the tool has an address for PagerDuty's Events API v2. If it wants a base address and adds \
                  /v2/enqueue itself, leave that off.",
            text: format!("URL: {base}/events/v2/enqueue\nIntegration key: {key}"),
        },
        Snippet {
            tool: "curl, scripts and cron",
            how: "Opens an incident; with \"action\": \"resolve\" and the same dedup_key it is over.",
            text: format!(
                "curl -sS -H 'Authorization: Bearer {key}' -H 'Content-Type: application/json' \\\n  -d '{{\"action\": \
                 \"trigger\", \"dedup_key\": \"backup/db1\", \"summary\": \"The backup of db1 has failed\"}}' \\\n  \
                 {base}/events"
            ),
        },
        Snippet {
            tool: "CloudWatch, EventBridge and SNS",
            how: "They need no key: an EventBridge rule calls the function of the stack's output NotifyFunctionName with \
                  an input transformer that writes this. An SNS topic brings the same as its message. Either is allowed \
                  to call it by lambda:InvokeFunction.",
            text: format!(
                "{{\"service\": \"{service}\", \"action\": \"trigger\", \"dedup_key\": \"<alarm>\", \"summary\": \"<alarm>: \
                 <reason>\", \"tool\": \"cloudwatch\"}}"
            ),
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_key_are_filled_in() {
        let all = snippets("https://calls.example.com", "k3y", "payments");
        for snippet in &all {
            let needs_no_key = snippet.tool.starts_with("CloudWatch");
            assert_eq!(snippet.text.contains("k3y"), !needs_no_key, "{}", snippet.text);
            assert_eq!(snippet.text.contains("https://calls.example.com/events"), !needs_no_key, "{}", snippet.text);
        }
        assert!(all[0].text.ends_with("{ type: Bearer, credentials: k3y }"));
        let invoked: serde_json::Value = serde_json::from_str(&all[4].text).unwrap();
        assert_eq!(invoked["service"], "payments");
    }
}
