// Drag on the overview to zoom the timeline; double click or Escape shows all. Geometry stays in SVG attributes (percent of the shown range).
const main = document.querySelector("#trace");
const overview = main.querySelector(".mini > svg");
const names = ["x", "x1", "x2", "cx", "width"];
let original = new Map();
let shown = [0, 100];

// Remembers where everything stands when the whole trace is shown; again after rows were replaced.
function remember() {
  original = new Map([...main.querySelectorAll(".lane svg *, .ticks line, .mini .ruler text")].map((element) => [element,
    names.filter((name) => element.getAttribute(name)?.endsWith("%")).map((name) => [name, parseFloat(element.getAttribute(name))])]));
}

function show(from, to) {
  shown = [from, to];
  const scale = 100 / (to - from);
  for (const [element, values] of original) {
    for (const [name, value] of values) element.setAttribute(name, `${name === "width" ? value * scale : (value - from) * scale}%`);
  }
  main.querySelector(".tl").classList.toggle("zoomed", to - from < 100);
  overview.querySelector(".mask.l").setAttribute("width", `${from}%`);
  overview.querySelector(".mask.r").setAttribute("x", `${to}%`);
  overview.querySelector(".mask.r").setAttribute("width", `${100 - to}%`);
  for (const [side, at] of [["l", from], ["r", to]]) {
    for (const part of overview.querySelectorAll(`.handle.${side} *`)) {
      for (const name of ["x", "x1", "x2"]) if (part.hasAttribute(name)) part.setAttribute(name, `${at}%`);
    }
  }
}

// The range stands in the address as fractions, zoom=.27-.55, so that it can be sent to a colleague.
function keep() {
  const address = new URL(location.href);
  if (shown[1] - shown[0] < 100) address.searchParams.set("zoom", shown.map((at) => (at / 100).toFixed(3).replace(/^0/, "")).join("-"));
  else address.searchParams.delete("zoom");
  history.replaceState(null, "", address);
}

function restore() {
  remember();
  const [from, to] = (new URLSearchParams(location.search).get("zoom") ?? "").split("-").map((part) => parseFloat(part) * 100);
  if (to - from >= 1 && from >= 0 && to <= 100) show(from, to);
  else if (shown[1] - shown[0] < 100) {
    show(...shown); // the address of the rows just fetched does not know the range
    keep();
  }
}

const at = (event) => {
  const box = overview.getBoundingClientRect();
  return Math.min(100, Math.max(0, ((event.clientX - box.left) / box.width) * 100));
};

let start = null;
overview.addEventListener("pointerdown", (event) => {
  start = at(event);
  overview.setPointerCapture(event.pointerId);
});
overview.addEventListener("pointermove", (event) => {
  if (start === null) return;
  const [from, to] = [start, at(event)].sort((a, b) => a - b);
  if (to - from >= 1) show(from, to); // no narrower than 1 % of the trace
});
overview.addEventListener("pointerup", () => {
  start = null;
  keep();
});
function reset() {
  show(0, 100);
  keep();
}
overview.addEventListener("dblclick", reset);
addEventListener("keydown", (event) => { if (event.key === "Escape" && shown[1] - shown[0] < 100) reset(); });

main.addEventListener("swapped", restore);
restore();
