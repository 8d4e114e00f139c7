// A list is narrowed while one types: rows that do not hold every word are hidden. Enter goes to the only row that is left.

export function startNarrow(root) {
  for (const part of root.querySelectorAll("[data-narrow-list]")) begin(part, root);
}

function begin(part, root) {
  const field = part.querySelector("input");
  const told = part.querySelector("[data-narrow-nobody]");
  const lists = [...root.querySelectorAll(`[data-narrowed="${part.dataset.narrowList}"]`)];
  part.hidden = false;
  field.focus();

  const narrow = () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    let seen = 0;
    for (const list of lists) {
      let here = 0;
      for (const row of list.children) {
        const text = row.textContent.toLocaleLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        if (!row.hidden) here += 1;
      }
      (list.closest("section") ?? list).hidden = here === 0;
      seen += here;
    }
    told.textContent = seen === 0 ? told.dataset.narrowNobody : "";
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const left = lists.flatMap((list) => [...list.querySelectorAll("li:not([hidden]) [data-row-link]")]);
    if (field.value.trim() !== "" && left.length === 1) left[0].click();
    else left[0]?.focus();
  });
  narrow();
}
