// A decision and the private note beside it are kept for their writer after each answer; the page says when, or that they were not.
const form = document.getElementById("decision-form");
let busy = false;
let next = null;
const keep = async (status) => {
  next = busy ? status : null;
  if (busy) return;
  busy = true;
  const body = new FormData(form);
  body.set("keep", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error", keepalive: true });
    if (!answer.ok) throw new Error(answer.status);
    status.textContent = `${status.dataset.kept} ${(await answer.json()).kept}`;
  } catch {
    status.textContent = status.dataset.failed;
  }
  busy = false;
  if (next) keep(next);
};
document.addEventListener("change", ({ target }) => {
  if (target.form === form) keep(target.closest("form, section").querySelector("[data-kept]"));
});
