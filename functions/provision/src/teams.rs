//! Teams.

use api::{FieldError, Team};
use oncall::{PersonId, TeamId};

use crate::{
    caller::Admin,
    endpoint::Endpoint,
    objects::{self, Kept},
};

pub(crate) fn endpoints() -> Vec<Endpoint> {
    objects::endpoints::<Team>()
}

impl Kept for Team {
    type Domain = oncall::Team;
    type Editor = Admin;
    const PREFIX: &'static str = "te";

    fn shown(team: oncall::Team) -> Self {
        let members = team.members.iter().map(ToString::to_string).collect();
        Self { id: Some(team.id.to_string()), name: team.name, members }
    }

    fn domain(self, id: &str, _: Option<&oncall::Team>) -> Result<oncall::Team, Vec<FieldError>> {
        let members = self.members.into_iter().map(PersonId::new).collect();
        Ok(oncall::Team { id: TeamId::new(id), name: self.name, members })
    }
}
