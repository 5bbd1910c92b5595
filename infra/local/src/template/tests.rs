use super::*;

const ODD_TAGS: &str = include_str!("../../fixtures/odd_tags.yaml");

fn odd() -> Template {
    Template::parse("odd_tags.yaml", ODD_TAGS).unwrap()
}

fn local() -> LocalValues {
    LocalValues {
        references: [("Table", "dutyline"), ("Incidents", "https://sqs/Incidents"), ("Accounts", "dutyline/twilio")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        api_url: "http://127.0.0.1:4000".to_owned(),
        ..LocalValues::default()
    }
}

/// The fixture with one text replaced, read by `read`, must be refused with these words.
fn refused<T: std::fmt::Debug>(from: &str, to: &str, read: impl Fn(&Template) -> Result<T, TemplateError>, said: &str) {
    assert!(ODD_TAGS.contains(from), "the fixture has no {from:?}");
    let text = ODD_TAGS.replacen(from, to, 1);
    let error = Template::parse("odd_tags.yaml", &text).and_then(|it| read(&it)).unwrap_err();
    assert_eq!(error.to_string(), said);
}

#[test]
fn the_table_is_read_as_it_is_defined() {
    let key = |attribute: &str, kind: &str| Key { attribute: attribute.into(), kind: kind.into() };
    let typed = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    let expected = TableDefinition {
        resource: "Table".into(),
        name: "dutyline".into(),
        keys: vec![key("pk", "HASH"), key("sk", "RANGE")],
        attributes: vec![typed("pk", "S"), typed("sk", "S"), typed("due", "N")],
        indexes: vec![Index {
            name: "due".into(),
            keys: vec![key("pk", "HASH"), key("due", "RANGE")],
            projection: Projection { kind: "INCLUDE".into(), attributes: vec!["kind".into()] },
        }],
        ttl_attribute: Some("expires".into()),
    };
    assert_eq!(odd().table(&local()), Ok(expected));
}

#[test]
fn routes_lead_over_their_integration_to_a_function() {
    let routes = odd().routes(&local()).unwrap();
    let told: Vec<_> =
        routes.iter().map(|route| format!("{} {} {}", route.method, route.path.as_str(), route.function)).collect();
    assert_eq!(told, ["POST /voice/incoming VoiceFunction", "ANY /voice/lines/{line}/{rest+} VoiceFunction"]);
}

#[test]
fn paths_match_as_in_api_gateway() {
    let routes = odd().routes(&local()).unwrap();
    let check = |path: &str, expected: [bool; 2]| {
        assert_eq!([0, 1].map(|i| routes[i].path.matches(path)), expected, "{path}");
    };
    check("/voice/incoming", [true, false]);
    check("/voice/incoming/", [false, false]);
    check("/voice", [false, false]);
    check("/voice/lines/a/b", [false, true]);
    check("/voice/lines/a/b/c", [false, true]);
    check("/voice/lines/a", [false, false]);
    check("/voice/lines/a/", [false, false]);
    check("/voice/lines//b", [false, false]);
}

#[test]
fn environments_have_local_values() {
    let environment = odd().environment("VoiceFunction", &local()).unwrap();
    let told: Vec<_> = environment.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        told,
        [
            "LOG_LEVEL=info",
            "MIXED=dutyline:${literal}:000000000000",
            "NEVER=no",
            "PUBLIC_BASE_URL=http://127.0.0.1:4000",
            "QUEUE_URL=https://sqs/Incidents",
            "QUEUE_URL_TOO=https://sqs/Incidents",
            "RING_SECONDS=25",
            "TABLE_NAME=dutyline",
            "TWILIO_SECRET=dutyline/twilio",
        ]
    );
}

#[test]
fn parameters_may_be_given() {
    let mut local = local();
    let url = "https://hotline.example.org";
    local.parameters.insert("PublicBaseUrl".to_owned(), url.to_owned());
    let environment = odd().environment("VoiceFunction", &local).unwrap();
    assert_eq!(environment["PUBLIC_BASE_URL"], url);
}

#[test]
fn queues_and_secrets() {
    let mut queues = odd().queues(&local()).unwrap();
    queues.sort_by(|a, b| a.name.cmp(&b.name));
    let told: Vec<_> = queues
        .iter()
        .map(|queue| (queue.resource.as_str(), queue.name.as_str(), queue.visibility_timeout.as_deref()))
        .collect();
    assert_eq!(told, [("Incidents", "Incidents", Some("90")), ("Dead", "dutyline-dead", None)]);
    let secrets = odd().secrets(&local()).unwrap();
    let expected = Secret {
        resource: "Accounts".into(),
        name: "dutyline/twilio".into(),
        text: SecretText::Generated(Generated {
            length: 48,
            within: Some((r#"{"accounts": {}}"#.into(), "bootstrap".into())),
        }),
    };
    assert_eq!(secrets, [expected]);
}

#[test]
fn schedules_and_buckets() {
    let schedule = Schedule { function: "VoiceFunction".into(), every: std::time::Duration::from_secs(120) };
    assert_eq!(odd().schedules(&local()), Ok(vec![schedule]));
    let buckets = odd().buckets(&local()).unwrap();
    let told: Vec<_> = buckets.iter().map(|bucket| (bucket.resource.as_str(), bucket.name.as_str())).collect();
    assert_eq!(told, [("Documents", "documents"), ("Pictures", "dutyline-pictures")]);
}

#[test]
fn refusals_name_file_resource_and_property() {
    let table = |template: &Template| template.table(&local());
    let routes = |template: &Template| template.routes(&local());
    let environment = |template: &Template| template.environment("VoiceFunction", &local());
    refused(
        "TableName: !Ref TableName",
        "TableName: !Ref Undecided",
        table,
        "odd_tags.yaml: Table.TableName.Ref: Undecided has no default",
    );
    refused("KeySchema:\n", "KeySchemas:\n", table, "odd_tags.yaml: Table.KeySchema is missing");
    refused(
        "- { AttributeName: pk, KeyType: HASH }",
        "- { AttributeName: pk }",
        table,
        "odd_tags.yaml: Table.KeySchema.0.KeyType is missing",
    );
    refused(
        "AWS::DynamoDB::Table",
        "AWS::DynamoDB::GlobalTable",
        table,
        "odd_tags.yaml: there must be one AWS::DynamoDB::Table, there are 0",
    );
    refused(
        "POST /voice/incoming",
        "$default",
        routes,
        r#"odd_tags.yaml: IncomingRoute.RouteKey: "$default" is not METHOD /path"#,
    );
    refused(
        "integrations/${VoiceIntegration}",
        "integrations/${Api}",
        routes,
        "odd_tags.yaml: StepRoute.Target: does not lead to an integration",
    );
    refused(
        "${VoiceFunction.Arn}",
        "${Table.Arn}",
        routes,
        "odd_tags.yaml: VoiceIntegration.IntegrationUri: does not lead to a function",
    );
    refused(
        "!GetAtt Incidents.QueueUrl",
        "!GetAtt Incident.QueueUrl",
        environment,
        "odd_tags.yaml: VoiceFunction.Environment.Variables.QUEUE_URL.Fn::GetAtt: there is no Incident",
    );
    refused(
        "LOG_LEVEL: info",
        "LOG_LEVEL: !ImportValue x",
        environment,
        "odd_tags.yaml: Globals.Function.Environment.Variables.LOG_LEVEL.Fn::ImportValue: \
         the local stack has no answer to this function",
    );
    let schedules = |template: &Template| template.schedules(&local());
    refused(
        "rate(2 minutes)",
        "cron(0 8 * * ? *)",
        schedules,
        r#"odd_tags.yaml: Often.ScheduleExpression: "cron(0 8 * * ? *)" is not a rate of minutes or hours"#,
    );
    refused(
        "Arn: !GetAtt VoiceFunction.Arn",
        "Arn: !GetAtt Table.Arn",
        schedules,
        "odd_tags.yaml: Often.Targets.0.Arn: does not lead to a function",
    );
    let gone = |template: &Template| template.environment("SmsFunction", &local());
    refused("Handler", "Handler", gone, "odd_tags.yaml: SmsFunction is missing");
    refused("Resources:\n", "Resource:\n", table, "odd_tags.yaml: there is no mapping called Resources");
}

#[test]
fn routes_hidden_in_a_function_are_refused() {
    refused(
        "      Handler: bootstrap",
        "      Events: { Call: { Type: HttpApi, Properties: { Path: /x, Method: POST } } }",
        |template: &Template| template.routes(&local()),
        "odd_tags.yaml: VoiceFunction.Events.Call: routes must be AWS::ApiGatewayV2::Route",
    );
}
