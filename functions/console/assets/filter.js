// A field that hides the rows of a table in which its text does not stand. Without it there is the browser's own search.
(() => {
  "use strict";
  for (const field of document.querySelectorAll("[data-filter]")) {
    const table = document.getElementById(field.dataset.filter);
    const input = field.querySelector("input");
    const count = field.querySelector("[role=status]");
    field.hidden = false;
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase();
      let left = 0;
      for (const row of table.tBodies[0].rows) {
        row.hidden = !row.textContent.toLowerCase().includes(wanted);
        if (!row.hidden) left += 1;
      }
      count.textContent = wanted === "" ? "" : `${left} found`;
    });
    // the browser may have kept what was typed
    input.dispatchEvent(new Event("input"));
  }
})();
