//! Whatever an incident can be, its document says too; and what of it is damaged does not keep the rest from being read.

use jiff::Timestamp;
use oncall::{
    Channel, PersonId, Skip, SkipReason, UnknownZone,
    climb::Position,
    incident::{
        Actor, Bar, Early, Entry, Escalation, Event, Events, Failure, Happened, Incident, Kind, Link, Log, Obstacle,
        Page, PageState, Planned, Pursuit, Severity, Signal, Snapshot, Source, State, Via,
    },
    reach::Missing,
    texting::{Codes, Gathering, Issued},
};
use proptest::{
    collection::{vec, vec_deque},
    option::of,
    prelude::*,
    sample::select,
};

use super::{
    codes_document::CodesDocument,
    mirror::{Read, Written},
    read_early, read_incident,
    round_trip::{id, instant, phone_number, policy, text},
    write_early, write_incident,
};

proptest! {
    #[test]
    fn an_incident(incident in incident()) {
        let document = write_incident(&incident).unwrap();
        prop_assert_eq!(read_incident(&document, incident.version).unwrap(), (incident, vec![]));
    }

    #[test]
    fn damage_anywhere_is_no_panic(
        incident in incident(), place in any::<prop::sample::Index>(), damage in "[\\[\\]{}\",:0a]{0,2}"
    ) {
        let mut document = write_incident(&incident).unwrap();
        let place = document.floor_char_boundary(place.index(document.len()));
        let end = document.ceil_char_boundary(place + 1);
        document.replace_range(place..end, &damage);
        let _ = read_incident(&document, 1);
    }

    #[test]
    fn what_was_said_early(resolved_at in of(instant()), acknowledged_at in of(instant())) {
        let early = Early { resolved_at, acknowledged_at };
        prop_assert_eq!(read_early(&write_early(&early).unwrap()).unwrap(), early);
    }

    #[test]
    fn codes(codes in some_codes()) {
        let document = serde_json::to_string(&Written::<CodesDocument>(&codes)).unwrap();
        prop_assert_eq!(serde_json::from_str::<Read<CodesDocument>>(&document).unwrap().0, codes);
    }
}

fn some_codes() -> impl Strategy<Value = Codes> {
    let issued = (any::<u32>(), vec(id!(IncidentId), 0..3), any::<bool>(), instant(), instant()).prop_map(
        |(code, incidents, is_bundle, first_told_at, told_at)| Issued {
            code,
            incidents,
            is_bundle,
            first_told_at,
            told_at,
        },
    );
    let gathering = (vec(id!(IncidentId), 0..3), instant()).prop_map(|(incidents, due)| Gathering { incidents, due });
    (vec(issued, 0..3), of(gathering), of(instant()), any::<u8>())
        .prop_map(|(issued, gathering, bundled_at, unhelpful)| Codes { issued, gathering, bundled_at, unhelpful })
}

fn actor() -> impl Strategy<Value = Actor> + Clone {
    let via = select(vec![Via::Sms, Via::Voice, Via::Console, Via::Call]);
    prop_oneof![
        Just(Actor::Dutyline),
        Just(Actor::Source),
        (id!(PersonId), via).prop_map(|(id, via)| Actor::Person { id, via }),
        text().prop_map(Actor::Token),
    ]
}

fn severity() -> impl Strategy<Value = Severity> {
    select(vec![Severity::Info, Severity::Warning, Severity::Error, Severity::Critical])
}

fn channel() -> impl Strategy<Value = Channel> {
    select(vec![Channel::Sms, Channel::Voice])
}

fn failure() -> impl Strategy<Value = Failure> {
    select(vec![
        Failure::Refused,
        Failure::OptedOut,
        Failure::NotAllowed,
        Failure::NoLine,
        Failure::Capped,
        Failure::SpendCap,
        Failure::Unreachable,
        Failure::Unknown,
        Failure::Undelivered,
        Failure::NoAnswer,
        Failure::Busy,
        Failure::NoKey,
        Failure::Machine,
    ])
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![
        Just(State::Triggered),
        (actor(), instant(), of(instant())).prop_map(|(by, at, until)| State::Acknowledged { by, at, until }),
        (actor(), instant(), instant()).prop_map(|(by, at, until)| State::Silenced { by, at, until }),
        (actor(), instant()).prop_map(|(by, at)| State::Resolved { by, at }),
    ]
}

fn escalation() -> impl Strategy<Value = Escalation> {
    let position = (any::<u8>(), any::<usize>(), any::<bool>()).prop_map(|(round, step, reached_somebody)| Position {
        round,
        step,
        reached_somebody,
    });
    let held_back = vec(any::<usize>(), 0..3);
    (of(position), of(instant()), any::<u32>(), of(any::<u32>()), of(instant()), held_back, of(instant())).prop_map(
        |(position, due, rises, responsible, round_began, held_back, escalated_at)| Escalation {
            position,
            due,
            rises,
            responsible,
            round_began,
            held_back,
            escalated_at,
        },
    )
}

fn pursuit() -> impl Strategy<Value = Pursuit> {
    let planned = (channel(), instant()).prop_map(|(channel, due)| Planned { channel, due });
    (id!(PersonId), any::<u32>(), text(), vec(planned, 0..3), any::<usize>())
        .prop_map(|(person, rise, why, rules, next)| Pursuit { person, rise, why, rules, next })
}

fn page() -> impl Strategy<Value = Page> {
    let state = prop_oneof![
        instant().prop_map(|since| PageState::Ordered { since }),
        instant().prop_map(|until| PageState::Delayed { until }),
        instant().prop_map(|until| PageState::Gathered { until }),
        instant().prop_map(|until| PageState::InDoubt { until }),
        instant().prop_map(|since| PageState::Asked { since }),
        text().prop_map(|sid| PageState::Sent { sid }),
        Just(PageState::Delivered),
        failure().prop_map(PageState::Failed),
        Just(PageState::CalledOff),
        Just(PageState::Recalled),
    ];
    let place = (any::<[u32; 3]>(), any::<[usize; 2]>(), any::<[u8; 2]>(), any::<bool>());
    (place, id!(PersonId), phone_number(), channel(), instant(), state).prop_map(
        |(place, person, to, channel, ordered_at, state)| {
            let ([number, generation, rise], [rule, phone], [sendings, delays], first) = place;
            Page {
                number,
                generation,
                rise,
                person,
                rule,
                phone,
                to,
                channel,
                first,
                ordered_at,
                sendings,
                delays,
                state,
            }
        },
    )
}

fn events() -> impl Strategy<Value = Events> {
    let source = select(vec![Source::Tool, Source::Call, Source::Text]);
    let signal = prop_oneof![
        Just(Signal::Trigger),
        Just(Signal::Missed),
        of(id!(PersonId)).prop_map(|by| Signal::Acknowledge { by }),
        Just(Signal::Resolve),
        Just(Signal::Note),
    ];
    let link = (text(), of(text())).prop_map(|(href, text)| Link { href, text });
    let said = (source, of(text()), of(severity()), signal, of(id!(ThreadId)), vec(link, 0..3));
    let event = (text(), instant(), said).prop_map(|(id, at, (source, summary, severity, signal, thread, links))| {
        Event { id, at, source, summary, severity, signal, thread, links }
    });
    (any::<u64>(), vec_deque(event, 0..3), vec_deque(text(), 0..3), vec_deque((instant(), any::<u32>()), 0..3))
        .prop_map(|(count, recent, handled, triggers)| Events { count, recent, handled, triggers })
}

fn skip() -> impl Strategy<Value = Skip> {
    let missing = prop_oneof![
        id!(PersonId).prop_map(Missing::Person),
        id!(TeamId).prop_map(Missing::Team),
        text().prop_map(Missing::EmptyTeam),
        id!(ScheduleId).prop_map(Missing::Schedule),
        (text(), vec(text(), 0..3)).prop_map(|(schedule, reasons)| Missing::NobodyOnCall { schedule, reasons }),
        (text(), text()).prop_map(|(schedule, problem)| Missing::Unreadable { schedule, problem }),
    ];
    let plain = select(vec![
        SkipReason::NoPolicy,
        SkipReason::EmptyStep,
        SkipReason::OutsideHours,
        SkipReason::TextOnly,
        SkipReason::AfterRepeats,
        SkipReason::AfterResolve,
        SkipReason::NotNeeded,
        SkipReason::AlreadyNamed,
        SkipReason::NoPhone,
    ]);
    let why = prop_oneof![
        plain,
        missing.prop_map(SkipReason::Missing),
        (any::<u32>(), any::<u32>()).prop_map(|(wanted, had)| SkipReason::TooFewEvents { wanted, had }),
        text().prop_map(SkipReason::Holiday),
        text().prop_map(|zone| SkipReason::UnreadableHours(UnknownZone(zone))),
        any::<u32>().prop_map(SkipReason::Wait),
        any::<usize>().prop_map(SkipReason::Unverified),
        any::<usize>().prop_map(SkipReason::IsCaller),
        any::<usize>().prop_map(SkipReason::IsLine),
        any::<usize>().prop_map(SkipReason::SharedPhone),
    ];
    let person = of(text().prop_map(PersonId::new));
    (of(any::<usize>()), person, of(text()), why).prop_map(|(step, person, name, why)| Skip { step, person, name, why })
}

fn happened() -> impl Strategy<Value = Happened> {
    let plain = select(vec![
        Happened::Opened,
        Happened::Reopened,
        Happened::BecameUrgent,
        Happened::WaitCutShort,
        Happened::Held,
        Happened::Resumed,
        Happened::Acknowledged,
        Happened::AcknowledgementOver,
        Happened::Lost,
        Happened::SilenceOver,
        Happened::Escalated,
        Happened::CallsBack,
        Happened::Resolved,
    ]);
    let obstacle = select(vec![
        Obstacle::Gone,
        Obstacle::NoRule,
        Obstacle::NoPhone,
        Obstacle::Unverified,
        Obstacle::Barred(Bar::OptedOut),
        Obstacle::Barred(Bar::Refused),
        Obstacle::SharedPhone,
    ]);
    prop_oneof![
        plain,
        (any::<u32>(), id!(PersonId), channel(), text()).prop_map(|(page, person, channel, why)| Happened::Paged {
            page,
            person,
            channel,
            why
        }),
        any::<u32>().prop_map(|page| Happened::Sent { page }),
        any::<u32>().prop_map(|page| Happened::Delivered { page }),
        (any::<u32>(), failure()).prop_map(|(page, why)| Happened::Failed { page, why }),
        (any::<u32>(), instant()).prop_map(|(page, until)| Happened::Delayed { page, until }),
        (id!(PersonId), of(channel()), obstacle).prop_map(|(person, channel, why)| Happened::NotPaged {
            person,
            channel,
            why
        }),
        skip().prop_map(Happened::Skipped),
        any::<u32>().prop_map(|people| Happened::LeftOut { people }),
        instant().prop_map(|until| Happened::Waits { until }),
        any::<bool>().prop_map(|reached_somebody| Happened::PolicyDone { reached_somebody }),
        instant().prop_map(|until| Happened::Silenced { until }),
        vec(id!(PersonId), 0..3).prop_map(|to| Happened::Reassigned { to }),
        vec(id!(PersonId), 0..3).prop_map(|whom| Happened::Asked { whom }),
        text().prop_map(|words| Happened::Replied { words }),
    ]
}

fn incident() -> impl Strategy<Value = Incident> {
    let entry = (instant(), actor(), happened()).prop_map(|(at, by, what)| Entry { at, by, what });
    let log = (vec(entry, 0..5), any::<u32>()).prop_map(|(entries, left_out)| Log { entries, left_out });
    let snapshot = (of(policy()), of(any::<u32>()))
        .prop_map(|(policy, acknowledged_minutes)| Snapshot { policy, acknowledged_minutes });
    let kind = select(vec![Kind::Usual, Kind::Maintenance, Kind::Trial]);
    let named = (id!(IncidentId), any::<u64>(), text(), kind, of(id!(ServiceId)), text(), severity(), any::<u64>());
    let stands = (state(), any::<[u32; 2]>(), instants(), escalation(), snapshot, of(instant()));
    let paged = (vec(pursuit(), 0..3), vec(page(), 0..3), vec(id!(PersonId), 0..3));
    (named, stands, paged, events(), log, vec(id!(ThreadId), 0..3)).prop_map(
        |(named, stands, paged, events, log, threads)| {
            let (id, number, key, kind, service, summary, severity, version) = named;
            let (state, [generation, pages_ordered], instants, escalation, snapshot, held_until) = stands;
            let [opened_at, touched_at, since] = instants;
            let (pursuits, pages, assignees) = paged;
            Incident {
                id,
                number,
                key,
                kind,
                service,
                summary,
                severity,
                opened_at,
                touched_at,
                version,
                state,
                since,
                snapshot,
                generation,
                escalation,
                pursuits,
                pages,
                pages_ordered,
                assignees,
                events,
                log,
                threads,
                held_until,
            }
        },
    )
}

fn instants() -> impl Strategy<Value = [Timestamp; 3]> {
    (instant(), instant(), instant()).prop_map(|(one, two, three)| [one, two, three])
}
