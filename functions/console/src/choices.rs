//! What a form offers to choose from: objects of other kinds, by id and name.

use api::{
    EscalationPolicy, HolidayCalendar, Kind, Line, PageQuery, Person, Resource, Schedule, Service, Stored, Team,
    client::{Client, ClientError},
};

/// Something that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Choice {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// What can be chosen, by kind; kinds that a form does not need are empty.
#[derive(Clone, Debug, Default)]
pub(crate) struct Choices {
    pub(crate) people: Vec<Choice>,
    pub(crate) teams: Vec<Choice>,
    pub(crate) schedules: Vec<Choice>,
    pub(crate) holidays: Vec<Choice>,
    pub(crate) policies: Vec<Choice>,
    pub(crate) services: Vec<Choice>,
    pub(crate) lines: Vec<Choice>,
}

impl Choices {
    /// Reads the kinds that are needed, all at the same time.
    pub(crate) async fn read(client: &Client, needs: &[Kind]) -> Result<Self, ClientError> {
        let (people, teams, schedules, holidays, policies, services, lines) = tokio::try_join!(
            choices(client, needs, |person: &Person| &person.name),
            choices(client, needs, |team: &Team| &team.name),
            choices(client, needs, |schedule: &Schedule| &schedule.name),
            choices(client, needs, |calendar: &HolidayCalendar| &calendar.name),
            choices(client, needs, |policy: &EscalationPolicy| &policy.name),
            choices(client, needs, |service: &Service| &service.name),
            choices(client, needs, |line: &Line| &line.name),
        )?;
        Ok(Self { people, teams, schedules, holidays, policies, services, lines })
    }
}

/// What people call an object; its id, if it is not among the choices.
pub(crate) fn name_of<'a>(choices: &'a [Choice], id: &'a str) -> &'a str {
    choices.iter().find(|choice| choice.id == id).map_or(id, |choice| choice.name.as_str())
}

/// Whether an id is among the choices.
pub(crate) fn has(choices: &[Choice], id: &str) -> bool {
    choices.iter().any(|choice| choice.id == id)
}

async fn choices<T: Resource>(
    client: &Client,
    needs: &[Kind],
    name: fn(&T) -> &String,
) -> Result<Vec<Choice>, ClientError> {
    if !needs.contains(&T::KIND) {
        return Ok(Vec::new());
    }
    let objects = all::<T>(client).await?;
    let choice =
        |object: &Stored<T>| Some(Choice { id: object.value.id()?.to_owned(), name: name(&object.value).clone() });
    Ok(objects.iter().filter_map(choice).collect())
}

/// All objects of a kind: one request for every two hundred.
pub(crate) async fn all<T: Resource>(client: &Client) -> Result<Vec<Stored<T>>, ClientError> {
    let (mut objects, mut cursor) = (Vec::new(), None);
    loop {
        let page = client.list::<T>(&PageQuery { cursor, limit: Some(200) }).await?;
        objects.extend(page.items);
        if page.next.is_none() {
            return Ok(objects);
        }
        cursor = page.next;
    }
}
