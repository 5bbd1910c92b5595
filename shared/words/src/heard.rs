//! Every sentence that a responder hears who is paged by a call, or who calls the desk, in every language.
//!
//! No line replaces these: a page belongs to no line. `{…}` stands for a value.

use oncall::incident::Answer;
use twilio::twiml::Voice;

use crate::{Language, words::fill};

macro_rules! heard {
    ($($(#[$doc:meta])* $heard:ident { $en:literal, $nb:literal, $sv:literal, $de:literal, $fr:literal, $es:literal })+) => {
        /// A sentence for a responder.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Heard {
            $($(#[$doc])* $heard,)+
        }

        impl Heard {
            /// Every sentence.
            pub const ALL: &[Self] = &[$(Self::$heard),+];

            /// Our words.
            pub fn words(self, language: Language) -> &'static str {
                match (self, language) {$(
                    (Self::$heard, Language::English) => $en,
                    (Self::$heard, Language::Norwegian) => $nb,
                    (Self::$heard, Language::Swedish) => $sv,
                    (Self::$heard, Language::German) => $de,
                    (Self::$heard, Language::French) => $fr,
                    (Self::$heard, Language::Spanish) => $es,
                )+}
            }
        }
    };
}

heard! {
    /// The first thing on a page: who calls, and what is the matter with which service.
    Alert {
        "{app}. Alert about {service}: {summary}.",
        "{app}. Alarm om {service}: {summary}.",
        "{app}. Larm om {service}: {summary}.",
        "{app}. Alarm zu {service}: {summary}.",
        "{app}. Alerte concernant {service} : {summary}.",
        "{app}. Alerta sobre {service}: {summary}."
    }
    /// The same, if it is about no service.
    AlertAlone {
        "{app}. Alert: {summary}.",
        "{app}. Alarm: {summary}.",
        "{app}. Larm: {summary}.",
        "{app}. Alarm: {summary}.",
        "{app}. Alerte : {summary}.",
        "{app}. Alerta: {summary}."
    }
    /// The same, while the table does not answer.
    AlertUnread {
        "{app}. There is an alert for you. Its details cannot be read at the moment.",
        "{app}. Det er en alarm til deg. Detaljene kan ikke leses akkurat nå.",
        "{app}. Det finns ett larm till dig. Detaljerna kan inte läsas just nu.",
        "{app}. Es gibt einen Alarm für Sie. Die Einzelheiten sind im Moment nicht lesbar.",
        "{app}. Il y a une alerte pour vous. Les détails sont illisibles pour le moment.",
        "{app}. Hay una alerta para usted. Los detalles no se pueden leer en este momento."
    }
    /// The keys of a page.
    Keys {
        "Press 4 to acknowledge, 5 to escalate, 6 to close, star to hear this again.",
        "Tast 4 for å ta den, 5 for å eskalere, 6 for å lukke, stjerne for å høre dette igjen.",
        "Tryck 4 för att ta det, 5 för att eskalera, 6 för att stänga, stjärna för att höra detta igen.",
        "Drücken Sie die 4 zum Annehmen, die 5 zum Eskalieren, die 6 zum Schließen, die Sterntaste zum Wiederholen.",
        "Tapez 4 pour la prendre, 5 pour escalader, 6 pour clore, étoile pour réécouter.",
        "Pulse 4 para aceptarla, 5 para escalar, 6 para cerrar, asterisco para repetir."
    }
    /// A key that does nothing.
    WrongKey {
        "Sorry, that key does nothing here.",
        "Beklager, den tasten gjør ingenting her.",
        "Den knappen gör tyvärr ingenting här.",
        "Diese Taste bewirkt hier leider nichts.",
        "Désolé, cette touche ne fait rien ici.",
        "Lo siento, esa tecla no hace nada aquí."
    }
    /// They have it.
    Acknowledged {
        "It is yours. Thank you.",
        "Den er din. Takk.",
        "Det är ditt. Tack.",
        "Er gehört Ihnen. Danke.",
        "Elle est à vous. Merci.",
        "Es suya. Gracias."
    }
    /// The next ones are paged.
    Escalated {
        "It goes to the next on call.",
        "Den går videre til neste på vakt.",
        "Det går vidare till nästa i jour.",
        "Er geht an die nächste Bereitschaft.",
        "Elle passe à la prochaine personne d'astreinte.",
        "Pasa a la siguiente persona de guardia."
    }
    /// It is over.
    Closed {
        "It is closed. Thank you.",
        "Den er lukket. Takk.",
        "Det är stängt. Tack.",
        "Er ist geschlossen. Danke.",
        "Elle est close. Merci.",
        "Está cerrada. Gracias."
    }
    /// Somebody else was first.
    HasIt {
        "{person} has had it since {time}.",
        "{person} har hatt den siden {time}.",
        "{person} har haft det sedan {time}.",
        "{person} hat ihn seit {time}.",
        "{person} l'a prise à {time}.",
        "{person} la tiene desde las {time}."
    }
    /// It was over already.
    ClosedBy {
        "It has been closed since {time}, by {person}.",
        "Den har vært lukket siden {time}, av {person}.",
        "Det har varit stängt sedan {time}, av {person}.",
        "Er ist seit {time} geschlossen, durch {person}.",
        "Elle est close depuis {time}, par {person}.",
        "Está cerrada desde las {time}, por {person}."
    }
    /// Nobody needs this page any more.
    NotNeeded {
        "This alert does not need you any more.",
        "Denne alarmen trenger deg ikke lenger.",
        "Det här larmet behöver dig inte längre.",
        "Dieser Alarm braucht Sie nicht mehr.",
        "Cette alerte n'a plus besoin de vous.",
        "Esta alerta ya no le necesita."
    }
    /// Somebody else has escalated within a minute.
    JustEscalated {
        "Somebody has just escalated it.",
        "Noen har nettopp eskalert den.",
        "Någon har just eskalerat det.",
        "Er wurde gerade eskaliert.",
        "Elle vient d'être escaladée.",
        "Acaba de ser escalada."
    }
    /// The policy has nobody left.
    NobodyLeft {
        "There is nobody left to escalate to.",
        "Det er ingen igjen å eskalere til.",
        "Det finns ingen kvar att eskalera till.",
        "Es ist niemand mehr übrig, an den eskaliert werden kann.",
        "Il n'y a plus personne vers qui escalader.",
        "No queda nadie a quien escalar."
    }
    /// A key could not be saved, and may be later.
    TryAgain {
        "That could not be saved yet. Please press the key again in a moment.",
        "Det kunne ikke lagres ennå. Tast en gang til om et øyeblikk.",
        "Det kunde inte sparas ännu. Tryck en gång till om ett ögonblick.",
        "Das konnte noch nicht gespeichert werden. Bitte drücken Sie gleich noch einmal.",
        "Cela n'a pas encore pu être enregistré. Retapez la touche dans un instant.",
        "Todavía no se ha podido guardar. Vuelva a pulsar la tecla en un momento."
    }
    /// It could not be saved at all.
    NotSaved {
        "Sorry, it cannot be saved at the moment. The alert goes on.",
        "Beklager, det kan ikke lagres akkurat nå. Alarmen går videre.",
        "Tyvärr kan det inte sparas just nu. Larmet går vidare.",
        "Das kann im Moment leider nicht gespeichert werden. Der Alarm läuft weiter.",
        "Désolé, l'enregistrement est impossible pour le moment. L'alerte continue.",
        "Lo siento, no se puede guardar en este momento. La alerta continúa."
    }
    /// The end.
    Goodbye {
        "Goodbye.",
        "Ha det.",
        "Hej då.",
        "Auf Wiederhören.",
        "Au revoir.",
        "Adiós."
    }
    /// On a call that a responder has asked for: the key that connects them.
    CallBackOffered {
        "{app}. Press 1 to be connected with the reporter of alert {number}.",
        "{app}. Tast 1 for å bli satt over til den som meldte alarm {number}.",
        "{app}. Tryck 1 för att kopplas till den som anmälde larm {number}.",
        "{app}. Drücken Sie die 1, um mit dem Melder von Alarm {number} verbunden zu werden.",
        "{app}. Tapez 1 pour être relié au déclarant de l'alerte {number}.",
        "{app}. Pulse 1 para hablar con quien dio la alerta {number}."
    }
    /// At the desk: it is nobody's phone, or not one person's.
    DeskUnknown {
        "Sorry, this phone is not known as one person's here.",
        "Beklager, denne telefonen er ikke kjent som én persons her.",
        "Den här telefonen är tyvärr inte känd som en persons här.",
        "Dieses Telefon ist hier leider nicht als das einer Person bekannt.",
        "Désolé, ce téléphone n'est pas connu ici comme celui d'une seule personne.",
        "Lo siento, este teléfono no consta aquí como el de una sola persona."
    }
    /// At the desk: how many there are.
    DeskOpen {
        "Open alerts: {count}.",
        "Åpne alarmer: {count}.",
        "Öppna larm: {count}.",
        "Offene Alarme: {count}.",
        "Alertes en cours : {count}.",
        "Alertas abiertas: {count}."
    }
    /// At the desk: there are more than are told.
    DeskMany {
        "There are more than {count} open alerts. These are the latest.",
        "Det er flere enn {count} åpne alarmer. Dette er de siste.",
        "Det finns fler än {count} öppna larm. Det här är de senaste.",
        "Es gibt mehr als {count} offene Alarme. Dies sind die letzten.",
        "Il y a plus de {count} alertes en cours. Voici les dernières.",
        "Hay más de {count} alertas abiertas. Estas son las últimas."
    }
    /// At the desk: there is none.
    DeskNone {
        "There are no open alerts.",
        "Det er ingen åpne alarmer.",
        "Det finns inga öppna larm.",
        "Es gibt keine offenen Alarme.",
        "Il n'y a aucune alerte en cours.",
        "No hay alertas abiertas."
    }
    /// At the desk: one of them.
    DeskAlert {
        "Alert {number}, {service}: {summary}.",
        "Alarm {number}, {service}: {summary}.",
        "Larm {number}, {service}: {summary}.",
        "Alarm {number}, {service}: {summary}.",
        "Alerte {number}, {service} : {summary}.",
        "Alerta {number}, {service}: {summary}."
    }
    /// At the desk: nobody has it.
    NobodyHasIt {
        "Nobody has it.",
        "Ingen har den.",
        "Ingen har det.",
        "Niemand hat ihn.",
        "Personne ne l'a prise.",
        "Nadie la tiene."
    }
    /// At the desk: nobody is paged for a while.
    Silenced {
        "It is silenced until {time}.",
        "Den er dempet til {time}.",
        "Det är tystat till {time}.",
        "Er ist stumm bis {time}.",
        "Elle est muette jusqu'à {time}.",
        "Está silenciada hasta las {time}."
    }
    /// At the desk: there was no other one.
    DeskLast {
        "That was the last one.",
        "Det var den siste.",
        "Det var det sista.",
        "Das war der letzte.",
        "C'était la dernière.",
        "Esa era la última."
    }
    /// At the desk: the keys.
    DeskKeys {
        "Press 4 to acknowledge, 5 to escalate, 6 to close, 8 to call whoever reported it, hash for the next one, star to hear this again, 9 to hear who is on call.",
        "Tast 4 for å ta den, 5 for å eskalere, 6 for å lukke, 8 for å ringe den som meldte den, firkant for neste, stjerne for å høre dette igjen, 9 for å høre hvem som har vakt.",
        "Tryck 4 för att ta det, 5 för att eskalera, 6 för att stänga, 8 för att ringa den som anmälde det, fyrkant för nästa, stjärna för att höra detta igen, 9 för att höra vem som har jour.",
        "Drücken Sie die 4 zum Annehmen, die 5 zum Eskalieren, die 6 zum Schließen, die 8 für einen Anruf bei dem, der ihn gemeldet hat, die Rautetaste für den nächsten, die Sterntaste zum Wiederholen, die 9 für die Bereitschaft.",
        "Tapez 4 pour la prendre, 5 pour escalader, 6 pour clore, 8 pour appeler qui l'a signalée, dièse pour la suivante, étoile pour réécouter, 9 pour savoir qui est d'astreinte.",
        "Pulse 4 para aceptarla, 5 para escalar, 6 para cerrar, 8 para llamar a quien la comunicó, almohadilla para la siguiente, asterisco para repetir, 9 para saber quién está de guardia."
    }
    /// At the desk: the keys if there is no alert.
    DeskKeysAlone {
        "Press 9 to hear who is on call, star to look for alerts again.",
        "Tast 9 for å høre hvem som har vakt, stjerne for å se etter alarmer igjen.",
        "Tryck 9 för att höra vem som har jour, stjärna för att leta efter larm igen.",
        "Drücken Sie die 9 für die Bereitschaft, die Sterntaste für einen neuen Blick auf die Alarme.",
        "Tapez 9 pour savoir qui est d'astreinte, étoile pour revoir les alertes.",
        "Pulse 9 para saber quién está de guardia, asterisco para volver a buscar alertas."
    }
    /// At the desk: whoever reported it is dialled.
    CallingBack {
        "You are being connected with whoever reported it.",
        "Du settes over til den som meldte den.",
        "Du kopplas till den som anmälde det.",
        "Sie werden mit der Person verbunden, die ihn gemeldet hat.",
        "Vous allez être mis en relation avec la personne qui l'a signalée.",
        "Le ponemos en contacto con quien la comunicó."
    }
    /// At the desk: nobody can be called back.
    NoReporter {
        "There is nobody who can be called back about it.",
        "Det er ingen som kan ringes tilbake om den.",
        "Det finns ingen att ringa tillbaka om det.",
        "Es gibt niemanden, der dazu zurückgerufen werden kann.",
        "Il n'y a personne à rappeler à ce sujet.",
        "No hay nadie a quien devolver la llamada."
    }
    /// At the desk: who is on call for a service.
    OnCall {
        "On call for {service}: {person}.",
        "På vakt for {service}: {person}.",
        "I jour för {service}: {person}.",
        "In Bereitschaft für {service}: {person}.",
        "D'astreinte pour {service} : {person}.",
        "De guardia para {service}: {person}."
    }
    /// At the desk: nobody is.
    NobodyOnCall {
        "Nobody is on call for {service}.",
        "Ingen er på vakt for {service}.",
        "Ingen har jour för {service}.",
        "Niemand ist in Bereitschaft für {service}.",
        "Personne n'est d'astreinte pour {service}.",
        "No hay nadie de guardia para {service}."
    }
    /// At the desk: something behind us is slow.
    OneMoment {
        "One moment, please.",
        "Et øyeblikk.",
        "Ett ögonblick.",
        "Einen Moment bitte.",
        "Un instant, s'il vous plaît.",
        "Un momento, por favor."
    }
    /// At the desk: the table does not answer.
    DeskAway {
        "Sorry, the alerts cannot be read at the moment. Please call again in a few minutes.",
        "Beklager, alarmene kan ikke leses akkurat nå. Ring igjen om noen minutter.",
        "Tyvärr kan larmen inte läsas just nu. Ring igen om några minuter.",
        "Die Alarme sind im Moment leider nicht lesbar. Bitte rufen Sie in einigen Minuten wieder an.",
        "Désolé, les alertes sont illisibles pour le moment. Rappelez dans quelques minutes.",
        "Lo siento, las alertas no se pueden leer en este momento. Llame de nuevo en unos minutos."
    }
}

impl Heard {
    /// The sentence, with its values in place.
    pub fn say(self, language: Language, values: &[(&str, &str)]) -> String {
        fill(self.words(language), values)
    }

    /// Who speaks to somebody who prefers a language, by its BCP 47 tag.
    pub fn voice(tag: &str) -> Voice {
        Voice::language(tag.to_owned())
    }

    /// What whoever wanted something is told, unless it is done; `{person}` and `{time}` are the answer's.
    pub fn answer(answer: &Answer) -> Option<Self> {
        match answer {
            Answer::Done => None,
            Answer::AcknowledgedBy { .. } => Some(Self::HasIt),
            Answer::ResolvedBy { .. } => Some(Self::ClosedBy),
            Answer::JustEscalated => Some(Self::JustEscalated),
            Answer::NobodyLeft | Answer::NobodyNamed | Answer::NoReporter | Answer::Senseless => Some(Self::NobodyLeft),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_speaks_of_the_same_values() {
        let names = |words: &'static str| -> BTreeSet<&str> {
            words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
        };
        for heard in Heard::ALL {
            for language in Language::ALL.iter().copied() {
                assert_eq!(
                    names(heard.words(language)),
                    names(heard.words(Language::English)),
                    "{heard:?} {language:?}"
                );
            }
        }
    }

    #[test]
    fn every_language_names_the_same_keys() {
        let digits = |words: &'static str| words.chars().filter(char::is_ascii_digit).collect::<String>();
        for heard in Heard::ALL {
            for language in Language::ALL.iter().copied() {
                assert_eq!(
                    digits(heard.words(language)),
                    digits(heard.words(Language::English)),
                    "{heard:?} {language:?}"
                );
            }
        }
    }
}
