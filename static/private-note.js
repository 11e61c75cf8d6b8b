// A private note is saved when one leaves the box; the page says when, or that it was not.
for (const form of document.querySelectorAll(".private-note")) {
  const box = form.querySelector("textarea");
  const status = form.querySelector("[role=status]");
  let saved = box.value;
  box.addEventListener("blur", async () => {
    if (box.value === saved) return;
    const text = box.value;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" }, redirect: "error" });
      if (!answer.ok) throw new Error(answer.status);
      status.textContent = `${status.dataset.saved} ${(await answer.json()).saved}`;
      saved = text;
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}
