//! A schedule is looked at, somebody takes over, and layers are edited with a preview before anything is saved.

use crate::tab::Tab;

pub(super) async fn tell(tab: Tab) {
    tab.sign_in().await;
    tab.go("/console/schedules/payments").await;
    tab.sees("Payments on call").await;
    tab.shoot("schedule").await;
    tab.choose("users", "ola").await;
    tab.click(".from-now button").await;
    tab.sees("The override counts").await;
    tab.is_for_everybody().await;
    tab.go("/console/schedules/payments/edit").await;
    tab.sees("What it would be like").await;
    tab.fill("name", "Payments by night").await;
    tab.press("Preview").await;
    tab.sees("What it would be like").await;
    tab.is_for_everybody().await;
    tab.shoot("schedule-edit").await;
    tab.go("/console/schedules/payments").await;
    tab.sees("Payments on call").await;
}
