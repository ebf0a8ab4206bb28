// Keyboard shortcuts: a help that nobody needs. They do nothing while somebody types, and each person can
// switch them off (/keys/); the server is asked before the first of them is obeyed.
let on = null;
let goes = 0;
let held = null;

const isOn = async () => {
  if (on === null) {
    try {
      on = (await (await fetch("/keys/state/")).json()).on;
    } catch {
      on = false;
    }
  }
  return on;
};

const open = (address) => location.assign(address);

// The row in focus, else the page's own way to change what it shows.
const change = (target) => {
  const row = target.closest("tr, #main") ?? document;
  const own = target.closest("tr") ? row : document.getElementById("main");
  const ways = own.querySelectorAll('a[data-key="e"]');
  if (ways.length && (target.closest("tr") || ways.length === 1)) {
    open(ways[0].href);
  }
};

const acts = {
  "/": () => document.getElementById("search")?.focus(),
  "?": () => open("/keys/"),
  e: change,
};
const places = { r: "/register/", h: "/" };

// What was typed while the server was asked goes into the search that "/" led to.
const put = (typed) => {
  const box = document.activeElement;
  if (box?.id !== "search") {
    return;
  }
  for (const key of typed) {
    if (key === "Enter") {
      box.form.requestSubmit();
      return;
    }
    box.value += key;
  }
};

document.addEventListener("keydown", async (event) => {
  const { key, target } = event;
  if (held !== null && !event.ctrlKey && !event.metaKey && (key.length === 1 || key === "Enter")) {
    event.preventDefault();
    held.push(key);
    return;
  }
  const typing = target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  const follows = Date.now() - goes < 1500;
  goes = 0;
  const act = follows && places[key] ? () => open(places[key]) : acts[key];
  if (key === "g" && !follows) {
    goes = Date.now();
    isOn();
    return;
  }
  if (!act) {
    return;
  }
  // What is known already is decided before the browser acts on the key itself.
  if (on === false) {
    return;
  }
  event.preventDefault();
  held = [];
  const obeyed = await isOn();
  const typed = held;
  held = null;
  if (obeyed) {
    act(target);
    put(typed);
  }
});
