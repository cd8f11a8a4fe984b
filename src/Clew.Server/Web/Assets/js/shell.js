// What every page needs: theme switch, "/" to the trace-id box, copy buttons.
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");
const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");

// The server reads the cookie and writes data-theme, so nothing flashes on load. Back at the system's choice the cookie goes.
document.querySelector("[data-theme-switch]").addEventListener("click", () => {
  const next = current() === "dark" ? "light" : "dark";
  const asSystem = next === (system.matches ? "dark" : "light");
  if (asSystem) delete root.dataset.theme; else root.dataset.theme = next;
  document.cookie = `clew-theme=${asSystem ? "" : next}; path=/; max-age=${asSystem ? 0 : 31536000}; samesite=lax`;
});

addEventListener("keydown", (event) => {
  if (event.target.closest?.("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".jump input").focus();
  }
  if (event.key === "?") document.querySelector(".top a[href$=help]")?.click();
});

// data-copy holds the text itself; data-copy-href an address, made absolute. The sign of success is a tick for a moment.
addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy], [data-copy-href]");
  if (!button) return;
  const text = button.dataset.copy ?? new URL(button.dataset.copyHref, location.href).href;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without a secure origin there is no clipboard interface: select in a field and copy the old way.
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "vh" });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1200);
});
