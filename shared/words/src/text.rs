//! Every text message, in every language.
//!
//! All of it is in the plain alphabet of texts (GSM-7), so that only a value can make one dearer. `{…}` stands for a
//! value.

use crate::{Language, words::fill};

macro_rules! texts {
    ($($(#[$doc:meta])* $text:ident { $en:literal, $nb:literal, $sv:literal, $de:literal, $fr:literal, $es:literal })+) => {
        /// A text message.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Text {
            $($(#[$doc])* $text,)+
        }

        impl Text {
            /// Every text.
            pub const ALL: &[Self] = &[$(Self::$text),+];

            /// Our words for it.
            pub fn words(self, language: Language) -> &'static str {
                match (self, language) {$(
                    (Self::$text, Language::English) => $en,
                    (Self::$text, Language::Norwegian) => $nb,
                    (Self::$text, Language::Swedish) => $sv,
                    (Self::$text, Language::German) => $de,
                    (Self::$text, Language::French) => $fr,
                    (Self::$text, Language::Spanish) => $es,
                )+}
            }
        }
    };
}

texts! {
    /// A page: one incident.
    Page {
        "{app}: Alert {code}: {summary}. Reply {code}a to ack, {code}e to escalate, {code}c to close.",
        "{app}: Alarm {code}: {summary}. Svar {code}a for å ta den, {code}e for å eskalere, {code}c for å lukke.",
        "{app}: Larm {code}: {summary}. Svara {code}a för att ta det, {code}e för att eskalera, {code}c för att stänga.",
        "{app}: Alarm {code}: {summary}. Antwort {code}a nimmt an, {code}e eskaliert, {code}c schließt.",
        "{app}: Alerte {code}: {summary}. Répondez {code}a pour prendre, {code}e pour escalader, {code}c pour clore.",
        "{app}: Alerta {code}: {summary}. Responda {code}a para aceptar, {code}e para escalar, {code}c para cerrar."
    }
    /// A page: many incidents of a storm.
    Bundle {
        "{app}: {count} alerts {code}: {summary}. Reply {code}a to ack all, {code}e to escalate all, {code}c to close all.",
        "{app}: {count} alarmer {code}: {summary}. Svar {code}a for å ta alle, {code}e for å eskalere, {code}c for å lukke.",
        "{app}: {count} larm {code}: {summary}. Svara {code}a för att ta alla, {code}e för att eskalera, {code}c för att stänga.",
        "{app}: {count} Alarme {code}: {summary}. Antwort {code}a nimmt alle an, {code}e eskaliert, {code}c schließt.",
        "{app}: {count} alertes {code}: {summary}. Répondez {code}a pour tout prendre, {code}e escalader, {code}c clore.",
        "{app}: {count} alertas {code}: {summary}. Responda {code}a para aceptar todas, {code}e escalar, {code}c cerrar."
    }
    /// What is the matter, if nobody has said.
    NoSummary {
        "no description",
        "uten beskrivelse",
        "utan beskrivning",
        "ohne Beschreibung",
        "sans description",
        "sin detalles"
    }
    /// They have it.
    Acknowledged {
        "{app}: Alert {code} is yours.",
        "{app}: Alarm {code} er din.",
        "{app}: Larm {code} är ditt.",
        "{app}: Alarm {code} gehört Ihnen.",
        "{app}: L'alerte {code} est à vous.",
        "{app}: La alerta {code} es suya."
    }
    /// They have all of a bundle, or as many as nobody else has.
    AcknowledgedAll {
        "{app}: {count} alerts {code} are yours.",
        "{app}: {count} alarmer {code} er dine.",
        "{app}: {count} larm {code} är dina.",
        "{app}: {count} Alarme {code} gehören Ihnen.",
        "{app}: {count} alertes {code} sont à vous.",
        "{app}: {count} alertas {code} son suyas."
    }
    /// Somebody else had it before.
    AlreadyAcknowledged {
        "{app}: {person} has alert {code} already, since {time}.",
        "{app}: {person} har allerede alarm {code}, siden {time}.",
        "{app}: {person} har redan larm {code}, sedan {time}.",
        "{app}: {person} hat Alarm {code} schon, seit {time}.",
        "{app}: {person} a déjà l'alerte {code}, depuis {time}.",
        "{app}: {person} ya tiene la alerta {code} desde las {time}."
    }
    /// The next in the policy are paged.
    Escalated {
        "{app}: Alert {code} goes to the next.",
        "{app}: Alarm {code} går videre til neste.",
        "{app}: Larm {code} går vidare till nästa.",
        "{app}: Alarm {code} geht weiter.",
        "{app}: L'alerte {code} passe au suivant.",
        "{app}: La alerta {code} pasa al siguiente."
    }
    /// Somebody has just escalated it.
    JustEscalated {
        "{app}: Alert {code} has just been escalated.",
        "{app}: Alarm {code} er nettopp eskalert.",
        "{app}: Larm {code} har just eskalerats.",
        "{app}: Alarm {code} wurde gerade eskaliert.",
        "{app}: L'alerte {code} a déjà été escaladée.",
        "{app}: La alerta {code} se acaba de escalar."
    }
    /// There is nobody to escalate to.
    NobodyLeft {
        "{app}: Nobody comes after you for alert {code}.",
        "{app}: Ingen kommer etter deg for alarm {code}.",
        "{app}: Ingen kommer efter dig för larm {code}.",
        "{app}: Nach Ihnen kommt niemand für Alarm {code}.",
        "{app}: Personne ne vient après vous pour l'alerte {code}.",
        "{app}: Nadie viene tras usted para la alerta {code}."
    }
    /// It is over.
    Closed {
        "{app}: Alert {code} is closed.",
        "{app}: Alarm {code} er lukket.",
        "{app}: Larm {code} är stängt.",
        "{app}: Alarm {code} ist geschlossen.",
        "{app}: L'alerte {code} est close.",
        "{app}: La alerta {code} queda cerrada."
    }
    /// All of a bundle is over.
    ClosedAll {
        "{app}: {count} alerts {code} are closed.",
        "{app}: {count} alarmer {code} er lukket.",
        "{app}: {count} larm {code} är stängda.",
        "{app}: {count} Alarme {code} sind geschlossen.",
        "{app}: {count} alertes {code} sont closes.",
        "{app}: {count} alertas {code} quedan cerradas."
    }
    /// It was over before.
    AlreadyClosed {
        "{app}: Alert {code} was closed at {time} by {person}.",
        "{app}: Alarm {code} ble lukket {time} av {person}.",
        "{app}: Larm {code} stängdes {time} av {person}.",
        "{app}: Alarm {code} wurde um {time} von {person} geschlossen.",
        "{app}: L'alerte {code} a été close à {time} par {person}.",
        "{app}: La alerta {code} fue cerrada a las {time} por {person}."
    }
    /// Who did it, if it was what the incident came from.
    ItsSource {
        "its source",
        "kilden",
        "källan",
        "der Quelle",
        "sa source",
        "su origen"
    }
    /// Who did it, if it was no person of theirs.
    AnAdmin {
        "an admin",
        "en administrator",
        "en administratör",
        "der Verwaltung",
        "un administrateur",
        "un administrador"
    }
    /// What an incident is called that is a call which somebody took.
    Call {
        "Call to {line}",
        "Samtale til {line}",
        "Samtal till {line}",
        "Anruf bei {line}",
        "Appel à {line}",
        "Llamada a {line}"
    }
    /// The same, of a call that nobody took.
    MissedCall {
        "Missed call to {line}",
        "Ubesvart anrop til {line}",
        "Missat samtal till {line}",
        "Verpasster Anruf bei {line}",
        "Appel manqué à {line}",
        "Llamada perdida a {line}"
    }
    /// The same, of a call that left a message of which no words are known.
    Voicemail {
        "Voice message on {line}",
        "Talemelding på {line}",
        "Röstmeddelande på {line}",
        "Sprachnachricht bei {line}",
        "Message vocal sur {line}",
        "Mensaje de voz en {line}"
    }
    /// They will be connected with whoever reported it.
    CallingBack {
        "{app}: You will be called and connected with the reporter of alert {code}.",
        "{app}: Du blir ringt og satt over til den som meldte alarm {code}.",
        "{app}: Du blir uppringd och kopplad till den som anmälde larm {code}.",
        "{app}: Sie werden angerufen und mit dem Melder von Alarm {code} verbunden.",
        "{app}: Nous vous appelons pour vous relier au déclarant de l'alerte {code}.",
        "{app}: Le llamaremos para ponerle con quien dio la alerta {code}."
    }
    /// What whoever reported it has written, to the one who has it.
    FromReporter {
        "{app}: From the reporter of alert {code}: {words}",
        "{app}: Fra den som meldte alarm {code}: {words}",
        "{app}: Från den som anmälde larm {code}: {words}",
        "{app}: Vom Melder von Alarm {code}: {words}",
        "{app}: Du déclarant de l'alerte {code}: {words}",
        "{app}: De quien dio la alerta {code}: {words}"
    }
    /// Whoever reported it has been told.
    ToldReporter {
        "{app}: Sent to the reporter of alert {code}.",
        "{app}: Sendt til den som meldte alarm {code}.",
        "{app}: Skickat till den som anmälde larm {code}.",
        "{app}: An den Melder von Alarm {code} gesendet.",
        "{app}: Envoyé au déclarant de l'alerte {code}.",
        "{app}: Enviado a quien dio la alerta {code}."
    }
    /// Nobody waits for a reply.
    NoReporter {
        "{app}: Nobody waits for a reply on alert {code}.",
        "{app}: Ingen venter på svar om alarm {code}.",
        "{app}: Ingen väntar på svar om larm {code}.",
        "{app}: Zu Alarm {code} wartet niemand auf Antwort.",
        "{app}: Personne n'attend de réponse pour l'alerte {code}.",
        "{app}: Nadie espera respuesta sobre la alerta {code}."
    }
    /// A code that this phone has never been told.
    UnknownCode {
        "{app}: There is no alert {code} for you.",
        "{app}: Du har ingen alarm {code}.",
        "{app}: Du har inget larm {code}.",
        "{app}: Sie haben keinen Alarm {code}.",
        "{app}: Vous n'avez pas d'alerte {code}.",
        "{app}: No tiene ninguna alerta {code}."
    }
    /// A reply without a code, to a phone that has been told nothing.
    NothingOpen {
        "{app}: There is no alert for you.",
        "{app}: Du har ingen alarmer.",
        "{app}: Du har inga larm.",
        "{app}: Sie haben keinen Alarm.",
        "{app}: Vous n'avez pas d'alerte.",
        "{app}: No tiene ninguna alerta."
    }
    /// A text that is not understood.
    Help {
        "{app}: Not understood. Reply with the alert's number and a to ack, e to escalate, c to close: {code}a.",
        "{app}: Ikke forstått. Svar med alarmens nummer og a for å ta den, e for å eskalere, c for å lukke: {code}a.",
        "{app}: Förstår inte. Svara med larmets nummer och a för att ta det, e för att eskalera, c för att stänga: {code}a.",
        "{app}: Nicht verstanden. Antworten Sie mit der Nummer und a (annehmen), e (eskalieren) oder c (schließen): {code}a.",
        "{app}: Non compris. Répondez avec le numéro et a pour prendre, e pour escalader, c pour clore: {code}a.",
        "{app}: No entendido. Responda con el numero y a para aceptar, e para escalar, c para cerrar: {code}a."
    }
    /// To whoever texts a line from outside the team: it is with them.
    ReportTaken {
        "{app}: Thank you. Your message is with the team, who will reply here.",
        "{app}: Takk. Meldingen er hos teamet, som svarer deg her.",
        "{app}: Tack. Ditt meddelande är hos teamet, som svarar här.",
        "{app}: Danke. Ihre Nachricht ist beim Team, das Ihnen hier antwortet.",
        "{app}: Merci. Votre message est transmis à l'équipe, qui vous répondra ici.",
        "{app}: Gracias. El equipo ya tiene su mensaje y le va a responder por este medio."
    }
    /// A further text of theirs.
    ReportAdded {
        "{app}: Added to your message.",
        "{app}: Lagt til meldingen din.",
        "{app}: Tillagt till ditt meddelande.",
        "{app}: Zu Ihrer Nachricht hinzugefügt.",
        "{app}: Ajouté à votre message.",
        "{app}: Añadido a su mensaje."
    }
    /// What it is about is asked before it goes to somebody.
    ChooseService {
        "{app}: What is it about? Reply {choices}.",
        "{app}: Hva gjelder det? Svar {choices}.",
        "{app}: Vad gäller det? Svara {choices}.",
        "{app}: Worum geht es? Antworten Sie {choices}.",
        "{app}: De quoi s'agit-il? Répondez {choices}.",
        "{app}: De qué se trata? Responda {choices}."
    }
    /// It is asked again.
    ChooseAgain {
        "{app}: Sorry, that is none of the choices. Reply {choices}.",
        "{app}: Beklager, det er ikke et av valgene. Svar {choices}.",
        "{app}: Tyvärr, det är inget av valen. Svara {choices}.",
        "{app}: Das steht leider nicht zur Wahl. Antworten Sie {choices}.",
        "{app}: Désolé, ce n'est pas un des choix. Répondez {choices}.",
        "{app}: Lo sentimos, no es una de las opciones. Responda {choices}."
    }
    /// One of the choices.
    Choice {
        "{key} for {label}",
        "{key} for {label}",
        "{key} för {label}",
        "{key} für {label}",
        "{key} pour {label}",
        "{key} para {label}"
    }
    /// The line is closed, and takes messages.
    ReportTakenClosed {
        "{app}: We are closed at the moment. Your message has been passed on to the team.",
        "{app}: Vi har stengt nå. Meldingen er sendt videre til teamet.",
        "{app}: Vi har stängt just nu. Ditt meddelande har skickats vidare till teamet.",
        "{app}: Wir haben gerade geschlossen. Ihre Nachricht wurde an das Team weitergegeben.",
        "{app}: Nous sommes fermés en ce moment. Votre message a été transmis à l'équipe.",
        "{app}: Ahora estamos cerrados. Su mensaje ha pasado al equipo."
    }
    /// The line is closed, and takes none.
    LineClosed {
        "{app}: We are closed at the moment. Please write again later.",
        "{app}: Vi har stengt nå. Vennligst skriv igjen senere.",
        "{app}: Vi har stängt just nu. Skriv gärna igen senare.",
        "{app}: Wir haben gerade geschlossen. Bitte schreiben Sie später noch einmal.",
        "{app}: Nous sommes fermés en ce moment. Veuillez réécrire plus tard.",
        "{app}: Ahora estamos cerrados. Escriba otra vez luego."
    }
    /// The service is in maintenance.
    ReportTakenMaintenance {
        "{app}: There is planned maintenance. Your message has been added to it.",
        "{app}: Det er planlagt vedlikehold. Meldingen er lagt til det.",
        "{app}: Planerat underhåll pågår. Ditt meddelande har lagts till det.",
        "{app}: Es gibt eine geplante Wartung. Ihre Nachricht wurde dort vermerkt.",
        "{app}: Une maintenance est en cours. Votre message y a été ajouté.",
        "{app}: Hay un mantenimiento previsto. Su mensaje queda anotado."
    }
    /// The service is being tried out.
    ReportTakenTrial {
        "{app}: This is being tested. Your message is kept, nobody is alerted.",
        "{app}: Dette er under testing. Meldingen er lagret, ingen varsles.",
        "{app}: Detta testas just nu. Ditt meddelande sparas, ingen larmas.",
        "{app}: Dies wird getestet. Ihre Nachricht bleibt erhalten, niemand wird alarmiert.",
        "{app}: Ceci est en test. Votre message est gardé, personne n'est alerté.",
        "{app}: Servicio en pruebas. Su mensaje se guarda, no se avisa a nadie."
    }
    /// The line is switched off, or leads nowhere.
    LineDisabled {
        "{app}: We do not take messages at the moment.",
        "{app}: Vi tar ikke imot meldinger nå.",
        "{app}: Vi tar inte emot meddelanden just nu.",
        "{app}: Wir nehmen zurzeit keine Nachrichten an.",
        "{app}: Nous ne prenons pas de messages en ce moment.",
        "{app}: Ahora no recibimos mensajes."
    }
    /// No line has this number.
    UnknownNumber {
        "{app}: This number is not in service.",
        "{app}: Dette nummeret er ikke i bruk.",
        "{app}: Detta nummer används inte.",
        "{app}: Diese Nummer ist nicht in Betrieb.",
        "{app}: Ce numéro n'est pas en service.",
        "{app}: Este numero no presta servicio."
    }
    /// Something of ours is broken.
    TryAgain {
        "{app}: That did not work. Please try again in a minute.",
        "{app}: Det virket ikke. Prøv igjen om et minutt.",
        "{app}: Det gick inte. Försök igen om en minut.",
        "{app}: Das ging nicht. Bitte versuchen Sie es in einer Minute noch einmal.",
        "{app}: Cela n'a pas marché. Veuillez réessayer dans une minute.",
        "{app}: No ha funcionado. Vuelva a intentarlo en un minuto."
    }
}

impl Text {
    /// The message, with its values in place.
    pub fn say(self, language: Language, values: &[(&str, &str)]) -> String {
        fill(self.words(language), values)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use twilio::segments::{Encoding, Segments};

    use super::*;

    fn names(words: &str) -> BTreeSet<&str> {
        words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
    }

    #[test]
    fn every_language_texts_the_same_values() {
        for text in Text::ALL {
            for language in Language::ALL.iter().copied() {
                let (own, english) = (text.words(language), text.words(Language::English));
                assert_eq!(names(own), names(english), "{text:?} in {language:?}");
            }
        }
    }

    #[test]
    fn our_words_are_in_the_plain_alphabet_and_the_app_comes_first() {
        let values = ["NoSummary", "ItsSource", "AnAdmin", "Call", "MissedCall", "Voicemail", "Choice"];
        for text in Text::ALL {
            for language in Language::ALL.iter().copied() {
                let words = text.words(language).replace(['{', '}'], "");
                let segments = Segments::of(&words);
                assert_eq!(
                    (segments.encoding, segments.count),
                    (Encoding::Gsm7, 1),
                    "{text:?} in {language:?}: {words}"
                );
                let is_value = values.contains(&format!("{text:?}").as_str());
                assert_eq!(text.words(language).starts_with("{app}: "), !is_value, "{text:?} in {language:?}");
            }
        }
    }
}
