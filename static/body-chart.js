// A tap on the figure ticks the box of that place; a sentence reads back what is marked.
for (const chart of document.querySelectorAll(".q-regions")) {
  const sentence = chart.querySelector(".marked");
  if (!sentence) continue;
  const places = [...chart.querySelectorAll("input[type=checkbox][value]")].filter((box) => chart.querySelector(`[href="#${box.id}"]`));
  const others = [...chart.querySelectorAll("input[type=checkbox]")].filter((box) => !places.includes(box));
  const words = (box) => box.labels[0].textContent.trim();
  const read = () => {
    const marked = places.filter((box) => box.checked).map(words);
    sentence.textContent = marked.length ? `${sentence.dataset.words} ${marked.join(", ")}.` : sentence.dataset.none;
  };
  chart.querySelector(".figures").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link) return;
    event.preventDefault();
    const box = document.getElementById(link.getAttribute("href").slice(1));
    box.checked = !box.checked;
    if (box.checked) others.forEach((other) => { other.checked = false; });
    read();
  });
  chart.addEventListener("change", read);
  for (const box of places) {
    const shapes = chart.querySelectorAll(`.r-${box.value}`);
    const show = (on) => shapes.forEach((shape) => shape.classList.toggle("here", on));
    box.addEventListener("focus", () => show(true));
    box.addEventListener("blur", () => show(false));
    shapes.forEach((shape) => { shape.innerHTML = `<title>${words(box)}</title>`; });
  }
  read();
}
