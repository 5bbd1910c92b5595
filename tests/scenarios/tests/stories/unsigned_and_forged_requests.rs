use local::template::{LocalValues, Template};
use scenarios::{CALLER, LINE, Stage};

#[tokio::test]
async fn every_route_refuses_them_and_reads_nothing() {
    let stage = Stage::open().await;
    let form = [
        ("AccountSid", stage.sim.account_sid()),
        ("CallSid", "CA00000000000000000000000000000001".to_owned()),
        ("From", CALLER.to_owned()),
        ("To", LINE.to_owned()),
        ("CallStatus", "ringing".to_owned()),
        ("Digits", "1".to_owned()),
    ];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut routes = Template::of_repository().unwrap().routes(&LocalValues::default()).unwrap();
    // the admin API knows its callers by tokens, a page its visitors by theirs, a calendar by its address, a tool by its
    // routing key
    let others = ["/api/", "/console", "/feeds/", "/events"];
    routes.retain(|route| {
        let path = route.path.as_str();
        path != "/" && !others.iter().any(|stem| path.starts_with(stem))
    });
    assert!(routes.len() >= 12, "{routes:?}");
    for route in routes {
        let url = stage.url(&example_of(route.path.as_str()));
        assert_eq!(stage.sim.post_unsigned(&url, &form).await, 403, "{url} unsigned");
        assert_eq!(stage.sim.post_forged(&url, &form).await, 403, "{url} forged");
    }
    for exchange in stage.sim.journal() {
        assert_eq!(exchange.body, "", "a refusal says nothing");
    }
    assert_eq!(stage.table.counts().len(), 0, "the table was asked: {:?}", stage.table.counts());
    stage.closes(&[]).await;
}

/// A path that the route takes.
fn example_of(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        "{line}" => "line-1",
        "{step+}" => "incoming",
        parameter if parameter.starts_with('{') => "1",
        plain => plain,
    });
    segments.collect::<Vec<_>>().join("/")
}
