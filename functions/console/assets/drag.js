// Lists whose items are put elsewhere by dragging a handle: data-sortable names the list, data-item its items, data-handle
// what is dragged. On drop the form is sent as by a button `move:LIST[from]:to`. Buttons do the same without a pointer.
(() => {
  "use strict";
  let drag = null;

  const itemsOf = (list) => [...list.children].filter((child) => child.matches("[data-item]"));

  document.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    const item = handle && handle.closest("[data-item]");
    const list = item && item.closest("[data-sortable]");
    if (!list || event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    drag = { list, item, from: itemsOf(list).indexOf(item), to: null };
    item.classList.add("dragged");
  });

  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const items = itemsOf(drag.list);
    const middle = (item) => { const box = item.getBoundingClientRect(); return box.top + box.height / 2; };
    const before = items.filter((item) => item !== drag.item && middle(item) < event.clientY).length;
    drag.to = before;
    for (const item of items) item.classList.remove("drop-before", "drop-after");
    const others = items.filter((item) => item !== drag.item);
    if (before === drag.from) return;
    if (others[before]) others[before].classList.add("drop-before");
    else if (others.length) others[others.length - 1].classList.add("drop-after");
  });

  function end(drop) {
    if (!drag) return;
    const { list, item, from, to } = drag;
    drag = null;
    for (const other of itemsOf(list)) other.classList.remove("dragged", "drop-before", "drop-after");
    const form = item.closest("form");
    if (!drop || to === null || to === from || !form) return;
    const button = document.createElement("button");
    button.name = "_do";
    button.value = `move:${list.dataset.sortable}[${from}]:${to}`;
    button.formNoValidate = true;
    button.hidden = true;
    form.append(button);
    form.requestSubmit(button);
    button.remove();
  }
  document.addEventListener("pointerup", () => end(true));
  document.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") end(false); });
})();
