// Brings the numbers up to date every five seconds, without moving anything while somebody reads closely: not in a hidden page, not
// during a selection, not while something in it has the focus.
async function look() {
  const main = document.getElementById("main");
  if (document.hidden || String(getSelection()) || main.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (main.contains(document.activeElement)) return;
    main.replaceChildren(...fresh.getElementById("main").childNodes);
    document.querySelector(".top .intake").replaceWith(fresh.querySelector(".top .intake"));
  } catch {
    // The server is being restarted: look again next time.
  }
}
setInterval(look, 5000);
addEventListener("visibilitychange", look);
