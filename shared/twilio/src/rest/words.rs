//! Twilio's codes in sentences for whoever administers the numbers.
//!
//! Codes and their meaning: Twilio's error dictionary.

/// What a code of Twilio's means and what can be done about it; none for a code that we do not meet.
pub fn meaning(code: u32) -> Option<&'static str> {
    Some(match code {
        // the account
        20003 => "The credentials are wrong, or this key is not allowed to do that.",
        20005 => "The Twilio account is suspended or closed.",
        20008 => "These are test credentials, which cannot do that.",
        20403 => "The Twilio account is not allowed to do that.",
        20404 => "It does not exist, or it belongs to another account.",
        20429 => "Too much was asked at once; try again in a while.",
        21404 => "A trial account cannot buy this number; upgrade the Twilio account first.",
        // addresses
        21628 => "The address is not a valid one; check street, city, region and postal code.",
        21629 => {
            "The address is not quite right, and Twilio suggests another; take its suggestion or allow corrections."
        }
        21630 => "The address belongs to a verified document and cannot be changed.",
        // buying
        21421 => "This is not a valid telephone number.",
        21422 => "The number is no longer available: somebody else has it.",
        21451 => "The area code does not exist.",
        21452 => "There is no number on sale in this area code.",
        21457 => "Numbers of this country cannot be chosen by area code.",
        21458 => "The number is of another type than was asked for.",
        21615 => "The number needs an address in its own area.",
        21631 => "The number needs a postal address; register one first.",
        21649 => "The country's regulator asks for documents: the number needs an approved bundle.",
        21650 => "The country's regulator asks for a verified identity.",
        21651 => "The documents or the address do not satisfy the country's regulator.",
        // configuring
        21402 | 21205 => "One of the URLs is not valid.",
        // calling
        21210 | 21212 => "The number to call from is not one that this account may use.",
        21211 | 21217 | 21401 => "The number to reach is not a valid telephone number.",
        21214 => "The number cannot be reached.",
        21215 => "Calls to this country are not allowed for the Twilio account; allow it in its voice permissions.",
        21216 => "Twilio blocks calls to this number.",
        21219 | 21608 => "A trial account reaches only numbers that have been verified with Twilio.",
        21220 => "The call is over or not yet at that point.",
        // texting
        21408 => "Texts to this country are not allowed for the Twilio account; allow it in its messaging permissions.",
        21602 => "The text is empty.",
        21606 => "The number to text from cannot send texts to this destination.",
        21610 => "The recipient has replied STOP and gets no texts from this number until they reply START.",
        21611 => "Too many texts from this number are waiting to be sent.",
        21612 => "The number cannot be reached by text from this one.",
        21614 => "The number is not a mobile number, so it cannot get texts.",
        21617 => "The text is longer than 1600 characters.",
        30032 => "The toll-free number has not been verified for texts yet.",
        30034 => "Texts to the United States need a registration (A2P 10DLC), which this number lacks.",
        63038 => "The Twilio account has sent as many texts as it may today.",
        _ => return None,
    })
}
