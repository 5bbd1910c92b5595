use std::ops::Deref;

use super::{Form, FromForm, ParameterError};

/// A value that came out of a request whose signature was right.
///
/// There is no other way to make one than [`receive`](super::receive); a handler that takes a
/// `Verified<…>` cannot be called with a forged request.
///
/// ```compile_fail,E0423
/// let forged = twilio::webhook::Verified(42);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<T>(T);

impl<T> Verified<T> {
    pub(super) fn checked(value: T) -> Self {
        Self(value)
    }

    /// The value that `change` makes of this one, still verified.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Verified<U> {
        Verified(change(self.0))
    }

    /// The value that `change` makes of this one, if it can.
    ///
    /// # Errors
    /// Those of `change`.
    pub fn try_map<U, E>(self, change: impl FnOnce(T) -> Result<U, E>) -> Result<Verified<U>, E> {
        change(self.0).map(Verified)
    }

    /// The value alone, where its origin matters no more.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl Verified<Form> {
    /// The typed request that the form carries.
    ///
    /// # Errors
    /// A [`ParameterError`] naming the parameter that is missing or malformed.
    pub fn parse<T: FromForm>(&self) -> Result<Verified<T>, ParameterError> {
        T::from_form(&self.0).map(Verified)
    }
}

impl<T> Deref for Verified<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}
