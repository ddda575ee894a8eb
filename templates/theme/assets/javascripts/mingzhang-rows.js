/* 行与名词: the name of a table or a row offers its address and a citation to copy; a term or a computed figure is explained in place.
   Without this script all of them are plain links. What is shown is set as text, never as markup; the platform closes the card with Esc. */
(() => {
  "use strict";
  const cite = document.getElementById("mz-cite"), feedback = document.getElementById("mz-feedback"), alone = document.getElementById("mz-alone");
  if (!cite || !HTMLElement.prototype.showPopover) return;
  const EXPLAINED = ".mz-term, a.mz-derived, .mz-formula-of", GAP = 6, LONG = 30, SOON = 250, LATE = 350;
  const make = (tag, text = "", more = {}) => Object.assign(document.createElement(tag), {textContent: text}, more);
  const card = document.body.appendChild(make("div", "", {id: "mz-card", popover: "auto", tabIndex: -1}));
  card.setAttribute("role", "dialog");
  let opener = null, pinned = false, timer = 0, pressed = null;

  // as it is written, because an id may hold a lone % that cannot be decoded
  const decoded = name => { try { return decodeURIComponent(name); } catch { return name; } };
  const named = link => link.getAttribute("href").replace(/^[^#]*#?/, "");
  // a name leads to what it stands in: its table, its row, its field; a row that is printed as columns has a head in each part of the table
  const about = link => {
    const one = link.getAttribute("href")?.startsWith("#") ? document.getElementById(named(link)) : null;
    return one && (one.contains(link) || one.matches("thead th") && one.closest("thead").contains(link)) ? one : null;
  };
  const own = link => about(link) !== null;

  /* ---- the row that the address names, or whose card was opened last; `:target` knows neither columns nor cards */
  document.documentElement.classList.add("mz-marking");
  const mark = name => {
    for (const one of document.querySelectorAll(".mz-there")) one.classList.remove("mz-there");
    const row = document.getElementById(name) || document.getElementById(decoded(name)), table = row?.closest("thead")?.parentElement;
    const parts = table ? [...table.querySelectorAll(`td[id^="${CSS.escape(row.id)}."]`), ...[...table.querySelectorAll("th > a")].filter(one => about(one) === row).map(one => one.parentElement)] : [row];
    for (const one of parts) one?.classList.add("mz-there");
  };
  addEventListener("hashchange", () => mark(location.hash.slice(1)));

  /* ---- where the card stands: beside what it is about, never on it */
  const place = link => {
    const head = link.closest("thead"), box = (head || link.closest("tr, h3, .mz-fields > div, .mz-list li") || link).getBoundingClientRect();
    const left = Math.max(8, Math.min(link.getBoundingClientRect().left, document.documentElement.clientWidth - card.offsetWidth - 8));
    const above = box.top - GAP - card.offsetHeight, below = box.bottom + GAP;
    // over a heading, because what it heads stands under it
    const top = head || (below + card.offsetHeight > innerHeight && above > 0) ? above : below;
    card.style.left = `${scrollX + left}px`;
    card.style.top = `${Math.max(0, scrollY + top)}px`;
    if (top < 0) scrollBy(0, top - GAP);
  };
  const open = (link, title, pin, ...parts) => {
    if (opener !== link && card.matches(":popover-open")) card.hidePopover();
    [opener, pinned] = [link, pin];
    card.setAttribute("aria-label", title);
    card.replaceChildren(make("strong", title), ...parts);
    card.showPopover();
    place(link);
    if (pin) card.focus({preventScroll: true});
  };
  card.addEventListener("toggle", event => {
    if (event.newState === "closed" && pinned && (card.contains(document.activeElement) || document.activeElement === document.body)) opener.focus({preventScroll: true});
  });

  /* ---- explanations: of a term what the glossary says, of a figure its formula */
  let glossary = null;
  const meaning = async link => {
    glossary ||= fetch(link.href.split("#")[0]).then(answer => answer.ok ? answer.text() : Promise.reject(answer.status)).then(text => new DOMParser().parseFromString(text, "text/html"));
    try {
      return (await glossary).getElementById(named(link)).nextElementSibling.textContent;
    } catch {
      glossary = null;
      return "没有取到解释，请点下面的链接看。";
    }
  };
  const explain = async (link, pin) => {
    const term = link.matches(".mz-term"), text = make("p", term ? "…" : link.title.replace(/^系统计算：/, ""));
    open(link, term ? named(link) : "系统计算", pin, text, make("a", term ? "全部名词解释" : "这条关系的依据和例子", {href: link.href}));
    if (!term) return;
    text.textContent = await meaning(link);
    if (opener === link) place(link);
  };

  /* ---- address and citation of a row or a table */
  const figures = row => {
    const cells = [...(row.closest("table") || row).querySelectorAll(`td[id^="${CSS.escape(row.id)}."]`)].filter(cell => cell.classList.contains("mz-n"));
    const found = cells.map(cell => [cell.id.slice(row.id.length + 1), [...cell.childNodes].filter(one => one.nodeType === 3).map(one => one.data).join("").trim()]);
    const told = found.filter(([, text]) => text && !/^[0.]+$/.test(text)), some = told.length ? told : found.filter(([, text]) => text).slice(0, 1);
    const unit = document.evaluate("preceding::text()[contains(., '金额单位：')][1]", row, null, XPathResult.STRING_TYPE).stringValue.match(/金额单位：([^\s。]+)/);
    return some.length ? [some.map(([name, text]) => `${name} ${text}`).join("、") + (unit ? `（${unit[1]}）` : "")] : [];
  };
  const short = text => text.trim().length > LONG ? `${text.trim().slice(0, LONG)}…` : text.trim();
  const titled = link => {
    const row = about(link), code = row.querySelector(".mz-code-inline")?.textContent, {under} = link.dataset;
    if (code) return `${code} ${link.textContent}`;
    if (under) return `${under}：${link.textContent}`;
    if (!row.matches("tr, li") || row.querySelector("th")) return link.textContent;
    // a line without a name is called by its first words
    return [...(row.matches("li") ? [row] : row.cells)].filter(one => !one.matches(".mz-n")).map(one => short(one.firstChild?.textContent ?? "")).filter(Boolean).slice(0, 2).join(" ");
  };
  const cited = (link, url) => {
    const row = about(link), table = row.closest("table"), value = row.querySelector(":scope > dd")?.textContent.trim().replace(/\s+/g, " ");
    const place = table ? [table.caption.textContent, titled(link), ...figures(row)] : [value ? `${titled(link)} ${value}` : titled(link)];
    return [`${cite.dataset.unit}：${cite.dataset.title}`, ...place, `公开日期 ${cite.dataset.day}`, url].join("，");
  };
  const copy = async (text, told) => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // a site without https has no clipboard of its own
      const box = card.insertBefore(make("textarea", text, {readOnly: true}), told);
      box.select();
      if (!document.execCommand("copy")) return void (told.textContent = "请复制上面选中的文字");
    }
    told.textContent = `已复制：${text}`;
    place(opener);
  };
  const offer = link => {
    const url = new URL(cite.dataset.here, location), told = make("p"), term = about(link).matches("tr, th, div") && link.parentElement.querySelector(".mz-term");
    url.hash = named(link);
    told.setAttribute("role", "status");
    const button = (name, text) => make("button", name, {type: "button", onclick: () => copy(text, told)});
    const parts = [button("复制网址", url.href), button("复制引用", cited(link, url.href))];
    if (alone && about(link).matches("h3")) parts.push(make("a", "可嵌入的一页", {href: `${alone.href}#${named(link)}`}));
    if (feedback) parts.push(make("a", "提意见", {href: `${feedback.href}${encodeURIComponent(`${titled(link)}（${named(link)}）`)}`}));
    if (term) {
      const text = make("p", "…");
      parts.unshift(text);
      meaning(term).then(found => { text.textContent = found; if (opener === link) place(link); });
    }
    open(link, titled(link), true, ...parts, told);
    history.replaceState(history.state, "", link.hash);
    mark(named(link));
  };

  /* ---- tap, hover, keyboard */
  document.addEventListener("pointerdown", () => { pressed = card.matches(":popover-open") ? opener : null; }, true);
  document.addEventListener("click", event => {
    const link = event.target.closest?.("a"), again = link && pressed === link && pinned;
    pressed = null;
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || card.contains(link) || !(link.matches(EXPLAINED) || own(link))) return;
    event.preventDefault();
    clearTimeout(timer);
    if (again) return;
    if (link.matches(EXPLAINED)) explain(link, true); else offer(link);
  });
  document.addEventListener("pointerover", event => {
    if (event.pointerType !== "mouse") return;
    const link = event.target.closest?.(EXPLAINED), shown = card.matches(":popover-open");
    if (link && link !== opener || link && !shown) {
      clearTimeout(timer);
      if (!(shown && pinned)) timer = setTimeout(explain, SOON, link, false);
    } else if (shown && !pinned && !link && !card.contains(event.target)) {
      clearTimeout(timer);
      timer = setTimeout(() => card.hidePopover(), LATE);
    } else clearTimeout(timer);
  });
  // the names of a table are one stop for the Tab key, and the arrows go from row to row, or from column to column
  const names = table => [...table.querySelectorAll("a")].filter(own);
  for (const table of document.querySelectorAll(".mz-table:not(.mz-proof)")) names(table).slice(1).forEach(link => { link.tabIndex = -1; });
  document.addEventListener("keydown", event => {
    const step = {ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1}[event.key], link = event.target.closest?.(".mz-table a");
    if (!step || !link || !own(link)) return;
    const all = names(link.closest("table")), next = all[all.indexOf(link) + step];
    if (!next) return;
    event.preventDefault();
    [link.tabIndex, next.tabIndex] = [-1, 0];
    next.focus();
  });

  /* ---- paper: address and day in the foot of every page */
  const foot = () => {
    const now = new Date(), two = number => String(number).padStart(2, "0");
    const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
    document.documentElement.style.setProperty("--mz-foot", JSON.stringify([new URL(cite.dataset.here, location).href, cite.dataset.edition, `${day} 打印`].filter(Boolean).join("　")));
  };
  addEventListener("beforeprint", foot);
  foot();
  mark(location.hash.slice(1));
})();
