use std::borrow::Cow;

use super::document::Document;
use super::{Action, Method, NoAction, Prompt};

/// `<Gather>`: keys or speech. It names an action before it can be written.
///
/// Twilio cuts the whole prompt short at the first key. No input is no request: the next verb follows.
#[derive(Debug, Clone)]
pub struct Gather<'a, A = NoAction> {
    input: Input,
    action: A,
    method: Option<Method>,
    num_digits: Option<u8>,
    finish_on_key: Option<String>,
    timeout: Option<u16>,
    action_on_empty_result: bool,
    language: Option<Cow<'a, str>>,
}

#[derive(Debug, Clone, Copy)]
enum Input {
    Keys,
    Speech,
    Both,
}

impl<'a> Gather<'a> {
    /// Exactly this many keys, at least one. The key that finishes (`#` unless
    /// [`Gather::finish_on_key`] says otherwise) counts as no input when it comes first.
    pub fn keys(count: u8) -> Self {
        Self { num_digits: Some(count.max(1)), ..Self::of(Input::Keys) }
    }

    /// Any number of keys, until one of `finish` or the timeout.
    pub fn keys_until(finish: &str) -> Self {
        Self::of(Input::Keys).finish_on_key(finish)
    }

    /// Speech in a language, given as a BCP 47 tag.
    pub fn speech(language: impl Into<Cow<'a, str>>) -> Self {
        Self { language: Some(language.into()), ..Self::of(Input::Speech) }
    }

    fn of(input: Input) -> Self {
        Self {
            input,
            action: NoAction,
            method: None,
            num_digits: None,
            finish_on_key: None,
            timeout: None,
            action_on_empty_result: false,
            language: None,
        }
    }

    /// Whom to ask with the input.
    #[must_use]
    pub fn action(self, url: impl Into<Cow<'a, str>>) -> Gather<'a, Action<'a>> {
        Gather {
            action: Action(url.into()),
            input: self.input,
            method: self.method,
            num_digits: self.num_digits,
            finish_on_key: self.finish_on_key,
            timeout: self.timeout,
            action_on_empty_result: self.action_on_empty_result,
            language: self.language,
        }
    }
}

impl<'a, A> Gather<'a, A> {
    /// Takes speech as well as keys, in a language given as a BCP 47 tag.
    #[must_use]
    pub fn or_speech(self, language: impl Into<Cow<'a, str>>) -> Self {
        Self { input: Input::Both, language: Some(language.into()), ..self }
    }

    /// How the action is asked.
    #[must_use]
    pub fn method(self, method: Method) -> Self {
        Self { method: Some(method), ..self }
    }

    /// How many seconds to wait for the next key after the prompt, at least one. Twilio's default is 5.
    #[must_use]
    pub fn timeout(self, seconds: u16) -> Self {
        Self { timeout: Some(seconds.max(1)), ..self }
    }

    /// The keys that finish the input and are not part of it. Empty: none does, so that `#` is a key
    /// like the others. Characters that are no key are ignored.
    #[must_use]
    pub fn finish_on_key(self, keys: &str) -> Self {
        Self { finish_on_key: Some(only_keys(keys)), ..self }
    }

    /// Asks the action also when nothing was pressed.
    #[must_use]
    pub fn action_on_empty_result(self) -> Self {
        Self { action_on_empty_result: true, ..self }
    }
}

impl Gather<'_, Action<'_>> {
    pub(super) fn write(self, document: Document, prompt: impl FnOnce(Prompt) -> Prompt) -> Document {
        document.steer_around(
            "Gather",
            |attributes| {
                let input = match self.input {
                    Input::Keys => "dtmf",
                    Input::Speech => "speech",
                    Input::Both => "dtmf speech",
                };
                attributes.text("input", Some(input));
                attributes.plain("numDigits", self.num_digits);
                attributes.text("finishOnKey", self.finish_on_key.as_deref());
                attributes.plain("timeout", self.timeout);
                attributes.text("language", self.language.as_deref());
                attributes.plain("actionOnEmptyResult", self.action_on_empty_result.then_some(true));
                attributes.text("action", Some(&self.action.0));
                attributes.text("method", self.method.map(Method::as_str));
            },
            |document| prompt(Prompt { document }).document,
        )
    }
}

/// The keys of a telephone among the characters.
pub(super) fn only_keys(keys: &str) -> String {
    keys.chars().filter(|c| matches!(c, '0'..='9' | '*' | '#')).collect()
}
