//! People acting: they pick up, press keys, talk, and hang up, as they were told.
use std::{collections::VecDeque, sync::Arc, time::Duration};

use crate::{
    act::speak_time,
    engine::Engine,
    leg::{CallStatus, Signal},
    phone::{Behaviour, Pickup, Press, When},
    transcript::{self, Event},
    world::World,
};

/// Between two keys pressed in a row.
const BETWEEN_KEYS: Duration = Duration::from_millis(200);

/// The phone at the far end of a leg rings; its owner does what was said.
pub(crate) fn ring(engine: &Arc<Engine>, sid: &str) {
    let behaviour = engine.change(|w| {
        let leg = w.legs.get(sid)?;
        let (number, from) = (leg.person().to_owned(), leg.from.clone());
        if w.engaged(&number, sid) {
            return Some(Behaviour { pickup: Pickup::Busy, ..Behaviour::default() });
        }
        let behaviour = w.phones.entry(number).or_default().next();
        if !matches!(behaviour.pickup, Pickup::Busy | Pickup::Unreachable) {
            w.note(sid, Event::Rings(from));
        }
        Some(behaviour)
    });
    if let Some(behaviour) = behaviour {
        let (actor, sid) = (engine.clone(), sid.to_owned());
        engine.spawn(async move { pick_up(&actor, &sid, behaviour).await });
    }
}

async fn pick_up(engine: &Arc<Engine>, sid: &str, behaviour: Behaviour) {
    let (wait, signal) = match behaviour.pickup {
        Pickup::Never => return,
        Pickup::After(wait) => (wait, Signal::Answered),
        Pickup::Busy => (Duration::ZERO, Signal::Refused(CallStatus::Busy)),
        Pickup::Declined(wait) => (wait, Signal::Refused(CallStatus::Busy)),
        Pickup::Unreachable => (Duration::ZERO, Signal::Refused(CallStatus::Failed)),
    };
    if !lasts(engine, sid, wait).await {
        return;
    }
    let answered = signal == Signal::Answered;
    engine.change(|w| w.legs.get_mut(sid).map(|leg| leg.mailbox.push_back(signal)));
    if answered {
        act(engine, sid, behaviour);
    }
}

/// What the person does once on the phone.
pub(crate) fn act(engine: &Arc<Engine>, sid: &str, behaviour: Behaviour) {
    if let Some(after) = behaviour.hangs_up_after {
        let (engine, sid) = (engine.clone(), sid.to_owned());
        engine.clone().spawn(async move {
            if lasts(&engine, &sid, after).await {
                engine.change(|w| w.hang_up(&sid));
            }
        });
    }
    if let Some(time) = behaviour.talks_for {
        let (engine, sid) = (engine.clone(), sid.to_owned());
        engine.clone().spawn(async move { talk(&engine, &sid, time).await });
    }
    if !behaviour.keys.is_empty() {
        let (engine, sid) = (engine.clone(), sid.to_owned());
        engine.clone().spawn(async move { press_all(&engine, &sid, behaviour.keys).await });
    }
}

async fn talk(engine: &Engine, sid: &str, time: Duration) {
    let bridged = engine.observe(None, |w| {
        let leg = w.legs.get(sid)?;
        (leg.bridged_with.is_some() || leg.status.is_over()).then_some(!leg.status.is_over())
    });
    if bridged.await.unwrap_or_default() && lasts(engine, sid, time).await {
        engine.change(|w| w.hang_up(sid));
    }
}

async fn press_all(engine: &Engine, sid: &str, keys: VecDeque<Press>) {
    let mut asked = 0;
    let mut read = engine.read(|w| (w.transcript.len(), 0));
    for press in keys {
        let ready = match press.when {
            When::After(time) => lasts(engine, sid, time).await,
            When::Asked => {
                let seen = engine.observe(None, |w| {
                    let leg = w.legs.get(sid)?;
                    over(w, sid).or_else(|| (leg.asked > asked).then_some((true, leg.asked)))
                });
                let (ready, now) = seen.await.unwrap_or_default();
                asked = now;
                ready
            }
            When::Heard(words) => {
                let seen = engine.observe(None, |w| {
                    let found = transcript::read_on(&w.transcript, read, &words, |line| line.leg == sid);
                    found.map(|at| (true, at)).or_else(|| over(w, sid).map(|_| (false, read)))
                });
                let (ready, at) = seen.await.unwrap_or_default();
                read = at;
                ready
            }
        };
        if !ready {
            return;
        }
        for (index, key) in press.keys.chars().enumerate() {
            if index > 0 && !lasts(engine, sid, BETWEEN_KEYS).await {
                return;
            }
            engine.change(|w| press_key(w, sid, key));
        }
    }
}

fn over(world: &World, sid: &str) -> Option<(bool, u32)> {
    world.legs.get(sid).is_none_or(|leg| leg.status.is_over()).then_some((false, 0))
}

/// A key is pressed on the phone at the far end of a leg.
pub(crate) fn press_key(world: &mut World, sid: &str, key: char) {
    world.note(sid, Event::Presses(key));
    if let Some(leg) = world.legs.get_mut(sid) {
        leg.mailbox.push_back(Signal::Key(key));
    }
}

/// The person at the far end of a leg speaks these words from now on.
pub(crate) fn say(world: &mut World, sid: &str, words: &str, time: Duration) {
    world.note(sid, Event::Says(words.to_owned()));
    let now = world.now;
    if let Some(leg) = world.legs.get_mut(sid) {
        leg.talks_until = leg.talks_until.max(now) + time;
        leg.spoken.push((now, words.to_owned()));
    }
}

/// The person at the far end of a leg says something when a recording starts.
pub(crate) fn say_after_the_beep(engine: &Arc<Engine>, sid: &str, words: String) {
    let (engine, sid) = (engine.clone(), sid.to_owned());
    engine.clone().spawn(async move {
        let beep = engine.observe(None, |w| {
            let heard = w.transcript.iter().any(|line| line.leg == sid && line.event == Event::Beep);
            heard.then_some(true).or_else(|| over(w, &sid).map(|_| false))
        });
        if beep.await.unwrap_or_default() {
            let time = speak_time(&words);
            engine.change(|w| say(w, &sid, &words, time));
        }
    });
}

/// Waits; false when the leg ends first.
async fn lasts(engine: &Engine, sid: &str, time: Duration) -> bool {
    let until = engine.clock.now() + time;
    let ended = engine.observe(Some(until), |w| {
        w.legs.get(sid).is_none_or(|leg| leg.status.is_over() || leg.stop.is_some()).then_some(())
    });
    ended.await.is_err()
}
