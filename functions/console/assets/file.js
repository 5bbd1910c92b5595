// A file that somebody chooses is read into a text: data-reads-into names it. What is chosen again is read again.
(() => {
  "use strict";
  const show = () => { for (const field of document.querySelectorAll("[data-with-scripts][hidden]")) field.hidden = false; };
  document.addEventListener("change", (event) => {
    const input = event.target.closest("[data-reads-into]");
    const file = input && input.files[0];
    if (!file) return;
    file.text().then((text) => { document.getElementById(input.dataset.readsInto).value = text; });
  });
  document.addEventListener("htmx:after:swap", show);
  show();
})();
