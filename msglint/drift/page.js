"use strict";
(() => {
  const page = document.documentElement;
  const find = (selector, within = document) => [...within.querySelectorAll(selector)];
  const target = (link) => document.getElementById(link.getAttribute("href").slice(1));
  page.classList.add("js");

  // A link into a folded article unfolds it, and the keyboard goes on from there.
  const reveal = () => {
    const element = document.getElementById(location.hash.slice(1));
    if (!element) return;
    if (element.closest("[hidden]") || getComputedStyle(element).display === "none") document.querySelector(".filter").reset();
    for (let around = element; around; around = around.parentElement) if (around.tagName === "DETAILS") around.open = true;
    setTimeout(() => {
      element.scrollIntoView({ block: element.tagName === "H2" ? "start" : "center" });
      if (element.tabIndex < 0) element.focus({ preventScroll: true });
    });
  };
  addEventListener("hashchange", reveal);

  // Table and map are one stop of the tab key each; arrows lead from mark to mark.
  const centre = (link) => {
    const box = link.getBoundingClientRect();
    return [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  };
  const beside = (links, from, dx, dy) => {
    const [x, y] = centre(from);
    let best = null, least = Infinity;
    for (const link of links) {
      if (link === from || !link.getClientRects().length) continue;
      const [a, b] = centre(link);
      const ahead = (a - x) * dx + (b - y) * dy, aside = Math.abs((a - x) * dy) + Math.abs((b - y) * dx);
      if (ahead > 0.5 && ahead + 2.5 * aside < least) [best, least] = [link, ahead + 2.5 * aside];
    }
    return best;
  };
  const ways = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  for (const area of find("[data-rove]")) {
    const links = find("a", area);
    links.forEach((link, i) => link.setAttribute("tabindex", i ? "-1" : "0"));
    let stop = links[0];
    area.addEventListener("focusin", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      stop.setAttribute("tabindex", "-1");
      link.setAttribute("tabindex", "0");
      stop = link;
    });
    area.addEventListener("keydown", (event) => {
      const way = ways[event.key], from = event.target.closest("a");
      if (!way || !from || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const next = beside(links, from, ...way);
      if (next) next.focus();
    });
  }

  // What a mark stands for is read from where it leads to.
  const tip = document.getElementById("tip"), [where, what] = find("p", tip), words = tip.querySelector("q");
  const hide = () => { tip.hidden = true; };
  const show = (link) => {
    const element = target(link);
    const section = element && element.closest(".section");
    if (!section) return hide();
    const whole = element === section, off = section.classList.contains("off");
    const said = whole ? !off && section.querySelector(".said") : element;
    where.textContent = section.closest("details").dataset.path + " — " + section.querySelector("h4").firstChild.textContent.trim();
    what.replaceChildren(...(said || section).querySelector(said ? "p" : ".near").cloneNode(true).childNodes);
    words.textContent = ((said && said.querySelector("q")) || section.querySelector(".opening"))?.textContent ?? "";
    words.hidden = !words.textContent;
    tip.classList.toggle("off", off);
    tip.hidden = false;
    const box = link.getBoundingClientRect(), height = tip.offsetHeight;
    const below = box.bottom + 8 + height < innerHeight;
    tip.style.left = Math.max(8, Math.min(box.left, innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.max(8, below ? box.bottom + 8 : box.top - height - 8) + "px";
    link.setAttribute("aria-describedby", "tip");
  };
  for (const area of find("[data-rove]")) {
    for (const kind of ["mouseover", "focusin"]) {
      area.addEventListener(kind, (event) => { const link = event.target.closest("a"); if (link) show(link); else hide(); });
    }
    area.addEventListener("focusout", hide);
    area.addEventListener("mouseleave", (event) => { if (event.relatedTarget !== tip) hide(); });
  }
  tip.addEventListener("mouseleave", hide);
  addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
  addEventListener("scroll", hide, { passive: true, capture: true });

  // One filter for the table, the map and the list.
  const form = document.querySelector(".filter");
  if (form) {
    const [text, claim, off, against, count] = ["text", "claim", "off", "against", "count"].map((n) => document.getElementById("filter-" + n));
    const parts = new Map();
    for (const part of find("[data-a]")) {
      if (!parts.has(part.dataset.a)) parts.set(part.dataset.a, []);
      parts.get(part.dataset.a).push(part);
    }
    const articles = find("details.article").map((details) => ({
      parts: parts.get(details.dataset.a),
      words: [details.dataset.path, ...find("h4", details).map((h) => h.firstChild.textContent)].join("\n").normalize("NFKC").toLowerCase(),
      claims: details.dataset.claims.split(" "),
      off: !!details.querySelector(".section.off"),
      against: !!details.querySelector(".section.no"),
    }));
    const filter = () => {
      const wanted = text.value.trim().normalize("NFKC").toLowerCase(), number = claim.value.replace("-", "");
      let shown = 0;
      for (const article of articles) {
        const fits = article.words.includes(wanted)
          && (!number || article.claims.includes(number) === (claim.value === number))
          && (!(off.checked || against.checked) || (off.checked && article.off) || (against.checked && article.against));
        if (fits) shown += 1;
        for (const part of article.parts) part.toggleAttribute("hidden", !fits);
      }
      page.classList.toggle("only-off", off.checked);
      page.classList.toggle("only-against", against.checked);
      const all = shown === articles.length && !off.checked && !against.checked;
      count.textContent = all ? "" : count.dataset.words.replace("{all}", articles.length).replace("{shown}", shown);
      document.getElementById("none").hidden = shown > 0;
    };
    let waiting = 0;
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
  }
  for (const button of find("[data-open]")) {
    button.addEventListener("click", () => find("details.article:not([hidden])").forEach((d) => { d.open = !!button.dataset.open; }));
  }
  reveal();
})();
