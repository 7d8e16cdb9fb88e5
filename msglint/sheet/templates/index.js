(() => {
  "use strict";
  const id = (name) => document.getElementById(name);
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const texts = JSON.parse(id("texts").textContent).map(fold);
  const cards = [...document.querySelectorAll(".card")];
  const selects = ["persona", "stage", "claim", "state"].map(id);
  const query = id("q"), count = id("count"), dialog = id("dialog");
  const now = new Date(), two = (n) => String(n).padStart(2, "0");
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const expired = [...id("state").options].find((o) => o.value === "expired");

  for (const card of cards) {
    const badge = card.querySelector(".state");
    if (card.dataset.state === "current" && card.dataset.expires && card.dataset.expires <= today) {
      card.dataset.state = "expired";
      badge.className = "state expired";
      badge.textContent = expired.textContent;
    }
  }

  const show = () => {
    const words = fold(query.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    cards.forEach((card, i) => {
      const hit = words.every((word) => texts[i].includes(word)) &&
        selects.every((select) => !select.value || card.dataset[select.id] === select.value);
      card.hidden = !hit;
      shown += hit;
    });
    count.textContent = count.dataset.of.replace("{}", shown);
    id("none").hidden = shown > 0;
    const chosen = new URLSearchParams([query, ...selects].filter((f) => f.value).map((f) => [f.id, f.value]));
    try { history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname); } catch { /* a page without an address */ }
  };

  const recall = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const field of [query, ...selects]) field.value = chosen.get(field.id) || "";
    for (const select of selects) if (select.selectedIndex < 0) select.value = "";
    show();
  };

  id("filters").addEventListener("input", show);
  id("filters").addEventListener("submit", (event) => event.preventDefault());
  id("filters").addEventListener("reset", () => setTimeout(() => { show(); query.focus(); }));
  addEventListener("hashchange", recall);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !dialog.open && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      query.focus();
    }
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.classList.contains("preview")) {
      id("dialog-title").textContent = button.closest(".card").querySelector("h2").textContent;
      id("page").src = button.dataset.page;
      dialog.showModal();
    } else if (button.id === "close") {
      dialog.close();
    } else if (button.dataset.persona !== undefined) {
      for (const field of [query, ...selects]) field.value = button.dataset[field.id] || "";
      show();
      query.focus();
    }
  });
  dialog.addEventListener("close", () => id("page").removeAttribute("src"));
  recall();
})();
