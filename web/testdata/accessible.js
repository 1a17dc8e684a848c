// Lists what somebody without a mouse, with a screen reader, with weak eyes or
// with a narrow window would miss on the page.
(() => {
  const bad = [];
  const show = e => e.outerHTML.replace(/\s+/g, " ").slice(0, 90);
  const seen = e => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !e.closest(".hidden");
  const all = s => [...document.querySelectorAll(s)];

  for (const e of all("input:not([type=hidden]),select,textarea"))
    if (!e.labels?.length && !e.getAttribute("aria-label")) bad.push("no label: " + show(e));
  for (const e of all("a[href],button,summary"))
    if (!(e.textContent.trim() || e.getAttribute("aria-label") || e.querySelector("title"))) bad.push("no name: " + show(e));
  for (const e of all("svg:not([aria-hidden])")) {
    if (e.getAttribute("role") !== "img") bad.push("picture without a role: " + show(e));
    if (!e.querySelector(":scope > title")?.textContent.trim()) bad.push("picture without words: " + show(e));
  }
  for (const e of all("img")) if (!e.alt) bad.push("picture without words: " + show(e));
  for (const e of all("th")) if (!e.scope) bad.push("heading of a table without a direction: " + show(e));

  const ids = new Set();
  for (const e of all("[id]")) { if (ids.has(e.id)) bad.push("id twice: " + e.id); ids.add(e.id); }
  for (const e of all("a[href^='#']")) if (!ids.has(decodeURIComponent(e.hash.slice(1)))) bad.push("leads nowhere: " + show(e));
  for (const name of ["aria-labelledby", "aria-describedby"])
    for (const e of all(`[${name}]`)) for (const id of e.getAttribute(name).split(" ")) if (!ids.has(id)) bad.push(`${name} of nothing: ` + show(e));

  if (!document.documentElement.lang) bad.push("no language");
  if (!/\S – Casus$/.test(document.title)) bad.push("title: " + document.title);
  for (const [s, n] of [["h1", 1], ["main", 1], ["body > header", 1], ["body > footer", 1]])
    if (all(s).length !== n) bad.push(`${all(s).length} times ${s}`);
  for (const e of all("nav,aside,form[role=search]"))
    if (all(e.tagName).length > 1 && !e.getAttribute("aria-label") && e.tagName !== "FORM") bad.push("landmark without a name: " + show(e));
  let level = 0;
  for (const e of all("h1,h2,h3,h4,h5,h6").filter(seen)) {
    const n = +e.tagName[1];
    if (n > level + 1) bad.push(`h${n} after h${level}: ` + e.textContent.trim());
    level = n;
  }

  if (all("[tabindex]").some(e => e.tabIndex > 0)) bad.push("an order of focus of its own");
  const first = document.querySelector("a[href],button,input");
  if (first.className !== "skip") bad.push("the first thing in focus does not skip to the content");
  first.focus({ focusVisible: true });
  if (getComputedStyle(first).outlineStyle === "none") bad.push("focus is not to be seen");
  first.blur();
  if (document.documentElement.scrollWidth > innerWidth) bad.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  for (const e of all("a[href],button,select,input:not([type=hidden])").filter(seen)) {
    const r = e.getBoundingClientRect();
    if (e.matches("button,select,input") && (r.width < 16 || r.height < 16)) bad.push("too small to hit: " + show(e));
  }

  // Contrast of words against what lies behind them (WCAG 2.2, 1.4.3).
  const colour = s => {
    const n = s.match(/[\d.]+/g)?.map(Number) ?? [0, 0, 0, 0];
    if (s.startsWith("color(srgb")) return [n[0] * 255, n[1] * 255, n[2] * 255, n[3] ?? 1];
    return [n[0], n[1], n[2], n[3] ?? 1];
  };
  const over = (a, b) => a.slice(0, 3).map((x, i) => x * a[3] + b[i] * (1 - a[3])).concat(1);
  const behind = e => {
    const c = colour(getComputedStyle(e).backgroundColor);
    if (c[3] === 1) return c;
    return over(c, e.parentElement ? behind(e.parentElement) : [255, 255, 255, 1]);
  };
  const light = c => {
    const [r, g, b] = c.slice(0, 3).map(x => (x /= 255) <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const told = new Set();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n; n = walk.nextNode();) {
    const e = n.parentElement;
    if (!n.data.trim() || !seen(e) || e.closest("title,script,datalist,option")) continue;
    const style = getComputedStyle(e);
    const back = behind(e);
    const fore = over(colour(e instanceof SVGElement ? style.fill : style.color), back);
    const [a, b] = [light(fore), light(back)].sort((x, y) => y - x);
    const size = parseFloat(style.fontSize), large = size >= 24 || size >= 18.66 && +style.fontWeight >= 700;
    const ratio = (a + .05) / (b + .05), key = style.color + back;
    if (ratio < (large ? 3 : 4.5) && !told.has(key)) {
      told.add(key);
      bad.push(`contrast ${ratio.toFixed(2)}: ${n.data.trim().slice(0, 40)} in ${show(e).slice(0, 60)}`);
    }
  }
  return bad;
})()
