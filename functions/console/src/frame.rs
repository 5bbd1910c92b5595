//! What stands around every page.

use api::Role;

use crate::{assets, visitor::Visitor};

/// What the layout needs: `layout.html` is written around every page that has one as its `frame`.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) title: String,
    /// Which of the menu's entries the page belongs to: the path of its list.
    pub(crate) section: &'static str,
    /// Who has signed in, with what role; nobody, on a page that anybody may see.
    pub(crate) who: Option<(String, Role)>,
    /// What forms carry.
    pub(crate) csrf: String,
    /// What was just done.
    pub(crate) notice: Option<&'static str>,
    /// Where the form of an object is sent, if not to the page's own address: what was just made is changed from then on.
    pub(crate) sent_to: String,
    /// Whether the page leads back to the first steps.
    pub(crate) is_setting_up: bool,
}

/// An entry of the menu.
pub(crate) struct Entry {
    pub(crate) path: &'static str,
    pub(crate) title: &'static str,
}

/// The menu: what is happening, who answers, and what it stands on.
pub(crate) const MENU: [(&str, &[Entry]); 4] = [
    (
        "Now",
        &[
            Entry { path: "/console", title: "Overview" },
            Entry { path: "/console/incidents", title: "Incidents" },
            Entry { path: "/console/calls", title: "Calls" },
            Entry { path: "/console/texts", title: "Texts" },
            Entry { path: "/console/try", title: "Try it" },
        ],
    ),
    (
        "Who answers",
        &[
            Entry { path: "/console/schedules", title: "Schedules" },
            Entry { path: "/console/escalation-policies", title: "Escalation policies" },
            Entry { path: "/console/services", title: "Services" },
            Entry { path: "/console/people", title: "People" },
            Entry { path: "/console/teams", title: "Teams" },
            Entry { path: "/console/holidays", title: "Holidays" },
        ],
    ),
    (
        "Telephone",
        &[
            Entry { path: "/console/numbers", title: "Numbers" },
            Entry { path: "/console/integrations", title: "Twilio" },
            Entry { path: "/console/sending", title: "Sending" },
        ],
    ),
    (
        "Organisation",
        &[
            Entry { path: "/console/readiness", title: "Readiness" },
            Entry { path: "/console/audit", title: "Audit log" },
            Entry { path: "/console/configuration", title: "As a file" },
            Entry { path: "/console/tokens", title: "Tokens" },
        ],
    ),
];

impl Frame {
    /// Around a page for a visitor.
    pub(crate) fn of(visitor: &Visitor, section: &'static str, title: impl Into<String>) -> Self {
        let session = &visitor.session;
        let who = Some((session.name.clone(), session.role));
        let is_setting_up = visitor.is_setting_up && section != "/console";
        let (title, csrf) = (title.into(), session.csrf());
        Self { title, section, who, csrf, notice: None, sent_to: String::new(), is_setting_up }
    }

    /// Around a page that anybody may see.
    pub(crate) fn bare(title: impl Into<String>) -> Self {
        let (title, csrf, sent_to) = (title.into(), String::new(), String::new());
        Self { title, section: "", who: None, csrf, notice: None, sent_to, is_setting_up: false }
    }

    /// With what was just done, by the word that stands in the address as `done`.
    pub(crate) fn after(mut self, done: Option<&str>) -> Self {
        self.notice = done.and_then(|done| NOTICES.iter().find(|(word, _)| *word == done)).map(|(_, words)| *words);
        self
    }

    /// Whether something that takes a role is offered.
    pub(crate) fn may(&self, role: Role) -> bool {
        self.who.as_ref().is_some_and(|(_, own)| *own >= role)
    }

    pub(crate) fn is_admin(&self) -> bool {
        self.may(Role::Admin)
    }

    pub(crate) fn is_operator(&self) -> bool {
        self.may(Role::Operator)
    }

    /// The role that makes, changes and deletes what the section has.
    pub(crate) fn saver(&self) -> Role {
        if self.section == "/console/schedules" { Role::Operator } else { Role::Admin }
    }

    /// Whether the visitor has that role.
    pub(crate) fn may_save(&self) -> bool {
        self.may(self.saver())
    }

    /// Where browsers find a style or a script.
    pub(crate) fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }

    pub(crate) fn menu(&self) -> &'static [(&'static str, &'static [Entry])] {
        &MENU
    }
}

/// What an address may say was done. Words from an address itself are shown to nobody.
const NOTICES: &[(&str, &str)] = &[
    ("saved", "Saved."),
    ("created", "Created."),
    ("deleted", "Deleted."),
    ("signed-out", "You have signed out."),
    ("revoked", "Revoked. It counts no longer."),
    ("key-removed", "Removed. Events that show this key are refused from now on."),
    ("mode-set", "The mode is set."),
    ("paged", "They are being paged."),
    ("acknowledged", "You have it. Nobody else is paged."),
    ("resolved", "Resolved: it is over."),
    ("escalated", "Escalated: the policy goes on at once."),
    ("silenced", "Silenced. It comes back when the time is over."),
    ("reassigned", "It is theirs now. They are being paged."),
    ("asked", "They are asked to help."),
    ("replied", "Your reply is on its way."),
    ("acknowledged-before", "Somebody else has it already. Nothing was changed."),
    ("resolved-before", "It was over already. Nothing was changed."),
    ("escalated-before", "Somebody else has escalated it less than a minute ago. It was not done again."),
    ("nobody-left", "There is nobody whom it could be escalated to. Ask others to help, or give it to them."),
    ("nobody-named", "Nobody of those can be reached. Nothing was changed."),
    ("no-reporter", "Nobody waits for a reply: whoever reported it did not write. Nothing was sent."),
    ("senseless", "That cannot be done as it stands. Nothing was changed."),
    ("bought", "Bought. The line rings nobody yet: open it, say where it leads, and enable it."),
    ("adopted", "The number is a line now. It rings nobody yet: open it, say where it leads, and enable it."),
    ("released", "Released. The number is Twilio's again."),
    ("abandoned", "The line is gone. Twilio goes on billing its number until it is released there."),
    ("repaired", "The number is set at Twilio as it should be."),
    ("connected", "Connected. Twilio has accepted both secrets."),
    ("rotated", "Replaced. Twilio has accepted what is new."),
    ("retired", "Forgotten. The latest auth token alone counts now."),
    ("registered", "The address is registered with Twilio."),
    ("disconnected", "Disconnected. Its secrets are gone from here."),
    ("override-added", "The override counts."),
    ("override-removed", "The override is gone: the layers decide again."),
    ("feed-revoked", "Revoked. Calendar programs that used that feed see nothing any more."),
];
