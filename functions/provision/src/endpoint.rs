//! A handler together with what it says of itself. There is no other way for a handler to get a route.

use std::future::Future;

use axum::{
    handler::Handler,
    http::Method,
    routing::{MethodFilter, MethodRouter, on},
};

use crate::{
    answer::Answer,
    app::App,
    argument::Argument,
    caller::{Caller, Rank},
    describe::Description,
    failure::{Cause, Failure},
};

/// What stands before every path but those of feeds.
pub(crate) const BASE: &str = "/api/v1";

/// One method of one path.
pub(crate) struct Endpoint {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) handler: MethodRouter<App>,
    pub(crate) description: Description,
}

/// A handler whose first argument is a [`Caller`]: the only kind that [`get`], [`post`], [`put`] and [`delete`] take.
pub(crate) trait Guarded<Arguments>: Handler<Arguments::Extracted, App>
where
    Arguments: Described,
{
}

/// The arguments and the answer of a handler, as types.
pub(crate) trait Described {
    /// As axum names the arguments.
    type Extracted: 'static;

    fn describe(description: &mut Description);
}

macro_rules! guarded {
    ($($argument:ident),*) => {
        impl<Kind: 'static, R: Rank, A: Answer, $($argument: Argument),*> Described for (Kind, R, A, $($argument,)*) {
            type Extracted = (Kind, Caller<R>, $($argument,)*);

            fn describe(description: &mut Description) {
                description.is_guarded(&format!("For the role {} and above.", R::ROLE));
                $($argument::describe(description);)*
                A::describe(description);
            }
        }

        impl<F, Kind, R, A, Answers, $($argument),*> Guarded<(Kind, R, A, $($argument,)*)> for F
        where
            Kind: 'static,
            R: Rank,
            A: Answer,
            Answers: Future<Output = Result<A, Failure>>,
            F: Fn(Caller<R>, $($argument),*) -> Answers + Handler<(Kind, Caller<R>, $($argument,)*), App>,
            $($argument: Argument,)*
        {
        }
    };
}

guarded!();
guarded!(T1);
guarded!(T1, T2);
guarded!(T1, T2, T3);
guarded!(T1, T2, T3, T4);
guarded!(T1, T2, T3, T4, T5);

macro_rules! methods {
    ($($(#[$about:meta])* $name:ident is $method:ident;)+) => {$(
        $(#[$about])*
        pub(crate) fn $name<H, Arguments>(path: &str, handler: H) -> Endpoint
        where
            H: Guarded<Arguments>,
            Arguments: Described,
        {
            let mut description = Description::default();
            Arguments::describe(&mut description);
            let (method, path) = (Method::$method, format!("{BASE}{path}"));
            Endpoint { method, path, handler: on(MethodFilter::$method, handler), description }
        }
    )+};
}

methods! {
    /// A way to see something.
    get is GET;
    /// A way to make or do something.
    post is POST;
    /// A way to replace something.
    put is PUT;
    /// A way to remove something.
    delete is DELETE;
}

impl Endpoint {
    /// One of the few that anybody may ask. Its path is whole, and stands in the list of `routes.rs`.
    pub(crate) fn public<H, T>(path: &str, handler: H, describe: impl FnOnce(&mut Description)) -> Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        let mut description = Description::default();
        describe(&mut description);
        Self { method: Method::GET, path: path.to_owned(), handler: on(MethodFilter::GET, handler), description }
    }

    /// One line for lists, and what else there is to know.
    pub(crate) fn says(mut self, summary: &str, text: &str) -> Self {
        self.description.says(summary, text);
        self
    }

    /// Twilio is asked, and may have its own opinion.
    pub(crate) fn asks_twilio(self) -> Self {
        self.refuses(&[Cause::CredentialsRefused, Cause::TwilioRefused, Cause::TwilioUnreachable])
    }

    /// Problems that only its handler knows of.
    pub(crate) fn refuses(mut self, causes: &[Cause]) -> Self {
        self.description.refuses(causes);
        self
    }
}
