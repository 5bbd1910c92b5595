// Timelines: the visitor's own time beside the schedule's, the present in sight, and overrides drawn with the mouse.
(() => {
  "use strict";
  const form = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  const local = new Intl.DateTimeFormat(undefined, form);
  const zone = local.resolvedOptions().timeZone;

  // YYYY-MM-DDTHH:MM on the schedule's clock, as an input takes it
  function typed(seconds, timeZone) {
    const parts = new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).formatToParts(seconds * 1000);
    const part = (type) => parts.find((one) => one.type === type).value;
    return `${part("year")}-${part("month")}-${part("day")}T${part("hour")}:${part("minute")}`;
  }

  function both(from, to) {
    return `${local.format(from * 1000)} – ${local.format(to * 1000)}`;
  }

  function begin() {
    const svg = document.querySelector(".timeline svg[data-from]:not([data-ready])");
    if (!svg) return;
    svg.dataset.ready = "";
    const scroll = svg.parentElement;
    if (svg.dataset.now) scroll.scrollLeft = Number(svg.dataset.now) - scroll.clientWidth / 4;
    if (svg.dataset.zone === zone) return;
    for (const time of document.querySelectorAll("time[data-local]:not([title])")) {
      time.title = `Your time: ${local.format(new Date(time.dateTime))}`;
    }
    // the list has a line for each bar, in the same order
    const lines = document.querySelectorAll(".as-list li");
    svg.querySelectorAll(".bar").forEach((bar, place) => {
      const yours = both(bar.dataset.s * 60, bar.dataset.e * 60);
      bar.querySelector("title").textContent += `\nYour time: ${yours}`;
      if (lines[place]) lines[place].append(` (your time: ${yours})`);
    });
  }

  function fill(svg, from, to) {
    const [start, end] = [document.getElementById("f-start"), document.getElementById("f-end")];
    if (!start || !end || from >= to) return;
    start.value = typed(from, svg.dataset.zone);
    end.value = typed(to, svg.dataset.zone);
    const yours = document.getElementById("yours");
    if (yours && svg.dataset.zone !== zone) yours.textContent = `That is ${both(from, to)} of your time.`;
  }

  function reached() {
    document.getElementById("override").scrollIntoView({ block: "center" });
    document.getElementById("f-users").focus({ preventScroll: true });
  }

  // the instant under the pointer, at a half hour
  function at(svg, event) {
    const box = svg.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    const [from, to] = [Number(svg.dataset.from), Number(svg.dataset.to)];
    return Math.round((from + share * (to - from)) / 1800) * 1800;
  }

  function mark(svg, from, to) {
    let drawn = svg.querySelector(".drawn");
    if (!drawn) {
      drawn = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      drawn.setAttribute("class", "drawn");
      drawn.setAttribute("y", "40");
      drawn.setAttribute("height", String(svg.height.baseVal.value - 40));
      svg.append(drawn);
    }
    const scale = svg.width.baseVal.value / (svg.dataset.to - svg.dataset.from);
    drawn.setAttribute("x", String((from - svg.dataset.from) * scale));
    drawn.setAttribute("width", String((to - from) * scale));
  }

  let drawing = null;
  const timeline = (event) => document.getElementById("override") && event.target.closest && event.target.closest(".timeline svg[data-from]");

  document.addEventListener("pointerdown", (event) => {
    const svg = timeline(event);
    // a finger scrolls
    if (!svg || event.pointerType === "touch" || event.button !== 0) return;
    drawing = { svg, from: at(svg, event), x: event.clientX, moved: false };
    event.preventDefault();
  });
  document.addEventListener("pointermove", (event) => {
    if (!drawing || Math.abs(event.clientX - drawing.x) < 5) return;
    drawing.moved = true;
    const to = at(drawing.svg, event);
    mark(drawing.svg, Math.min(drawing.from, to), Math.max(drawing.from, to));
    fill(drawing.svg, Math.min(drawing.from, to), Math.max(drawing.from, to));
  });
  document.addEventListener("pointerup", () => {
    if (drawing && drawing.moved) reached();
    setTimeout(() => { drawing = null; });
  });
  document.addEventListener("pointercancel", () => { drawing = null; });

  document.addEventListener("click", (event) => {
    const svg = timeline(event);
    const bar = event.target.closest && event.target.closest(".bar");
    if (!svg || !bar || (drawing && drawing.moved)) return;
    const whole = (edge) => Math.min(Math.max(edge * 60, Number(svg.dataset.from)), Number(svg.dataset.to));
    const now = Math.floor(Date.now() / 60000) * 60;
    const to = whole(bar.dataset.e);
    let from = whole(bar.dataset.s);
    // what is under way is taken over from now on
    if (from < now && now < to) from = now;
    mark(svg, from, to);
    fill(svg, from, to);
    reached();
  });

  const own = document.querySelector("[data-own-zone]");
  if (own && !own.value && !document.querySelector(".problem")) own.value = zone;

  document.addEventListener("htmx:after:swap", begin);
  begin();
})();
