//! What axe-core finds on a page.

use serde_json::Value;

use crate::tab::Tab;

impl Tab {
    /// Nothing that axe calls serious or critical stands in anybody's way, and no page is wider than its window.
    pub(crate) async fn is_for_everybody(&self) {
        let place = self.place().await;
        self.run(&format!("if (!window.axe) {{ {} }}", self.axe())).await;
        let found = self
            .run_to_its_end(
                "const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then(
                    (found) => done(found.violations
                        .filter((violation) => ['serious', 'critical'].includes(violation.impact))
                        .map((violation) => `${violation.id}: ${violation.help}: `
                            + violation.nodes.slice(0, 5).map((node) => node.html + ' ' + node.failureSummary).join(' | '))),
                    (error) => done([String(error)]));",
            )
            .await;
        assert_eq!(found, Value::Array(Vec::new()), "{place}, {}", self.look.name());
        let wide = self.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth").await;
        assert!(wide.as_i64().unwrap_or(0) <= 1, "{place} is {wide} pixels wider than its window");
    }
}
