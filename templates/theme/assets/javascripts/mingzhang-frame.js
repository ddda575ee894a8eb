/* What the theme's own script does for our pages, and nothing else: colours, drawer, head, side bars, the contents list that follows the reader,
   the way back to the top, folds, tables and codes written by hand. build/theme.py puts it in place of the theme's script (a tenth of its size)
   on every page that asks for no more than this; state is kept where the theme keeps it. Without scripts a page stands as it is. */
(() => {
  "use strict";
  const root = document.documentElement, body = document.body;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const parts = name => all(`[data-md-component="${name}"]`);
  const [header] = parts("header"), [main] = parts("main"), [tabs] = parts("tabs"), [title] = parts("header-title"), [up] = parts("top");
  const content = document.querySelector(".md-content"), heading = content?.querySelector("h1");
  const wide = matchMedia("(min-width: 76.25em)"), middling = matchMedia("(min-width: 60em)"), calm = matchMedia("(prefers-reduced-motion: reduce)");
  root.classList.replace("no-js", "js");

  /* ---- colours: what was chosen, else what the system prefers */
  const inputs = all("input", parts("palette")[0] ?? document.createElement("form"));
  const [colour, scheme] = ["theme-color", "color-scheme"].map(name => Object.assign(document.createElement("meta"), {name}));
  const colours = input => Object.fromEntries(["media", "scheme", "primary", "accent"].map(name => [name, input.getAttribute(`data-md-color-${name}`)]));
  const preferred = () => inputs.find(input => input.dataset.mdColorMedia !== "(prefers-color-scheme)" && matchMedia(input.dataset.mdColorMedia).matches);
  const paint = input => {
    const color = colours(input);
    if (color.media === "(prefers-color-scheme)") Object.assign(color, colours(preferred() ?? input), {media: color.media});
    body.setAttribute("data-md-color-switching", "");
    for (const [name, value] of Object.entries(color)) body.setAttribute(`data-md-color-${name}`, value);
    for (const one of inputs) if (one.nextElementSibling instanceof HTMLLabelElement) one.nextElementSibling.hidden = one !== input;
    __md_set("__palette", {index: inputs.indexOf(input), color});
    const style = getComputedStyle(header);
    scheme.content = style.colorScheme;
    colour.content = `#${style.backgroundColor.match(/\d+/g).map(value => Number(value).toString(16).padStart(2, "0")).join("")}`;
    setTimeout(() => body.removeAttribute("data-md-color-switching"));
  };
  if (inputs.length) {
    const kept = () => inputs[Math.max(0, Math.min(__md_get("__palette")?.index ?? inputs.findIndex(input => matchMedia(input.dataset.mdColorMedia).matches), inputs.length - 1))];
    document.head.append(colour, scheme);
    inputs.forEach(input => input.addEventListener("change", () => paint(input)));
    inputs[0].form.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      const next = inputs[(inputs.findIndex(input => input.nextElementSibling?.hidden === false) + 1) % inputs.length];
      next.click();
      next.focus();
    });
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => paint(kept()));
    paint(kept());
  }

  /* ---- where the parts of the contents list stand, by their place on the page */
  const anchors = parts("toc").map(list => all(".md-nav__link", list).flatMap(link => {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return target ? [{link, target, top: 0}] : [];
  }));
  const place = target => {
    while (!target.offsetTop && target.parentElement) target = target.parentElement;
    let top = 0;
    for (let at = target; at; at = at.offsetParent) top += at.offsetTop;
    return top;
  };
  const measure = () => anchors.forEach(list => {
    list.forEach(one => { one.top = place(one.target); });
    list.sort((one, other) => one.top - other.top);
  });
  // the nearest box that holds more than it shows
  const frame = link => {
    let at = link;
    while (at.parentElement && at.scrollWidth <= at.parentElement.scrollWidth && at.scrollHeight <= at.parentElement.scrollHeight) at = at.parentElement;
    return at.parentElement ? at : null;
  };
  const show = (link, box, behavior) => box?.scrollTo({top: link.offsetTop - box.offsetTop - box.offsetHeight / 2, behavior});
  // what is read is brought into view again when the room for the list changes
  const followed = new Map();
  const follow = (list, y, adjust, room, behavior) => {
    const end = y + innerHeight >= Math.floor(body.offsetHeight), before = followed.get(list);
    const read = end ? list.length - 1 : list.findLastIndex(one => one.top - adjust < y), link = list[read]?.link ?? before?.link;
    followed.set(list, {read, link, room});
    if (before?.read !== read) list.forEach((one, index) => {
      one.link.classList.toggle("md-nav__link--passed", index <= read);
      one.link.classList.toggle("md-nav__link--active", index === read);
    });
    if (link?.offsetHeight && (before?.read !== read || before.room !== room)) show(link, frame(link), behavior);
  };

  /* ---- side bars end where the page does; the link to this very page is brought into view once */
  const bars = parts("sidebar").map(bar => ({bar, inner: bar.querySelector(".md-sidebar__scrollwrap"), at: bar.dataset.mdType === "navigation" ? wide : middling, seen: false}));
  const fit = (one, height, y, offset, top) => {
    const {bar, inner} = one;
    if (!one.at.matches) {
      one.seen = false;
      inner.style.height = bar.style.top = "";
      return;
    }
    const grid = bar.closest(".md-grid"), adjust = grid.offsetTop - grid.parentElement.offsetTop;
    inner.style.height = `${height + Math.min(adjust, Math.max(0, y - offset)) - adjust - 2 * inner.offsetTop}px`;
    bar.style.top = `${top}px`;
    if (one.seen) return;
    one.seen = true;
    for (const link of all(".md-nav__link--active[href]", bar)) if (link.clientHeight) show(link, inner);
  };

  /* ---- everything that depends on how far the reader is */
  let before = 0, moved = -1000, still = 0;
  const rise = hidden => {
    if (!up || (up.hidden === hidden && up.tabIndex === (hidden ? -1 : 0))) return;
    up.hidden = hidden;
    up.tabIndex = hidden ? -1 : 0;
    if (hidden) up.blur();
  };
  const update = () => {
    const y = Math.max(0, scrollY), head = header.offsetHeight, top = main.offsetTop, bottom = top + main.offsetHeight;
    const height = Math.max(0, innerHeight - Math.max(0, top - y, head) - Math.max(0, innerHeight + y - bottom)), reading = top - head <= y;
    const adjust = head + .8 * (main.firstElementChild.offsetTop - top), now = performance.now();
    // a leap (a link was followed) is shown by a glide, reading on is not
    const behavior = y !== before && now - moved > 250 && !calm.matches ? "smooth" : "auto";
    header.classList.toggle("md-header--shadow", reading);
    title?.classList.toggle("md-header__title--active", Boolean(heading?.offsetHeight) && y - heading.offsetTop + head >= heading.offsetHeight);
    if (tabs && !header.contains(tabs)) tabs.hidden = y - tabs.offsetTop + head >= 10;
    bars.forEach(one => fit(one, height, y, top - head, head));
    anchors.forEach(list => follow(list, y, adjust, `${height} ${reading}`, behavior));
    if (up) up.style.top = `${head + 16}px`;
    rise(now < still || !(reading && y > 0 && y < before));
    if (y !== before) [before, moved] = [y, now];
  };
  let due = 0;
  const soon = () => { due ||= requestAnimationFrame(() => { due = 0; update(); }); };
  const sizes = new ResizeObserver(() => { measure(); soon(); });
  [header, main, body].forEach(one => sizes.observe(one));
  for (const event of ["scroll", "resize"]) addEventListener(event, soon, {passive: true});
  up?.addEventListener("click", event => {
    event.preventDefault();
    scrollTo({top: 0});
  });

  /* ---- a place on the page: the drawer is shut, the fold around it opened, the way back to the top hidden */
  const drawer = document.getElementById("__drawer");
  const arrive = () => {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null, fold = target?.closest("details:not([open])");
    if (!target) return;
    if (content?.contains(fold)) {
      fold.open = true;
      fold.scrollIntoView();
    }
    setTimeout(() => drawer?.checked && drawer.click(), 125);
  };
  addEventListener("hashchange", () => {
    still = performance.now() + 250;
    rise(true);
    arrive();
  });

  /* ---- paper shows what is folded */
  const folded = new Set();
  const print = on => {
    if (on) all(".md-content details:not([open])").forEach(fold => folded.add(fold));
    folded.forEach(fold => { fold.open = on; });
    if (!on) folded.clear();
  };
  addEventListener("beforeprint", () => print(true));
  addEventListener("afterprint", () => print(false));

  /* ---- tables and codes written by hand scroll in their own frame, by keyboard too; what is cut off is told in full */
  for (const table of content ? all("table:not([class])", content) : []) {
    const [outer, inner] = ["md-typeset__scrollwrap", "md-typeset__table"].map(className => Object.assign(document.createElement("div"), {className}));
    table.replaceWith(outer);
    outer.append(inner);
    inner.append(table);
  }
  const overflow = new ResizeObserver(entries => entries.forEach(({target}) => {
    if (target.scrollWidth > target.offsetWidth && matchMedia("(hover)").matches) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }));
  for (const code of content ? all("pre > code", content) : []) overflow.observe(code);
  const cut = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(({target}) => {
    cut.unobserve(target);
    if (target.offsetWidth < target.scrollWidth) (target.closest("a") ?? target).title = target.innerText;
  }));
  all(".md-ellipsis").forEach(one => cut.observe(one));

  /* ---- keys and fingers */
  addEventListener("focusin", ({target}) => target.classList?.toggle("focus-visible", target.matches(":focus-visible")));
  addEventListener("focusout", ({target}) => target.classList?.remove("focus-visible"));
  // the theme's single letters for the next page are left out: who speaks to the machine would turn pages with every word (WCAG 2.1.4)
  addEventListener("keydown", event => {
    if (event.key === "Enter" && document.activeElement instanceof HTMLLabelElement) document.activeElement.click();
  });
  for (const label of all(".md-sidebar label[tabindex]")) {
    label.addEventListener("click", () => setTimeout(() => document.querySelector(`[aria-labelledby="${label.id}"]`)?.setAttribute("aria-expanded", String(document.getElementById(label.htmlFor).checked))));
  }
  // iOS hands a touch at either end of a list on to the page below
  for (const list of /iPad|iPhone|iPod/.test(navigator.userAgent) ? all("[data-md-scrollfix]") : []) {
    list.addEventListener("touchstart", () => {
      if (list.scrollTop === 0) list.scrollTop = 1;
      else if (list.scrollTop + list.offsetHeight === list.scrollHeight) list.scrollTop -= 1;
    });
  }

  measure();
  update();
  arrive();
})();
