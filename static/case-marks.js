// A part of a case is marked as seen without a jump; the part on the screen last is kept for coming back.
const marks = document.getElementById("marks");
const send = async (name, part, more) => {
  const body = new FormData(marks);
  body.set(name, part);
  const answer = await fetch(marks.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error", ...more });
  if (!answer.ok) throw new Error(answer.status);
  return (await answer.json()).seen;
};
marks.addEventListener("submit", async (event) => {
  event.preventDefault();
  const button = event.submitter;
  const status = button.closest(".part-mark").querySelector("[role=status]");
  try {
    const seen = await send(button.name, button.value);
    status.textContent = seen && `Seen ${seen}`;
    button.querySelector(".part-word").textContent = seen ? "Not seen yet" : "Mark as seen";
    button.name = seen ? "not_seen" : "seen";
    marks.parentNode.querySelector(`[data-part="${button.value}"]`).hidden = !seen;
  } catch {
    status.textContent = status.dataset.failed;
  }
});
const parts = [...document.querySelectorAll("[data-part]")].map((each) => document.getElementById(each.dataset.part));
let kept = parts[0]?.id;
addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden") return;
  const open = parts.filter((each) => each.getBoundingClientRect().top < innerHeight / 2).pop()?.id;
  if (!open || open === kept) return;
  kept = open;
  send("open", open, { keepalive: true }).catch(() => {});
});
