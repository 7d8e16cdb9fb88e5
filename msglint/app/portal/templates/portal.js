(() => {
  "use strict";
  // A choice in the filters is followed at once; the button stays for words, and for those without scripts.
  for (const form of document.querySelectorAll("form[data-follow]")) {
    form.addEventListener("change", (event) => { if (event.target.matches("select")) form.requestSubmit(); });
    form.addEventListener("submit", () => { for (const field of form.elements) if (field.name && !field.value) field.disabled = true; });
    addEventListener("pageshow", () => { for (const field of form.elements) field.disabled = false; });
  }
  // One tap sends once; the server counts a form once in any case.
  for (const form of document.querySelectorAll("form.feedback")) {
    let sent = false;
    form.addEventListener("submit", (event) => {
      if (sent) event.preventDefault();
      sent = true;
    });
    addEventListener("pageshow", () => { sent = false; });
  }
  const faults = document.getElementById("faults");
  if (faults) faults.focus();
  addEventListener("keydown", (event) => {
    const search = document.querySelector("#q");
    if (event.key === "/" && search && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
      event.preventDefault();
      search.focus();
    }
  });
})();
