// Says what has come in since the page was drawn, with a way to see it. Nothing moves under the finger.
{
  const arrivals = document.querySelector(".arrivals");
  let said = "";
  const say = (words, urgent) => {
    if (words === said) return;
    said = words;
    const show = document.createElement("a");
    show.href = arrivals.dataset.show;
    show.textContent = "Show";
    show.className = "roomy";
    arrivals.className = words ? `arrivals callout ${urgent ? "now" : "note"}` : "arrivals";
    arrivals.replaceChildren(...(words ? [`${words} `, show] : []));
  };
  const look = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(arrivals.dataset.ask, { headers: { Accept: "application/json", "X-Asks-By-Itself": "1" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      const { words, urgent } = await answer.json();
      say(words, urgent);
    } catch {
      // Signed out, hidden, or without a connection.
      say(arrivals.dataset.deaf, false);
    }
  };
  setInterval(look, 60000);
  document.addEventListener("visibilitychange", look);
}
