// "Hear it": the browser speaks a sentence in the line's language. A caller hears Twilio's voice.
(() => {
  "use strict";
  if (!("speechSynthesis" in window)) return;

  const text = (name) => document.querySelector(`#editor [name="${name}"]`)?.value.trim() ?? "";

  // a value that a call alone knows is spoken by its name
  const filled = (words) => words.replace(/\{(\w+)\}/g, (_, name) => (name === "line" && text("name")) || name);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-hear], [data-words]");
    if (!button) return;
    const field = button.dataset.hear && document.getElementById(button.dataset.hear);
    const said = new SpeechSynthesisUtterance(filled(field ? field.value : button.dataset.words ?? ""));
    said.lang = text("language") || document.documentElement.lang;
    speechSynthesis.cancel();
    speechSynthesis.speak(said);
  });

  function offered() {
    for (const button of document.querySelectorAll("[data-hear][hidden], [data-words][hidden]")) button.hidden = false;
  }
  document.addEventListener("htmx:after:swap", offered);
  offered();
})();
