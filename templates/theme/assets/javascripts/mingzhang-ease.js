/* 长者模式 and 高对比度: remembered on this device and set before anything is drawn, so that no page flashes.
   Loaded in the head without `defer` for that reason; without this script the buttons are not shown. */
(() => {
  "use strict";
  const root = document.documentElement;
  const names = ["large", "contrast"];
  const key = (name) => `mz-${name}`;
  const apply = (name, on) => {
    root.classList.toggle(key(name), on);
    for (const button of document.querySelectorAll(`[data-mz-ease="${name}"]`)) {
      button.setAttribute("aria-pressed", String(on));
    }
  };
  const kept = (name) => {
    // a browser may forbid it; then it holds for this page
    try { return localStorage.getItem(key(name)) === "1"; } catch { return root.classList.contains(key(name)); }
  };
  const keep = (name, on) => {
    try { on ? localStorage.setItem(key(name), "1") : localStorage.removeItem(key(name)); } catch { /* not remembered */ }
  };
  const all = () => names.forEach((name) => apply(name, kept(name)));

  root.classList.add("mz-ready");
  all();
  document.addEventListener("DOMContentLoaded", all);
  // other windows, and a page that comes back from memory
  addEventListener("storage", all);
  addEventListener("pageshow", all);
  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-mz-ease]") : null;
    if (button) {
      const on = button.getAttribute("aria-pressed") !== "true";
      keep(button.dataset.mzEase, on);
      apply(button.dataset.mzEase, on);
    }
  });
})();
