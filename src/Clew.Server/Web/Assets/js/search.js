// Search page: the list of operations follows the service; the range picker closes when left; statuses and limits apply at once.
const form = document.querySelector("#search");
const service = document.querySelector("#f-service");
const operation = document.querySelector("#f-operation");

let asked = service.value;
service.addEventListener("change", async () => {
  const name = asked = service.value;
  operation.value = "";
  const address = new URL("search/operations", form.action);
  address.search = new URLSearchParams(new FormData(form));
  const answer = await fetch(address);
  if (!answer.ok || name !== asked) return; // a later choice has been made meanwhile
  const list = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("datalist");
  document.querySelector("#operations").replaceWith(list);
  document.querySelector("#operation-count").textContent = name ? list.options.length : "";
  document.querySelector(".side .dot")?.remove();
});

for (const control of document.querySelectorAll("[name=status], [name=limit]")) {
  control.addEventListener("change", () => form.requestSubmit());
}

// Empty fields stay out of the address.
form.addEventListener("formdata", (event) => {
  for (const [name, value] of [...event.formData]) if (value === "" || (name === "limit" && value === "50")) event.formData.delete(name);
});

const range = document.querySelector(".range");
addEventListener("pointerdown", (event) => { if (!range.contains(event.target)) range.open = false; });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !range.open) return;
  range.open = false;
  range.querySelector("summary").focus();
});
