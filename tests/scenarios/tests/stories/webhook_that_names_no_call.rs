//! Nothing can be decided of a call that is not named. No answer leads on: Twilio then reads the number's fallback, as in
//! `function_gone_mid_call`.

use scenarios::{CALLER, LINE, Setting, Stage};

#[tokio::test]
async fn it_is_left_to_the_numbers_fallback() {
    let stage = Stage::set(Setting::default()).await;
    let account = stage.sim.account_sid();
    for path in ["/voice/incoming", "/voice/menu/1", "/voice/dialled/1", "/voice/recorded/1"] {
        for call in [None, Some(("CallSid", "nonsense"))] {
            let mut form =
                vec![("AccountSid", account.as_str()), ("From", CALLER), ("To", LINE), ("CallStatus", "ringing")];
            form.extend(call);
            assert_eq!(stage.sim.post_signed(&stage.url(path), &form).await, 400, "{path} {call:?}");
            assert_eq!(stage.sim.journal().pop().unwrap().body, "");
        }
    }
    stage.closes(&[]).await;
}
