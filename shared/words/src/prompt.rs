//! Every sentence, in every language.
//!
//! A line may replace any of them by the name of its prompt (docs/prompts.md). `{…}` stands for a value.

use crate::Language;

macro_rules! prompts {
    ($($(#[$doc:meta])* $prompt:ident $name:literal { $en:literal, $nb:literal, $sv:literal, $de:literal, $fr:literal, $es:literal })+) => {
        /// A sentence.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum Prompt {
            $($(#[$doc])* $prompt,)+
        }

        impl Prompt {
            /// Every sentence, in the order of docs/prompts.md.
            pub const ALL: &[Self] = &[$(Self::$prompt),+];

            /// The name under which a line may replace it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$prompt => $name,)+ }
            }

            /// Our own words.
            pub fn words(self, language: Language) -> &'static str {
                match (self, language) {$(
                    (Self::$prompt, Language::English) => $en,
                    (Self::$prompt, Language::Norwegian) => $nb,
                    (Self::$prompt, Language::Swedish) => $sv,
                    (Self::$prompt, Language::German) => $de,
                    (Self::$prompt, Language::French) => $fr,
                    (Self::$prompt, Language::Spanish) => $es,
                )+}
            }
        }
    };
}

prompts! {
    /// The first thing that a caller hears.
    Greeting "greeting" {
        "Welcome to {line}.",
        "Velkommen til {line}.",
        "Välkommen till {line}.",
        "Willkommen bei {line}.",
        "Bienvenue chez {line}.",
        "Bienvenido a {line}."
    }
    /// One destination in the menu.
    MenuItem "menu_item" {
        "For {label}, press {key}.",
        "For {label}, tast {key}.",
        "För {label}, tryck {key}.",
        "Für {label} drücken Sie die {key}.",
        "Pour {label}, tapez {key}.",
        "Para {label}, pulse {key}."
    }
    /// The end of the menu.
    MenuRepeat "menu_repeat" {
        "To hear this again, press star.",
        "For å høre dette igjen, tast stjerne.",
        "Tryck stjärna för att höra detta igen.",
        "Zum Wiederholen drücken Sie die Sterntaste.",
        "Pour réécouter, tapez étoile.",
        "Para repetir, pulse asterisco."
    }
    /// A key that leads nowhere.
    MenuWrong "menu_wrong" {
        "Sorry, that is not one of the choices.",
        "Beklager, det er ikke et av valgene.",
        "Det är tyvärr inget av valen.",
        "Diese Auswahl gibt es leider nicht.",
        "Désolé, ce choix n'existe pas.",
        "Lo siento, esa opción no existe."
    }
    /// No key.
    MenuSilence "menu_silence" {
        "Sorry, I did not hear a key.",
        "Beklager, jeg hørte ikke noe tastetrykk.",
        "Jag hörde tyvärr ingen tonval.",
        "Ich habe leider keinen Tastendruck gehört.",
        "Désolé, je n'ai entendu aucune touche.",
        "Lo siento, no he oído ninguna tecla."
    }
    /// Before the first phone rings, on a line that records.
    RecordingNotice "recording_notice" {
        "Once somebody takes your call, it may be recorded. By staying on the line you agree to this.",
        "Når noen tar samtalen, kan den bli tatt opp. Ved å bli på linjen samtykker du til dette.",
        "När någon tar samtalet kan det spelas in. Genom att stanna kvar på linjen godkänner du det.",
        "Sobald jemand Ihren Anruf annimmt, kann das Gespräch aufgezeichnet werden. Wenn Sie in der Leitung bleiben, stimmen Sie dem zu.",
        "Dès que quelqu'un prendra votre appel, la conversation pourra être enregistrée. En restant en ligne, vous l'acceptez.",
        "En cuanto alguien atienda su llamada, la conversación podrá ser grabada. Al permanecer en línea, usted lo acepta."
    }
    /// Before the first phone rings.
    Connecting "connecting" {
        "Connecting you to {service}. Please hold.",
        "Setter deg over til {service}. Vennligst vent.",
        "Kopplar dig till {service}. Var god vänta.",
        "Sie werden mit {service} verbunden. Bitte warten Sie.",
        "Nous vous mettons en relation avec {service}. Veuillez patienter.",
        "Le ponemos en contacto con {service}. Espere, por favor."
    }
    /// Between two attempts.
    StillTrying "still_trying" {
        "We are still trying to reach someone. Please hold.",
        "Vi prøver fortsatt å nå noen. Vennligst vent.",
        "Vi försöker fortfarande nå någon. Var god vänta.",
        "Wir versuchen weiter, jemanden zu erreichen. Bitte warten Sie.",
        "Nous essayons toujours de joindre quelqu'un. Veuillez patienter.",
        "Seguimos intentando localizar a alguien. Espere, por favor."
    }
    /// Between two attempts, on a line with voicemail.
    MessageInstead "message_instead" {
        "To leave a message instead, press 1.",
        "For å legge igjen en beskjed i stedet, tast 1.",
        "Tryck 1 för att lämna ett meddelande i stället.",
        "Um stattdessen eine Nachricht zu hinterlassen, drücken Sie die 1.",
        "Pour laisser plutôt un message, tapez 1.",
        "Para dejar un mensaje, pulse 1."
    }
    /// Nobody is left to ring.
    Nobody "nobody" {
        "Sorry, nobody could be reached.",
        "Beklager, vi fikk ikke tak i noen.",
        "Tyvärr kunde ingen nås.",
        "Leider konnte niemand erreicht werden.",
        "Désolé, personne n'a pu être joint.",
        "Lo siento, no se ha podido localizar a nadie."
    }
    /// Before the tone.
    LeaveMessage "leave_message" {
        "Please leave a message after the tone, and press hash when you are done.",
        "Legg igjen en beskjed etter tonen, og tast firkant når du er ferdig.",
        "Lämna ett meddelande efter tonen och tryck fyrkant när du är klar.",
        "Bitte hinterlassen Sie nach dem Ton eine Nachricht und drücken Sie dann die Rautetaste.",
        "Veuillez laisser un message après le bip, puis tapez dièse.",
        "Deje un mensaje después de la señal y pulse almohadilla al terminar."
    }
    /// A message has been left.
    MessageTaken "message_taken" {
        "Thank you. Your message has been passed on to the team. Goodbye.",
        "Takk. Beskjeden din er sendt videre til teamet. Ha det.",
        "Tack. Ditt meddelande har skickats vidare till teamet. Hej då.",
        "Vielen Dank. Ihre Nachricht wurde an das Team weitergegeben. Auf Wiederhören.",
        "Merci. Votre message a été transmis à l'équipe. Au revoir.",
        "Gracias. Su mensaje se ha transmitido al equipo. Adiós."
    }
    /// The recording was silent, and its caller is asked once more.
    MessageEmpty "message_empty" {
        "We did not hear a message.",
        "Vi hørte ingen beskjed.",
        "Vi hörde inget meddelande.",
        "Wir haben keine Nachricht gehört.",
        "Nous n'avons entendu aucun message.",
        "No hemos oído ningún mensaje."
    }
    /// Nobody could be reached, and the line has no voicemail.
    TeamTold "team_told" {
        "The team will be told that you called. Goodbye.",
        "Teamet får beskjed om at du ringte. Ha det.",
        "Teamet får veta att du ringde. Hej då.",
        "Das Team wird über Ihren Anruf informiert. Auf Wiederhören.",
        "L'équipe sera informée de votre appel. Au revoir.",
        "Se informará al equipo de su llamada. Adiós."
    }
    /// The responder has hung up after the talk.
    CallOver "call_over" {
        "The call has ended. Goodbye.",
        "Samtalen er avsluttet. Ha det.",
        "Samtalet är avslutat. Hej då.",
        "Das Gespräch ist beendet. Auf Wiederhören.",
        "L'appel est terminé. Au revoir.",
        "La llamada ha terminado. Adiós."
    }
    /// The line is switched off.
    Disabled "disabled" {
        "{line} is not taking calls at the moment. Goodbye.",
        "{line} tar ikke imot anrop for øyeblikket. Ha det.",
        "{line} tar inte emot samtal just nu. Hej då.",
        "{line} nimmt derzeit keine Anrufe entgegen. Auf Wiederhören.",
        "{line} ne prend pas d'appels en ce moment. Au revoir.",
        "{line} no atiende llamadas en este momento. Adiós."
    }
    /// No line has this number.
    UnknownNumber "unknown_number" {
        "This number is not in service. Goodbye.",
        "Dette nummeret er ikke i bruk. Ha det.",
        "Detta nummer används inte. Hej då.",
        "Diese Nummer ist nicht vergeben. Auf Wiederhören.",
        "Ce numéro n'est pas en service. Au revoir.",
        "Este número no está en servicio. Adiós."
    }
    /// The caller hides their number, and the line refuses that.
    Withheld "withheld" {
        "This line does not take calls from hidden numbers. Please call again with your number shown. Goodbye.",
        "Denne linjen tar ikke imot anrop fra skjulte numre. Ring igjen med synlig nummer. Ha det.",
        "Den här linjen tar inte emot samtal från dolda nummer. Ring igen med synligt nummer. Hej då.",
        "Anrufe mit unterdrückter Nummer werden nicht angenommen. Bitte rufen Sie mit sichtbarer Nummer an. Auf Wiederhören.",
        "Cette ligne n'accepte pas les numéros masqués. Rappelez en affichant votre numéro. Au revoir.",
        "Esta línea no acepta números ocultos. Vuelva a llamar mostrando su número. Adiós."
    }
    /// Outside the support hours.
    Closed "closed" {
        "{line} is closed at the moment.",
        "{line} er stengt for øyeblikket.",
        "{line} är stängt just nu.",
        "{line} ist derzeit geschlossen.",
        "{line} est fermé en ce moment.",
        "{line} está cerrado en este momento."
    }
    /// Goodbye outside the support hours, on a line without voicemail.
    CallLater "call_later" {
        "Please call again later. Goodbye.",
        "Vennligst ring igjen senere. Ha det.",
        "Var god ring igen senare. Hej då.",
        "Bitte rufen Sie später wieder an. Auf Wiederhören.",
        "Veuillez rappeler plus tard. Au revoir.",
        "Vuelva a llamar más tarde. Adiós."
    }
    /// The service is in maintenance.
    Maintenance "maintenance" {
        "There is planned maintenance on {service} at the moment.",
        "Det er planlagt vedlikehold på {service} for øyeblikket.",
        "Planerat underhåll pågår på {service} just nu.",
        "An {service} wird derzeit planmäßig gearbeitet.",
        "Une maintenance programmée de {service} est en cours.",
        "Hay un mantenimiento programado de {service} en este momento."
    }
    /// The service is being tried out.
    Debug "debug" {
        "{service} is being tested at the moment, nobody will be called.",
        "{service} testes for øyeblikket, ingen blir ringt.",
        "{service} testas just nu, ingen kommer att ringas upp.",
        "{service} wird derzeit getestet, niemand wird angerufen.",
        "{service} est en cours de test, personne ne sera appelé.",
        "{service} está en pruebas, no se llamará a nadie."
    }
    /// Between two attempts while our functions are gone: whether the last one was answered is not known.
    IfSpoken "if_spoken" {
        "If you have spoken with someone, please hang up now.",
        "Hvis du har snakket med noen, kan du legge på nå.",
        "Om du har talat med någon kan du lägga på nu.",
        "Wenn Sie mit jemandem gesprochen haben, legen Sie jetzt bitte auf.",
        "Si vous avez parlé avec quelqu'un, vous pouvez raccrocher.",
        "Si ya ha hablado con alguien, puede colgar ahora."
    }
    /// A message has been left while our functions are gone.
    MessageKept "message_kept" {
        "Thank you. Your message has been recorded. Goodbye.",
        "Takk. Beskjeden din er tatt opp. Ha det.",
        "Tack. Ditt meddelande har spelats in. Hej då.",
        "Vielen Dank. Ihre Nachricht wurde aufgezeichnet. Auf Wiederhören.",
        "Merci. Votre message a été enregistré. Au revoir.",
        "Gracias. Su mensaje se ha grabado. Adiós."
    }
    /// To a caller whose phone is a responder's, before anything else.
    ResponderOffer "responder_offer" {
        "If you call as a responder, press star.",
        "Ringer du som vakt, tast stjerne.",
        "Ringer du som jourhavande, tryck stjärna.",
        "Wenn Sie als Bereitschaft anrufen, drücken Sie die Sterntaste.",
        "Si vous appelez en tant qu'intervenant, tapez étoile.",
        "Si llama como persona de guardia, pulse asterisco."
    }
    /// Something behind us is slow.
    OneMoment "one_moment" {
        "One moment, please.",
        "Et øyeblikk.",
        "Ett ögonblick.",
        "Einen Moment, bitte.",
        "Un instant, s'il vous plaît.",
        "Un momento, por favor."
    }
    /// To the responder, before the keys: what the call is.
    Whisper "whisper" {
        "Call for {service} on {line}, from {caller}.",
        "Anrop til {service} på {line}, fra {caller}.",
        "Samtal till {service} på {line}, från {caller}.",
        "Anruf für {service} auf {line}, von {caller}.",
        "Appel pour {service} sur {line}, de {caller}.",
        "Llamada para {service} en {line}, de {caller}."
    }
    /// To the responder when we do not know what the call is.
    WhisperUnknown "whisper_unknown" {
        "Call from your hotline.",
        "Anrop fra vakttelefonen.",
        "Samtal från jourtelefonen.",
        "Anruf von Ihrer Hotline.",
        "Appel de votre hotline.",
        "Llamada de su línea de guardia."
    }
    /// To the responder, before the keys, on a line that records.
    RecordingWhisper "recording_whisper" {
        "The call may be recorded.",
        "Samtalen kan bli tatt opp.",
        "Samtalet kan spelas in.",
        "Das Gespräch kann aufgezeichnet werden.",
        "La conversation pourra être enregistrée.",
        "La conversación podrá ser grabada."
    }
    /// Who calls, if they show no number.
    HiddenNumber "hidden_number" {
        "an unknown number",
        "ukjent nummer",
        "okänt nummer",
        "unbekannter Nummer",
        "numéro inconnu",
        "número desconocido"
    }
    /// To the responder: the keys.
    WhisperKeys "whisper_keys" {
        "Press 1 to accept, 2 to decline, 3 to hear this again.",
        "Tast 1 for å ta samtalen, 2 for å avslå, 3 for å høre dette igjen.",
        "Tryck 1 för att ta samtalet, 2 för att avböja, 3 för att höra detta igen.",
        "Drücken Sie 1 zum Annehmen, 2 zum Ablehnen, 3 zum Wiederholen.",
        "Tapez 1 pour accepter, 2 pour refuser, 3 pour réécouter.",
        "Pulse 1 para aceptar, 2 para rechazar, 3 para repetir."
    }
    /// To the responder while our functions are gone: what the call is, and the keys.
    WhisperAnyKey "whisper_any_key" {
        "Call for {service} on {line}. Press any key to accept, or hang up.",
        "Anrop til {service} på {line}. Tast hva som helst for å ta samtalen, eller legg på.",
        "Samtal till {service} på {line}. Tryck på valfri knapp för att ta samtalet, eller lägg på.",
        "Anruf für {service} auf {line}. Drücken Sie eine beliebige Taste zum Annehmen, oder legen Sie auf.",
        "Appel pour {service} sur {line}. Tapez n'importe quelle touche pour accepter, ou raccrochez.",
        "Llamada para {service} en {line}. Pulse cualquier tecla para aceptar, o cuelgue."
    }
    /// To the responder who accepted.
    Accepted "accepted" {
        "You are connected.",
        "Du er koblet til.",
        "Du är ansluten.",
        "Sie sind verbunden.",
        "Vous êtes en ligne.",
        "Está conectado."
    }
    /// To the responder who declined.
    Declined "declined" {
        "Declined. Goodbye.",
        "Avslått. Ha det.",
        "Avböjt. Hej då.",
        "Abgelehnt. Auf Wiederhören.",
        "Refusé. Au revoir.",
        "Rechazada. Adiós."
    }
    /// To the responder who came second.
    Taken "taken" {
        "This call has already been taken. Goodbye.",
        "Samtalen er allerede tatt. Ha det.",
        "Samtalet är redan taget. Hej då.",
        "Dieser Anruf wurde bereits angenommen. Auf Wiederhören.",
        "Cet appel a déjà été pris. Au revoir.",
        "Esta llamada ya ha sido atendida. Adiós."
    }
    /// To the responder whose caller has left.
    Gone "gone" {
        "The caller is no longer waiting. Goodbye.",
        "Innringeren venter ikke lenger. Ha det.",
        "Den som ringde väntar inte längre. Hej då.",
        "Der Anrufer wartet nicht mehr. Auf Wiederhören.",
        "L'appelant n'attend plus. Au revoir.",
        "La persona que llamaba ya no espera. Adiós."
    }
    /// To the responder, or the mailbox, that pressed nothing.
    NotConfirmed "not_confirmed" {
        "No key was pressed. Goodbye.",
        "Ingen tast ble trykket. Ha det.",
        "Ingen knapp trycktes. Hej då.",
        "Es wurde keine Taste gedrückt. Auf Wiederhören.",
        "Aucune touche n'a été pressée. Au revoir.",
        "No se ha pulsado ninguna tecla. Adiós."
    }
    /// A text to a phone that is to be verified.
    VerificationText "verification_text" {
        "{code} is the code from {line} that verifies this phone. It is valid for 10 minutes.",
        "{code} er koden fra {line} som bekrefter denne telefonen. Den gjelder i 10 minutter.",
        "{code} är koden från {line} som bekräftar den här telefonen. Den gäller i 10 minuter.",
        "{code} ist der Code von {line}, der dieses Telefon bestätigt. Er gilt 10 Minuten.",
        "{code} est le code de {line} pour valider ce téléphone. Il est valable 10 minutes.",
        "{code} es el código de {line}. Vale 10 minutos."
    }
    /// On a call to a phone that is to be verified, before the digits of the code.
    VerificationCall "verification_call" {
        "Hello, this is {line}. The code that verifies this phone is:",
        "Hei, dette er {line}. Koden som bekrefter denne telefonen er:",
        "Hej, detta är {line}. Koden som bekräftar den här telefonen är:",
        "Hallo, hier ist {line}. Der Code, der dieses Telefon bestätigt, lautet:",
        "Bonjour, ici {line}. Le code pour valider ce téléphone est :",
        "Hola, le llama {line}. El código para verificar este teléfono es:"
    }
    /// Before the digits are spoken for the second time.
    VerificationAgain "verification_again" {
        "Once more, the code is:",
        "En gang til, koden er:",
        "En gång till, koden är:",
        "Noch einmal, der Code lautet:",
        "Une fois encore, le code est :",
        "Otra vez, el código es:"
    }
    /// After them.
    VerificationEnd "verification_end" {
        "That was the code. Goodbye.",
        "Det var koden. Ha det.",
        "Det var koden. Hej då.",
        "Das war der Code. Auf Wiederhören.",
        "C'était le code. Au revoir.",
        "Ese era el código. Adiós."
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> Vec<&str> {
        let mut names: Vec<&str> = words.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_language_speaks_of_the_same_values() {
        for prompt in Prompt::ALL {
            for language in Language::ALL.iter().copied() {
                assert_eq!(
                    names(prompt.words(language)),
                    names(prompt.words(Language::English)),
                    "{} in {language:?}",
                    prompt.name()
                );
            }
        }
    }

    #[test]
    fn what_must_not_be_silenced_has_the_names_by_which_lines_are_reviewed() {
        let names = [Prompt::RecordingNotice, Prompt::RecordingWhisper].map(Prompt::name);
        assert_eq!(names, oncall::Line::RECORDING_PROMPTS);
    }

    #[test]
    fn every_prompt_has_a_name_of_its_own() {
        let mut names: Vec<_> = Prompt::ALL.iter().map(|prompt| prompt.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Prompt::ALL.len());
    }
}
