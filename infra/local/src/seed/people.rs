use oncall::{NotificationRules, Person, PersonId, Phone, Team, TeamId};

use crate::phone_behaviour::Behaviour;

/// Id, name, language, phones. 555-01xx numbers are kept free for stories.
const PEOPLE: [(&str, &str, Option<&str>, &[&str]); 10] = [
    ("ingrid", "Ingrid Berg", Some("nb-NO"), &["+4791000001", "+4721000101"]),
    ("ola", "Ola Haugen", Some("nb-NO"), &["+4791000002"]),
    ("astrid", "Astrid Moen", None, &["+4791000003"]),
    ("jonas", "Jonas Lie", Some("nb-NO"), &["+4791000004"]),
    ("maya", "Maya Torres", Some("en-US"), &["+12025550104", "+12025550154"]),
    ("liam", "Liam O'Neill", Some("en-US"), &["+12025550105"]),
    ("grace", "Grace Chen", Some("en-US"), &["+12025550106"]),
    ("sofie", "Sofie Lund", Some("nb-NO"), &["+4791000008"]),
    ("noah", "Noah Brooks", Some("en-US"), &["+12025550109"]),
    ("eva", "Eva Dahl", None, &["+4791000010"]),
];

/// Who leads incidents: they accept calls. The others do not hear their phones the first time.
const LEADS: [&str; 2] = ["sofie", "noah"];

pub(super) fn all() -> Result<Vec<Person>, phone::InvalidNumber> {
    let person = |(id, name, language, phones): (&str, &str, Option<&str>, &[&str])| {
        let phone = |number: &&str| Ok(Phone { number: number.parse()?, verified: true });
        Ok(Person {
            id: PersonId::new(id),
            name: name.to_owned(),
            language: language.map(str::to_owned),
            timezone: None,
            rules: NotificationRules::default(),
            phones: phones.iter().map(phone).collect::<Result<_, phone::InvalidNumber>>()?,
        })
    };
    PEOPLE.into_iter().map(person).collect()
}

pub(super) fn teams() -> Vec<Team> {
    let team = |id: &str, name: &str, members: &[&str]| Team {
        id: TeamId::new(id),
        name: name.to_owned(),
        members: members.iter().map(|id| PersonId::new(*id)).collect(),
    };
    vec![team("leads", "Incident leads", &LEADS), team("network", "Network", &["jonas", "grace", "sofie"])]
}

/// What everybody's phones do on the pretend network, unless a call is told otherwise: whoever is
/// called first does not hear it, leads pick up and accept.
#[must_use]
pub fn behaviours() -> Vec<(&'static str, Behaviour)> {
    let mut all = Vec::new();
    for (id, _, _, phones) in PEOPLE {
        for number in phones {
            let accepts = LEADS.contains(&id);
            let behaviour = if accepts { Behaviour::accepts(5) } else { Behaviour::Nobody };
            all.push((*number, behaviour));
        }
    }
    all
}
