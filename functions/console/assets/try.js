// The softphone speaks what is new, and its keys are the keyboard's, too.
(() => {
  "use strict";
  const speech = window.speechSynthesis;
  let call = "", said = 0, muted = false;

  function label(button) {
    button.hidden = false;
    button.textContent = muted ? "Sound is off" : "Sound is on";
  }

  function speak() {
    const log = document.querySelector("[data-call]");
    if (log) log.scrollTop = log.scrollHeight;
    if (!speech) return;
    const mute = document.querySelector("[data-mute]");
    if (mute) label(mute);
    const sentences = log ? [...log.querySelectorAll("[data-say]")] : [];
    if (!log || log.dataset.call !== call || sentences.length < said) {
      speech.cancel();
      // a step that was taken back is not said again
      said = log && log.dataset.call === call ? sentences.length : 0;
      call = log ? log.dataset.call : "";
    }
    const fresh = sentences.slice(said);
    said = sentences.length;
    if (muted || !fresh.length) return;
    speech.cancel();
    for (const sentence of fresh) {
      const words = new SpeechSynthesisUtterance(sentence.textContent);
      if (sentence.lang) words.lang = sentence.lang;
      if (sentence.dataset.say === "phone") words.pitch = 1.4;
      speech.speak(words);
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mute]");
    if (!button) return;
    muted = !muted;
    if (muted) speech.cancel();
    label(button);
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const key = [...document.querySelectorAll("[data-key]")].find((button) => button.dataset.key === event.key);
    if (!key) return;
    event.preventDefault();
    key.click();
  });

  document.addEventListener("htmx:after:swap", speak);
  window.addEventListener("pagehide", () => { if (speech) speech.cancel(); });
  speak();
})();
