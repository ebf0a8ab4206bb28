// Small helps for a page that works without them.
import { initAll } from "./govuk-frontend.min.js";

initAll();

// The slash goes to the search box, unless somebody is typing; it can be switched off in the browser's store.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable=true]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  if (localStorage.getItem("register-shortcuts") !== "off") {
    document.getElementById("search")?.focus();
    event.preventDefault();
  }
});

// A filter applies as soon as it is changed; its button is for those without scripts.
for (const form of document.querySelectorAll("form[data-filter]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Ticking the head of a list ticks its page.
for (const head of document.querySelectorAll("input[data-tick-all]")) {
  head.addEventListener("change", () => {
    for (const box of document.querySelectorAll(`input[name="${head.dataset.tickAll}"]`)) {
      box.checked = head.checked;
    }
  });
}

// What is typed and not yet saved is kept on the server, for the next time that the page is opened.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let timer;
  const keep = () => {
    const typed = {};
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") {
        typed[name] = value;
      }
    }
    fetch("/unsaved/", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRFToken": form.elements.csrfmiddlewaretoken.value,
      },
      body: JSON.stringify({ page: form.dataset.unsaved, typed }),
      keepalive: true,
    }).catch(() => {});
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 3000);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
}
