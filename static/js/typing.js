// What somebody types into a form is kept in this tab until it is saved, so that a sign-in that ends in
// between loses nothing: signed in again, they find it back in the form. The server keeps drafts every
// three seconds (register.js); this keeps the rest, and forms of which the server keeps nothing.
const PREFIX = "typed ";
const TEXT = ["", "text", "email", "url", "tel", "number", "date"].map((type) =>
  type ? `input[type=${type}]` : "input:not([type])",
);
const SECRET =
  "input[type=password], input[name=code], input[autocomplete=one-time-code], [data-not-kept]";
const UNKEPT = new Set(["file", "password", "submit", "button", "reset", "image"]);

const who = document.body.dataset.who ?? "";
const here = location.pathname + location.search;
const arrived = performance.getEntriesByType("navigation")[0];
const isRefused = (arrived?.responseStatus ?? 200) >= 400;

const store = (() => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
})();
const keys = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
const forget = (wanted = () => true) =>
  keys()
    .filter(wanted)
    .forEach((key) => store.removeItem(key));
const read = (key) => {
  try {
    return JSON.parse(store.getItem(key));
  } catch {
    return null;
  }
};
const write = (key, entry) => {
  try {
    store.setItem(key, JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
};

const isTick = ({ type }) => type === "checkbox" || type === "radio";
const isKept = ({ name, type }) =>
  name && !UNKEPT.has(type) && (type !== "hidden" || name === "row_version" || name.endsWith("-form"));
const stateOf = (field) => {
  if (isTick(field)) {
    return field.checked;
  }
  return field.multiple ? [...field.selectedOptions].map(({ value }) => value) : field.value;
};
// A form's fields, each under a name of its own: ticks of one question share theirs.
const fieldsOf = (form) => {
  const counts = {};
  return [...form.elements].filter(isKept).map((field) => {
    const name = isTick(field) ? `${field.name}=${field.value}` : field.name;
    counts[name] = (counts[name] ?? 0) + 1;
    return [`${name} ${counts[name]}`, field];
  });
};
const typedIn = (form) =>
  Object.fromEntries(fieldsOf(form).map(([name, field]) => [name, stateOf(field)]));
const holds = (form, typed) =>
  fieldsOf(form).every(
    ([name, field]) =>
      field.type === "hidden" ||
      !(name in typed) ||
      JSON.stringify(stateOf(field)) === JSON.stringify(typed[name]),
  );
const putBack = (form, typed) => {
  for (const [name, field] of fieldsOf(form)) {
    const was = typed[name];
    if (was === undefined) {
      continue;
    }
    if (isTick(field)) {
      field.checked = was;
    } else if (field.multiple) {
      [...field.options].forEach((option) => (option.selected = was.includes(option.value)));
    } else {
      field.value = was;
    }
  }
  form.dispatchEvent(new Event("register:put-back"));
  form.dispatchEvent(new Event("input"));
};

const timeOf = (at) => {
  const time = new Date(at);
  const clock = time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday
    ? clock
    : `${clock} on ${time.toLocaleDateString("en-GB", { day: "numeric", month: "long" })}`;
};
const box = (form, words, ...buttons) => {
  const made = document.createElement("div");
  made.className = "govuk-inset-text";
  made.setAttribute("role", "status");
  const said = document.createElement("p");
  said.className = "govuk-body";
  said.textContent = words;
  const group = document.createElement("div");
  group.className = "govuk-button-group";
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = label;
    button.addEventListener("click", () => act(made));
    group.append(button);
  }
  made.append(said, group);
  form.before(made);
};

const offer = (form, key, entry) => {
  const time = timeOf(entry.at);
  const drop = ["Forget it", (made) => (store.removeItem(key), made.remove())];
  const said = `You typed something here at ${time} that was not saved.`;
  box(form, said, [`Put back what you typed at ${time}`, (made) => (putBack(form, entry.typed), made.remove())], drop);
};
const giveBack = (form, key, entry) => {
  putBack(form, entry.typed);
  const said = `What you typed at ${timeOf(entry.at)} is back in the form. It is not saved yet.`;
  box(form, said, ["Forget what I typed", () => (store.removeItem(key), location.reload())]);
};

const follow = (form, key) => {
  let timer;
  const keep = (isSent = false) => {
    clearTimeout(timer);
    timer = undefined;
    return write(key, { who, here, at: Date.now(), isSent, typed: typedIn(form) });
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 200);
  });
  addEventListener("pagehide", () => timer && keep());
  form.addEventListener("submit", () => {
    // The server learns that nothing is lost where it has to ask for a sign-in first.
    if (keep(true) && !form.querySelector("input[name=kept-in-tab]")) {
      const told = document.createElement("input");
      Object.assign(told, { type: "hidden", name: "kept-in-tab", value: "1" });
      form.append(told);
    }
  });
};

const tidy = () => {
  for (const key of keys()) {
    const entry = read(key);
    if (!entry || entry.who !== who) {
      // Another person's, who was signed in here before.
      store.removeItem(key);
    } else if (entry.isSent && !entry.isUnsaved && !isRefused) {
      // Sent and led on: it is saved.
      if (entry.here !== here || arrived?.redirectCount > 0) {
        store.removeItem(key);
      }
    }
  }
};

const begin = () => {
  tidy();
  const forms = [...document.querySelectorAll("main form")].filter(
    (form) =>
      form.getAttribute("method")?.toLowerCase() === "post" &&
      form.querySelector(["textarea", ...TEXT].join()) &&
      !form.querySelector(SECRET) &&
      !form.hasAttribute("hx-post"),
  );
  forms.forEach((form, place) => {
    const key = `${PREFIX}${here} ${place}`;
    const entry = read(key);
    if (entry && isRefused) {
      // It came back with what is wrong: nothing is saved yet.
      write(key, { ...entry, isSent: false });
    } else if (entry && !holds(form, entry.typed)) {
      (entry.isUnsaved ? giveBack : offer)(form, key, entry);
    }
    follow(form, key);
  });
  for (const form of document.querySelectorAll('form[action$="/unsaved/forget/"]')) {
    form.addEventListener("submit", () => forget((key) => read(key)?.here === here));
  }
  for (const form of document.querySelectorAll('form[action$="/logout/"]')) {
    form.addEventListener("submit", () => forget());
  }
};

if (store && who) {
  begin();
} else if (store) {
  // Asked to sign in: what was sent on the way here was not saved.
  for (const key of keys()) {
    const entry = read(key);
    if (entry?.isSent) {
      write(key, { ...entry, isUnsaved: true });
    }
  }
}
