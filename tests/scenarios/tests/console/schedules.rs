//! Schedules: drawn with now and with gaps, looked at before they are saved, taken over, and read by calendar programs.

use api::{Override, Schedule};
use http::StatusCode;

use crate::{
    house::{House, Visitor},
    page::{Filled, Page},
};

async fn kept(house: &House, id: &str) -> Option<(Schedule, u64)> {
    house.api.read::<Schedule>(id).await.ok().map(|stored| (stored.value, stored.version))
}

/// The form of a schedule on which Ola is on call for five days of every week.
async fn five_days(admin: &Visitor<'_>) -> Filled {
    let form = admin.get("/console/schedules/new").await.form("#editor");
    let form = form.set("name", "Five days").set("timezone", "Europe/Oslo").set("layers[0].users[0]", "ola");
    form.set("layers[0].shift_length", "P5D")
}

#[tokio::test]
async fn pages_of_schedules_take_one_round_and_are_small() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    for path in ["", "/payments", "/platform?days=14", "/payments/edit"] {
        let page = admin.get(&format!("/console/schedules{path}")).await;
        assert_eq!((page.status, page.rounds), (StatusCode::OK, 1), "{path}");
        assert!(page.html.len() < 45_000, "{path}: {} bytes", page.html.len());
    }
}

#[tokio::test]
async fn a_drawing_shows_now_and_marks_every_gap_and_nothing_is_saved_by_looking() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let page = admin.get("/console/schedules/payments").await;
    assert_eq!((page.text(".now-text"), page.texts("rect.gap:not(.past)").len()), ("now".to_owned(), 0));

    let preview = admin.submit(five_days(&admin).await.press("Preview")).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.html);
    assert!(preview.text("#shown .problem").starts_with("Nobody would be on call"), "{}", preview.html);
    assert!(preview.texts("#shown rect.gap").len() >= 4, "one a week, and four weeks are shown");
    assert!(preview.texts(".as-list li.bad")[0].starts_with("Gap: nobody is on call"));
    assert_eq!((preview.value("name"), preview.value("layers[0].users[0]")), ("Five days".to_owned(), String::new()));
    assert_eq!(kept(&house, "five-days").await, None);

    admin.submit(preview.form("#editor").press("Create schedule")).await;
    let page = admin.get("/console/schedules/five-days").await;
    assert_eq!((page.text("h1"), page.text(".now-text")), ("Five days".to_owned(), "now".to_owned()));
    assert!(page.has("rect.gap") && page.text("section .problem").starts_with("Nobody is on call"));
    let (schedule, _) = kept(&house, "five-days").await.unwrap();
    assert_eq!(schedule.layers[0].users, [["ola"]], "an empty choice is nobody");
}

#[tokio::test]
async fn what_is_refused_stands_beside_its_field_and_nothing_typed_is_lost() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = admin.get("/console/schedules/payments/edit").await.form("#editor");
    let form = form.set("name", "Payments by night").set("layers[0].shift_length", "soon").press("Save");
    let page = admin.submit(form).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("layers[0].shift_length").is_empty());
    let typed = ["name", "layers[0].shift_length"].map(|field| page.value(field));
    assert_eq!(typed, ["Payments by night", "soon"]);
    assert_eq!(kept(&house, "payments").await.unwrap().0.name, "Payments on call");
    let page = admin.submit(page.form("#editor").set("layers[0].shift_length", "P6D").press("Preview")).await;
    assert_eq!((page.status, page.has("#shown rect.gap")), (StatusCode::OK, true), "{}", page.html);
    admin.submit(page.form("#editor").press("Save")).await;
    assert_eq!(kept(&house, "payments").await.unwrap().0.name, "Payments by night");
}

#[tokio::test]
async fn the_same_form_sent_twice_makes_one_schedule_and_saves_once() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let form = five_days(&admin).await.press("Create schedule");
    for _ in 0..2 {
        let page = admin.submit(form.clone()).await;
        assert!(page.status == StatusCode::OK && page.has("h1"), "{}", page.html);
    }
    assert_eq!(kept(&house, "five-days").await.unwrap().1, 1);
    let form = admin.get("/console/schedules/five-days/edit").await.form("#editor").set("name", "Five").press("Save");
    for _ in 0..2 {
        assert_eq!(admin.submit(form.clone()).await.status, StatusCode::OK);
    }
    let (schedule, version) = kept(&house, "five-days").await.unwrap();
    assert_eq!((schedule.name.as_str(), version), ("Five", 2));
}

#[tokio::test]
async fn somebody_takes_over_for_an_hour_and_gives_it_back() {
    let house = House::seeded().await;
    let operator = house.visitor(api::Role::Operator).await;
    let page = operator.get("/console/schedules/payments").await;
    let page = operator.submit(page.form("#override").set("users", "eva").press_value("for:60")).await;
    assert!(page.text(".notice").contains("override"), "{}", page.html);
    let on_call = |page: &Page| page.texts("#on-call-now ~ p.big").join(", ");
    assert!(on_call(&page).contains("Eva Dahl"), "{}", page.html);
    let evas = |schedule: Schedule| schedule.overrides.into_iter().filter(|one| one.users == ["eva"]);
    let own: Vec<Override> = evas(kept(&house, "payments").await.unwrap().0).collect();
    assert_eq!(own.len(), 1);
    let removal = format!("remove:{}", own[0].id.as_deref().unwrap());
    let form = page.form("#overrides form").press_value(&removal);
    for _ in 0..2 {
        let page = operator.submit(form.clone()).await;
        assert!(page.text(".notice").contains("is gone"), "{}", page.html);
        let on_call = on_call(&page);
        assert!(!on_call.is_empty() && !on_call.contains("Eva Dahl"), "{on_call}");
    }
    assert_eq!(evas(kept(&house, "payments").await.unwrap().0).count(), 0);
    let reader = house.visitor(api::Role::Reader).await;
    assert!(!reader.get("/console/schedules/payments").await.has("#override"));
}

#[tokio::test]
async fn an_operator_changes_schedules_and_nobody_s_phones() {
    let house = House::seeded().await;
    let operator = house.visitor(api::Role::Operator).await;
    assert!(operator.get("/console/schedules").await.has("a[href='/console/schedules/new']"));
    let form = operator.get("/console/schedules/payments/edit").await.form("#editor");
    operator.submit(form.set("name", "Payments by day").press("Save")).await;
    assert_eq!(kept(&house, "payments").await.unwrap().0.name, "Payments by day");
    operator.submit(five_days(&operator).await.press("Create schedule")).await;
    assert_eq!(kept(&house, "five-days").await.unwrap().1, 1);
    let page = operator.get("/console/people/ola").await;
    assert!(page.html.contains("not change it: that takes the role admin."), "{}", page.html);
    let reader = house.visitor(api::Role::Reader).await;
    let page = reader.get("/console/schedules/payments/edit").await;
    assert!(page.html.contains("not change it: that takes the role operator."), "{}", page.html);
}

#[tokio::test]
async fn an_override_that_ends_before_it_begins_is_refused_beside_its_field() {
    let house = House::seeded().await;
    let admin = house.admin().await;
    let before = kept(&house, "payments").await;
    let page = admin.get("/console/schedules/payments").await;
    let typed = [("start", "2030-12-02T10:00"), ("end", "2030-12-01T10:00")];
    let form =
        typed.iter().fold(page.form("#override").set("users", "eva"), |form, (field, text)| form.set(field, text));
    let page = admin.submit(form.press("Add override")).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.wrong("end").is_empty());
    for (field, text) in typed {
        assert_eq!(page.value(field), text);
    }
    let form = page.form("#override").set("start", "").press("Add override");
    assert!(admin.submit(form).await.wrong("start").contains("day"));
    assert_eq!(kept(&house, "payments").await, before);
}

#[tokio::test]
async fn the_address_of_a_feed_is_shown_once_and_counts_until_it_is_revoked() {
    let house = House::seeded().await;
    let reader = house.visitor(api::Role::Reader).await;
    let page = reader.get("/console/schedules/payments").await;
    let made = reader.submit(page.form("#calendar form").press("Make a feed")).await;
    let address = made.text("#calendar code");
    assert_eq!(made.status, StatusCode::CREATED);
    assert!(calendar(&address).await.unwrap().starts_with("BEGIN:VCALENDAR"));
    let again: Page = reader.get("/console/schedules/payments").await;
    assert!(!again.html.contains(&address));
    let revocation = again.attribute("#calendar button[value^=revoke]", "value");
    let form = again.form("#calendar form").press_value(&revocation);
    for _ in 0..2 {
        let page = reader.submit(form.clone()).await;
        assert!(page.text(".notice").contains("Revoked"), "{}", page.html);
    }
    assert_eq!(calendar(&address).await, None);
}

/// What a calendar program reads there.
async fn calendar(address: &str) -> Option<String> {
    let answer = reqwest::get(address).await.unwrap();
    match answer.status().is_success() {
        true => Some(answer.text().await.unwrap()),
        false => None,
    }
}
