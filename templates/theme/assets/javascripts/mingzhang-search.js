/* 查找: the jump list ranks first, Pagefind's full text comes behind it. Everything lies on this site, and everything found or typed is
   set as text, never as markup. The list is made by build_tools/web/search/jump.py, which says what its parts mean. */
(() => {
  "use strict";
  const NAME = "\x01", YEAR = "\x02", SHOWN = 10, PAUSE = 180;
  const root = new URL("../../", document.currentScript.src), here = new URL("search/", root);
  const [form, query, hits, status, more, browse] = ["find", "query", "hits", "status", "more", "browse"].map(id => document.getElementById(`mz-${id}`));
  const spaced = text => text.normalize("NFKC").toLowerCase().replace(/[\s\p{P}\p{S}\p{C}]+/gu, " ").trim();
  const plain = text => spaced(text).replaceAll(" ", "");
  const fetched = async name => {
    const answer = await fetch(new URL(name, here), {cache: "no-cache"});
    if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
    return answer.json();
  };

  /* ---- the jump list, made whole */
  const opened = list => {
    const topics = list.topics.map(([title, key, anchor, letters, keyLetters]) => ({title, anchor, words: wordsOf(title, key), letters: [letters, keyLetters].filter(Boolean)}));
    const districts = list.districts.map(([name, letters]) => ({name, words: [plain(name), plain(name).replace(/[区县市]$/, "")].filter(one => one.length > 1), letters}));
    const pages = [], departments = list.departments.map(([, , names]) => ({name: names[0][0], names: names.map(([name]) => plain(name)), letters: names.map(([, letters]) => letters)}));
    list.departments.forEach(([folder, district, names, years], department) => years.forEach(([year, name, shapes]) => shapes.forEach(number => {
      const [title, url, kind, tables] = list.shapes[number];
      pages.push({title: title.replace(NAME, () => names[name][0]).replace(YEAR, year), url: folder + url.replace(YEAR, year), year, kind, tables, district, department});
    })));
    list.others.forEach(([title, url, letters, year, kind, district, department]) => pages.push({title, url, letters, year, kind, tables: [], district, department, apart: true}));
    pages.forEach(page => {
      page.plain = plain(page.title);
      // the rule summary-1 is called summary-1：…
      page.id = page.apart && page.title.includes("：") ? plain(page.title.split("：")[0]) : "";
    });
    const years = new Set(pages.map(page => page.year).filter(Boolean)), rows = new Map(), groups = new Set();
    list.codes.forEach(([code, name]) => {
      const word = plain(name);
      groups.add(code.slice(0, 3));
      if (word.length > 1) rows.set(word, [...(rows.get(word) || []), code]);
    });
    const coded = [...rows].map(([word, codes]) => ({words: [word], codes}));
    const known = {topics: bearers(topics), districts: bearers(districts), rows: bearers(coded)};
    return {topics, districts, departments, pages, years, groups, known, rows: coded, full: list.full, last: Math.max(0, ...years)};
  };

  /* Word → the numbers of those that bear it, the longest word first. */
  const bearers = named => {
    const found = new Map();
    named.forEach((one, number) => one.words.forEach(word => found.set(word, (found.get(word) || new Set()).add(number))));
    return [...found].sort(([a], [b]) => b.length - a.length);
  };

  /* What a kind or a table is called for short: 部门决算 and 决算, “三公”经费 and 三公, 支出决算表 and 支出决算. */
  const wordsOf = (title, key) => {
    const names = [title, key].filter(Boolean).map(plain);
    const short = names.flatMap(name => [name.replace(/表$/, ""), name.replace(/经费$/, ""), key ? name : name.replace(/^(部门|绩效)/, "")]);
    return [...new Set([...names, ...short])].filter(word => word.length > 1);
  };

  /* ---- what is asked */
  const asked = (text, list) => {
    const ask = {whole: plain(text), years: [], codes: [], letters: []};
    let rest = spaced(text).replace(/(?<!\d)(\d{4}|\d\d(?=年))(?:年度?)?(?!\d)/g, (all, digits) => {
      const year = digits.length === 2 ? 2000 + Number(digits) : Number(digits);
      return list.years.has(year) ? (ask.years.push(year), " ") : all;
    });
    rest = rest.replace(/(?<!\d)\d{3,7}(?!\d)/g, code => (ask.codes.push(code), " "));
    rest = rest.replace(/[a-z]{2,}/g, letters => (ask.letters.push(letters), " "));
    const pieces = rest.split(" ").map(piece => piece.replace(/^的|的$/g, "")).filter(Boolean);
    // a word may name a table, or be part of what a department is called: every reading is tried
    const [others, rows] = taken(pieces, list.known.rows), readings = [];
    for (const [start, row] of [[pieces, null], ...(rows.length === 1 ? [[others, rows[0]]] : [])]) {
      for (const [left, topics] of readable(start, list.known.topics)) {
        for (const [names, districts] of readable(left, list.known.districts)) readings.push({...ask, names, topics, districts, row});
      }
    }
    return readings;
  };

  /* Known words are taken out of the pieces, the longest first; each leaves the set of those that bear it. */
  const taken = (pieces, known) => {
    const found = [];
    let left = pieces;
    for (const [word, bearers] of known) {
      if (left.some(piece => piece.includes(word))) {
        found.push(bearers);
        left = left.flatMap(piece => piece.split(word)).filter(Boolean);
      }
    }
    return [left, found];
  };
  const readable = (pieces, known) => {
    const [left, found] = taken(pieces, known);
    return found.length ? [[left, found], [pieces, []]] : [[pieces, []]];
  };

  /* ---- how well a page answers: 100 and less, 0 for not at all */
  const likeness = (name, piece, loosely) => {
    if (name === piece) return 100;
    if (name.startsWith(piece)) return 92;
    if (name.endsWith(piece)) return 88;
    if (name.includes(piece)) return 78;
    return loosely && piece.length > 1 && scattered(name, piece) ? 50 : 0;
  };
  /* 发改委 stands in 发展和改革委员会, letter by letter. */
  const scattered = (name, piece) => {
    let at = -1;
    return [...piece].every(letter => (at = name.indexOf(letter, at + 1)) >= 0);
  };
  const best = (names, piece, loosely) => names.reduce((most, name) => Math.max(most, likeness(name, piece, loosely)), 0);

  /* Rules, handbook, glossary: by the beginning of their title alone; their words are for the full text. */
  const alone = page => page.district < 0 && page.kind < 0 && !page.year;

  const score = (page, ask, list) => {
    if (ask.years.length && !ask.years.includes(page.year)) return null;
    if (!ask.districts.every(set => set.has(page.district))) return null;
    const found = {page, points: 100, anchor: "", table: ""}, own = page.department >= 0 ? list.departments[page.department] : {names: [], letters: []};
    let named = page.department < 0, kind = page.kind < 0;
    const table = test => {
      const number = page.tables.find(one => test(list.topics[one], one));
      if (number === undefined) return false;
      found.anchor = list.topics[number].anchor;
      found.table = list.topics[number].title;
      return true;
    };
    for (const set of ask.topics) {
      if (set.has(page.kind)) kind = true;
      else if (!table((topic, number) => set.has(number))) return null;
    }
    const called = (title, names, piece, loosely) => {
      const self = page.apart ? likeness(title, piece, false) : 0, through = best(names, piece, loosely);
      if (self || through) named = true;
      // a project stands behind the departments, but for its whole name
      found.points -= (100 - (self || through)) / 2 + (page.apart && page.department >= 0 && self < 100 ? 15 : 0);
      return self || through;
    };
    for (const piece of ask.names) if (!called(page.plain, own.names, piece, true)) return null;
    const means = (number, letters) => number >= 0 && list.topics[number].letters.some(one => one === letters || one.slice(2) === letters);
    // czjjs: 财政局 and then 决算
    const both = (names, letters) => [...letters].some((_, at) => at > 1 && means(page.kind, letters.slice(at)) && called("", names, letters.slice(0, at), false));
    const tabled = letters => table(topic => topic.letters.some(one => one === letters || one.replace(/b$/, "") === letters));
    const within = letters => page.district >= 0 && list.districts[page.district].letters === letters;
    for (const letters of ask.letters) {
      if (means(page.kind, letters) || both(own.letters, letters)) kind = true;
      else if (!within(letters) && !tabled(letters) && !called(page.letters || "", own.letters, letters, letters.length > 2)) return null;
    }
    if (!named) found.points -= 30;
    if (page.year && !ask.years.length) found.points -= 10 + Math.min(9, list.last - page.year) / 2;
    if (!kind) found.points -= found.table ? 3 : 10;
    return found;
  };

  const ranked = found => found.sort((a, b) => b.points - a.points || b.page.year - a.page.year || (a.page.url < b.page.url ? -1 : 1));

  const jumps = async (text, list) => {
    const all = asked(text, list), readings = all.filter(ask => !ask.row), {whole, codes} = readings[0];
    const found = new Map(), keep = one => {
      const key = one.page.url + (one.label ? one.anchor : ""), old = found.get(key);
      if (!old || old.points < one.points) found.set(key, one);
    };
    for (const page of list.pages) {
      const points = titled(page, whole);
      if (points) keep({page, points, anchor: "", table: ""});
      if (!codes.length) for (const ask of readings) {
        const one = askedFor(ask) && !alone(page) && score(page, ask, list);
        if (one) keep(one);
      }
    }
    for (const code of codes) for (const one of await coded(code, readings, list)) keep(one);
    // a row by its name: 住房公积金 stands under several codes
    const named = all.filter(ask => ask.row);
    for (const number of named.length && !codes.length ? named[0].row : []) {
      for (const code of list.rows[number].codes) for (const one of await coded(code, named, list)) if (one.label.startsWith(`${code} `)) keep(one);
    }
    return ranked([...found.values()]);
  };
  /* The whole question as a title, as what a rule is called, as a part of a title. */
  const titled = (page, whole) => {
    if (page.plain === whole) return 1000;
    if (page.id === whole) return 900;
    if (whole.length < 2) return 0;
    return page.plain.startsWith(whole) ? 45 : !alone(page) && page.plain.includes(whole) ? 35 : 0;
  };
  const askedFor = ask => ask.years.length + ask.topics.length + ask.districts.length + ask.names.length + ask.letters.length > 0;

  /* ---- codes: their pages lie in a file for each first three digits */
  const files = new Map();
  const coded = async (code, readings, list) => {
    const group = code.slice(0, 3);
    if (!list.groups.has(group)) return [];
    if (!files.has(group)) files.set(group, fetched(`codes-${group}.json`));
    const found = [];
    for (const [full, places] of Object.entries(await files.get(group))) {
      if (!full.startsWith(code)) continue;
      for (const [title, anchor, steps] of places) {
        let number = 0;
        for (const step of steps) {
          const page = list.pages[number += step];
          for (const ask of readings) {
            const one = score(page, ask, list);
            if (one) found.push({...one, points: one.points + (full === code ? 0 : -20 - full.length), anchor, label: `${full} ${title}`});
          }
        }
      }
    }
    return found;
  };

  /* ---- full text */
  let engine = null;
  const pagefind = () => engine ||= import(new URL("pagefind/pagefind.js", here).href).then(async found => {
    await found.options({noWorker: true, excerptLength: 0});
    await found.init();
    return found;
  });
  const fullText = async text => (await (await pagefind()).search(spaced(text))).results;

  /* ---- showing: text and elements only */
  const element = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (name) made.className = name;
    return made;
  };
  const item = (title, url, notes) => {
    const made = element("li"), link = element("a", title);
    link.href = url;
    made.append(link, ...notes);
    return made;
  };
  const jumpItem = (one, list) => {
    const url = new URL(one.page.url + (one.anchor ? `#${one.anchor}` : ""), root);
    const district = one.page.district >= 0 ? list.districts[one.page.district].name : "", department = one.page.apart && list.departments[one.page.department]?.name;
    const place = [district, department].filter(name => name && !one.page.plain.includes(plain(name)));
    const notes = [one.label || one.table, ...place].filter(Boolean).join(" · ");
    return item(one.page.title, url, notes ? [element("span", notes, "mz-second")] : []);
  };
  const textItem = (data, pieces) => item(data.meta.title || data.url, new URL(data.raw_url.replace(/^\//, ""), root), [excerpt(data, pieces)]);
  /* Forty letters on either side of the first word that was asked for, which is marked wherever it stands there. */
  const excerpt = (data, pieces) => {
    const text = data.content.replace(data.meta.title || "", "").replace(/^[.。\s]+/, ""), lower = text.toLowerCase(), made = element("p", "", "mz-second");
    const first = Math.min(...pieces.map(piece => lower.indexOf(piece)).filter(at => at >= 0));
    const from = Number.isFinite(first) ? Math.max(0, first - 40) : 0, cut = text.slice(from, from + 110);
    if (from) made.append("…");
    let at = 0;
    for (let next; (next = nearest(cut.toLowerCase(), pieces, at)); at = next.end) made.append(cut.slice(at, next.start), element("mark", cut.slice(next.start, next.end)));
    made.append(cut.slice(at), from + 110 < text.length ? "…" : "");
    return made;
  };
  const nearest = (text, pieces, from) => pieces.map(piece => ({start: text.indexOf(piece, from), end: text.indexOf(piece, from) + piece.length}))
    .filter(one => one.start >= 0 && one.end > one.start).sort((a, b) => a.start - b.start || b.end - a.end)[0];

  /* ---- one question after the other; an answer that comes late is dropped */
  let list = null, turn = 0, settled = Promise.resolve(), rest = () => {};
  const say = text => { status.textContent = text; };
  const searchable = text => spaced(text).split(" ").flatMap(piece => [piece, ...(piece.match(/\d+|[a-z]+|\p{sc=Han}+/gu) || [])]);
  /* What is found in order: the jumps, then, asked for only when they are used up, the full text without what is there already. */
  async function* everything(text, found, count) {
    for (const one of found) yield jumpItem(one, list);
    if (!list.full) return;
    const shown = new Set(found.map(one => one.page.url)), pieces = searchable(text).filter(piece => piece.length > 1 || /\p{sc=Han}/u.test(piece));
    const results = await fullText(text);
    count.texts = results.length;
    for (const result of results) {
      const data = await result.data();
      if (!shown.has(data.raw_url.replace(/^\//, ""))) yield textItem(data, pieces);
    }
  }
  const shows = async (items, mine) => {
    for (let added = 0; added < SHOWN; added += 1) {
      const {value, done} = await items.next();
      if (mine !== turn) return;
      if (done) {
        more.hidden = true;
        return;
      }
      hits.append(value);
    }
    more.hidden = false;
  };
  const answer = async text => {
    const mine = ++turn;
    more.hidden = true;
    if (browse) browse.hidden = Boolean(plain(text));
    if (!plain(text)) {
      hits.replaceChildren();
      say("");
      return;
    }
    try {
      list ||= opened(await fetched("jump.json"));
      const found = await jumps(text, list), count = {jumps: found.length, texts: 0};
      if (mine !== turn) return;
      hits.replaceChildren(...found.slice(0, SHOWN).map(one => jumpItem(one, list)));
      await new Promise(done => setTimeout(done, PAUSE));
      if (mine !== turn) return;
      const items = everything(text, found, count);
      hits.replaceChildren();
      await shows(items, mine);
      rest = () => shows(items, mine).catch(failed);
      if (mine === turn) tell(text, count);
    } catch (error) {
      if (mine === turn) failed();
    }
  };
  const tell = (text, count) => {
    if (!hits.children.length) {
      if (browse) browse.hidden = false;
      say(`没有找到“${text.trim()}”。换短一些的词，或从下面的列表找起。`);
      return;
    }
    say([count.jumps && `直达 ${count.jumps} 条`, count.texts && `全文提到的 ${count.texts} 份`, !list.full && "预览只查标题、表名和编码"].filter(Boolean).join("，"));
  };
  const failed = () => {
    if (browse) browse.hidden = false;
    say(hits.children.length ? "全文没有查成：网站可能刚刚更新，请刷新页面再查。" : "没有取到查找要用的文件：请刷新页面，或从下面的列表找起。");
  };

  /* ---- the box and the keys */
  const ask = () => {
    const address = new URL(location.href);
    if (query.value.trim()) address.searchParams.set("q", query.value);
    else address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
    settled = answer(query.value);
    return settled;
  };
  const links = () => [...hits.querySelectorAll("a")];
  const openFirst = async () => {
    await settled;
    links()[0]?.click();
  };
  const move = (event, step) => {
    const stops = [query, ...links()], at = stops.indexOf(document.activeElement);
    if (at < 0 || !stops[at + step]) return;
    event.preventDefault();
    stops[at + step].focus();
  };
  const key = event => {
    // letters that are still being put together belong to the input method
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown") move(event, 1);
    else if (event.key === "ArrowUp") move(event, -1);
    else if (event.key === "Enter" && event.target === query) {
      event.preventDefault();
      openFirst();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (event.target === query) {
        query.value = "";
        ask();
      }
      query.focus();
    }
  };
  if (!form || !query || !hits || !status || !more) return;
  form.hidden = false;
  form.addEventListener("submit", event => {
    event.preventDefault();
    ask().then(() => links()[0]?.focus());
  });
  query.addEventListener("input", event => event.isComposing || ask());
  query.addEventListener("compositionend", ask);
  form.addEventListener("keydown", key);
  hits.addEventListener("keydown", key);
  more.addEventListener("click", () => {
    const before = links().length;
    rest().then(() => links()[before]?.focus());
  });
  query.value = (new URL(location.href).searchParams.get("q") || "").slice(0, query.maxLength);
  if (query.value) ask();
  else if (matchMedia("(pointer: fine)").matches) query.focus();
})();
