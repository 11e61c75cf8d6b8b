// A decision and the private note beside it are kept for their writer after each answer; the page says when, or that they were not.
{
  const form = document.getElementById("decision-form");
  let running = null;
  let next = null;
  let leaving = false;
  const send = async (status) => {
    const body = new FormData(form);
    body.set("keep", "1");
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "error", keepalive: true, signal: AbortSignal.timeout(8000) });
      if (!answer.ok) throw new Error(answer.status);
      status.textContent = `${status.dataset.kept} ${(await answer.json()).kept}`;
      form.elements.private_was.value = body.get("private_text");
    } catch {
      status.textContent = status.dataset.failed;
    }
  };
  const keep = async (status) => {
    if (leaving) return;
    next = running ? status : null;
    if (running) return;
    running = send(status);
    await running;
    running = null;
    if (next) keep(next);
  };
  document.addEventListener("change", ({ target }) => {
    if (target.form === form) keep(target.closest("form, section").querySelector("[data-kept]"));
  });
  // What a button sends comes after what is on its way.
  form.addEventListener("submit", async (event) => {
    leaving = true;
    if (!running) return;
    event.preventDefault();
    const { submitter } = event;
    await running;
    running = null;
    form.requestSubmit(submitter);
  });
}
