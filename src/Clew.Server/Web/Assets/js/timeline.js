// Timeline: follows links of the trace page without loading the whole page (the server renders the same components), and keys.
const main = document.querySelector("#trace");
const one = (selector) => main.querySelector(selector);
const all = (selector) => [...main.querySelectorAll(selector)];

let latest = 0;

// Fetches an address of this trace and puts its rows, tools and footer in place of the present ones.
async function visit(href, { history: mode = "replace", focus } = {}) {
  const ticket = ++latest;
  const address = new URL(href, location.href);
  const answer = await fetch(address);
  if (ticket !== latest) return; // a later click has overtaken this one
  if (!answer.ok) return location.assign(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of [".notice", ".sub.flush", ".seg", ".rows", ".foot"]) {
    const [old, fresh] = [one(part), page.querySelector(`#trace ${part}`)];
    if (old && fresh) old.replaceWith(fresh);
  }
  history[mode === "push" ? "pushState" : "replaceState"](null, "", address);
  main.dispatchEvent(new CustomEvent("swapped"));
  const row = document.getElementById(decodeURIComponent(address.hash.slice(1)));
  if (row) show(row);
  (focus ? one(focus) : row?.querySelector(".op, .fold"))?.focus({ preventScroll: true });
}

// Scrolls only as far as needed: a row in view stays where it is under the pointer.
function show(row) {
  const top = one(".tl-head").getBoundingClientRect().bottom;
  const { top: y, bottom } = row.getBoundingClientRect();
  if (y < Math.max(0, top) || bottom > innerHeight) row.scrollIntoView({ block: "center" });
}

main.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  visit(link.getAttribute("href"), { history: link.dataset.swap });
});

// A click anywhere on a row's lane opens its span, as a click on its name does.
main.addEventListener("click", (event) => {
  if (event.target.closest(".lane")) event.target.closest(".row")?.querySelector("a.op")?.click();
});

main.addEventListener("submit", (event) => {
  event.preventDefault();
  const parameters = new URLSearchParams(new FormData(event.target));
  const again = parameters.get("find") === new URLSearchParams(location.search).get("find");
  const next = one("[data-key=enter]");
  if (again && next) return visit(next.getAttribute("href"), { focus: ".find input" });
  visit(`?${parameters}`, { focus: ".find input" });
});

addEventListener("popstate", () => visit(location.href));

const links = () => all(".row a.op");
function step(by) {
  const list = links();
  const at = list.indexOf(document.activeElement.closest(".row")?.querySelector("a.op"));
  const selected = at < 0 ? list.indexOf(one(".row.cur a.op")) : at;
  const next = list[Math.min(list.length - 1, Math.max(0, selected + by))];
  next?.focus({ preventScroll: true });
  if (next) show(next.closest(".row"));
}

function nextError() {
  const rows = all(".row");
  const at = rows.indexOf(document.activeElement.closest(".row"));
  const failed = (row) => row.querySelector(".aside .em");
  const row = rows.slice(at + 1).find(failed) ?? rows.find(failed);
  if (!row) return;
  row.querySelector("a.op").focus({ preventScroll: true });
  show(row);
}

const actions = {
  f: () => step(1),
  b: () => step(-1),
  e: nextError,
  y: () => (document.activeElement.closest(".row") ?? one(".row.sel"))?.nextElementSibling?.querySelector("[data-copy-href]")?.click(),
};

addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && (event.key === "b" || event.key === "f")) {
    event.preventDefault();
    one(".find input").focus();
    return one(".find input").select();
  }
  if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = actions[event.key] ?? byKey(event.key);
  if (!action) return;
  event.preventDefault();
  action();
});

// Keys that stand on a link of the page.
function byKey(key) {
  const link = all("[data-key]").find((element) => element.dataset.key === key.toLowerCase());
  return link && (() => link.click());
}

// In the tree arrows move and fold, as in any treegrid.
main.addEventListener("keydown", (event) => {
  const row = event.target.closest(".row");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const expanded = row.getAttribute("aria-expanded");
  const action = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    ArrowRight: () => expanded === "false" ? row.querySelector("a.fold").click() : step(1),
    ArrowLeft: () => expanded === "true" ? row.querySelector("a.fold").click() : toParent(row),
  }[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

function toParent(row) {
  const level = Number(row.getAttribute("aria-level"));
  for (let above = row.previousElementSibling; above; above = above.previousElementSibling) {
    if (above.matches(".row") && Number(above.getAttribute("aria-level")) < level) return above.querySelector("a.op")?.focus();
  }
}

// Width of the name column: drag or arrow keys on the grip, kept in local storage.
const grip = one(".grip");
const tree = one(".tl");
function resize(width) {
  const px = Math.min(900, Math.max(200, Math.round(width)));
  tree.style.setProperty("--name", `${px}px`);
  grip.setAttribute("aria-valuenow", px);
  return px;
}
const kept = Number(localStorage.getItem("clew-name-column"));
if (kept) resize(kept);
grip.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  grip.onpointermove = (move) => localStorage.setItem("clew-name-column", resize(move.clientX - tree.getBoundingClientRect().left));
  grip.onpointerup = () => { grip.onpointermove = null; };
});
grip.addEventListener("keydown", (event) => {
  const by = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
  if (!by) return;
  event.preventDefault();
  localStorage.setItem("clew-name-column", resize(Number(grip.getAttribute("aria-valuenow")) + by));
});

// Loaded with a match in the address but no fragment: bring it into view.
if (!location.hash && one(".row.cur")) show(one(".row.cur"));
