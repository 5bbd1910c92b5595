//! How many numbers there may be, and what they cost.

use provision::router;
use serde_json::json;

use crate::estate::Estate;

#[tokio::test]
async fn numbers_and_their_costs_are_told() {
    let estate = Estate::open().await;
    let none = json!({
        "max_active_numbers": 3, "active": 0, "being_bought": 0,
        "max_monthly_price": {"amount": "5.00", "currency": "USD"}, "monthly_cost": [], "without_price": 0,
    });
    assert_eq!(estate.asked("GET", "/plan", None).await, (200, none));

    let app = router(estate.app());
    let (_, request) = estate.offer();
    assert_eq!(estate.buys(&app, "one", &request).await.0, 201);
    estate.buys_in_norway().await;
    let (_, two) = estate.asked("GET", "/plan", None).await;
    assert_eq!((&two["active"], &two["being_bought"], &two["without_price"]), (&json!(2), &json!(0), &json!(0)));
    let costs = two["monthly_cost"].as_array().unwrap();
    assert_eq!((costs.len(), &costs[0]["currency"]), (1, &json!("USD")));
    let (_, lines) = estate.asked("GET", "/lines", None).await;
    assert_eq!(lines["items"].as_array().unwrap().len(), 2);
    let record = |line: &serde_json::Value| {
        let (store, line) = (estate.store.clone(), line["id"].as_str().unwrap().to_owned());
        async move { store.number_record(&line).await.unwrap().unwrap().monthly_price.unwrap() }
    };
    let prices = [record(&lines["items"][0]).await, record(&lines["items"][1]).await];
    let cents = |price: &str| (price.split(' ').next().unwrap().parse::<f64>().unwrap() * 100.0).round();
    let sum: f64 = prices.iter().map(|price| cents(price)).sum();
    assert_eq!(cents(costs[0]["amount"].as_str().unwrap()), sum, "{two} {prices:?}");
    assert_eq!(estate.client().await.number_plan().await.unwrap().active, 2);
}
