use std::fmt;

/// Why the template cannot be followed here. Each names the file, the resource and the property.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text is not a template.
    #[error("{file}: {message}")]
    Syntax {
        /// The template's name.
        file: String,
        /// What is wrong, and where.
        message: String,
    },
    /// A resource, or a property that the local stack needs, is absent.
    #[error("{file}: {place} is missing")]
    Missing {
        /// The template's name.
        file: String,
        /// What is absent.
        place: Place,
    },
    /// A value is not one that the local stack knows how to use.
    #[error("{file}: {place}: {what}")]
    Unusable {
        /// The template's name.
        file: String,
        /// Where it stands.
        place: Place,
        /// What is wrong with it.
        what: String,
    },
    /// The product has one table.
    #[error("{file}: there must be one AWS::DynamoDB::Table, there are {count}")]
    Tables {
        /// The template's name.
        file: String,
        /// How many there are.
        count: usize,
    },
}

/// Where in a template something stands: a resource and a path of properties below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub(super) resource: String,
    pub(super) path: Vec<String>,
}

impl Place {
    pub(super) fn of(resource: &str) -> Self {
        Self { resource: resource.to_owned(), path: Vec::new() }
    }

    pub(super) fn at(&self, step: impl fmt::Display) -> Self {
        let mut path = self.path.clone();
        path.push(step.to_string());
        Self { resource: self.resource.clone(), path }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.resource)?;
        self.path.iter().try_for_each(|step| write!(f, ".{step}"))
    }
}
