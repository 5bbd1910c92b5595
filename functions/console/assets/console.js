// What pages do beyond what they do without it: local times, no second click, the menu on small screens.
(() => {
  "use strict";
  const local = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" });

  function times(root) {
    for (const time of root.querySelectorAll("time[datetime]:not([data-local])")) {
      const at = new Date(time.dateTime);
      if (Number.isNaN(at.getTime())) continue;
      time.title = time.textContent.trim();
      time.textContent = local.format(at);
      time.dataset.local = "";
    }
  }

  // a form that is under way is not sent again; what comes in its place can be sent
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.sent = "yes";
  }, true);

  function again() {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  }
  window.addEventListener("pageshow", again);
  document.addEventListener("htmx:finally:request", again);

  // a page that nobody looks at does not ask what is new
  document.addEventListener("htmx:before:request", (event) => {
    if (document.hidden && event.target.matches("[data-live]")) event.preventDefault();
  });

  document.addEventListener("htmx:after:swap", () => {
    times(document);
    const wrong = document.querySelector(".problem[tabindex]");
    if (wrong) wrong.focus();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    navigator.clipboard.writeText(button.dataset.copy).then(() => { button.textContent = "Copied"; });
  });

  for (const zone of document.querySelectorAll("input[data-zone]")) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone || zone.value;
  times(document);
})();
