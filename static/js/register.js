// Small helps for a page that works without them.
// The address of the design system's script carries a digest, so the page tells it.
const { initAll } = await import(document.body.dataset.design);

initAll();

// A filter applies as soon as it is changed; its button is for those without scripts.
for (const form of document.querySelectorAll("form[data-filter]")) {
  form.addEventListener("change", () => form.requestSubmit());
}

// Ticking the head of a list ticks its page, also where the list came after the page.
document.addEventListener("change", ({ target }) => {
  if (target.dataset.tickAll) {
    for (const box of document.querySelectorAll(`input[name="${target.dataset.tickAll}"]`)) {
      box.checked = target.checked;
    }
  }
});

// A text that is there to be copied is copied with one press.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    // Without a secure address the clipboard is closed to scripts: the text is selected all the same.
    const copied = await navigator.clipboard?.writeText(field.value).then(
      () => true,
      () => false,
    );
    document.getElementById(`${field.id}-copied`).textContent = copied
      ? "Copied."
      : "Selected: press Ctrl and C to copy it.";
  });
}

// What is typed and not yet saved is kept on the server, for the next time that the page is opened.
for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let timer;
  const keep = () => {
    const typed = {};
    for (const [name, value] of new FormData(form)) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") {
        // Ticks of one question share a name.
        typed[name] = name in typed ? [typed[name], value].flat() : value;
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

// Warns five minutes before the sign-in ends, and offers to stay; what is typed is kept either way.
const ends = document.body.dataset.sessionEnds;
if (ends) {
  const warning = document.createElement("dialog");
  warning.className = "register-timeout";
  warning.setAttribute("aria-labelledby", "timeout-title");
  warning.innerHTML =
    '<h2 class="govuk-heading-m" id="timeout-title">You will soon be signed out</h2>' +
    '<p class="govuk-body">Your sign-in ends in five minutes. Stay signed in to go on.</p>' +
    '<button class="govuk-button" type="button">Stay signed in</button>';
  document.body.append(warning);
  let timer;
  const plan = (end) => {
    clearTimeout(timer);
    const wait = Math.max(0, new Date(end) - Date.now() - 5 * 60 * 1000);
    timer = setTimeout(() => warning.showModal(), Math.min(wait, 2 ** 31 - 1));
  };
  warning.querySelector("button").addEventListener("click", async () => {
    warning.close();
    const { sessionStay, csrf } = document.body.dataset;
    const answer = await fetch(sessionStay, { method: "POST", headers: { "X-CSRFToken": csrf } });
    if (answer.ok) {
      plan((await answer.json()).ends);
    }
  });
  plan(ends);
}

// A link to a part that is folded opens it.
const unfold = () => {
  const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  part?.closest("details")?.setAttribute("open", "");
};
unfold();
addEventListener("hashchange", unfold);
