// Long lists of boxes: all or none at once, and how many are ticked.

function watch(list) {
  const bar = list.querySelector("[data-tick-all]");
  // A person's box stands for their lines, which are folded away.
  const boxes = [...list.querySelectorAll("input[type=checkbox]")].filter((box) => !box.closest("details"));
  if (!bar || boxes.length < 2) return;
  const said = bar.querySelector("[data-tick-count]");

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    said.textContent = bar.dataset.words
      .replace("%{ticked}", String(ticked))
      .replace("%{all}", String(boxes.length));
  }

  for (const button of bar.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault(); // Without scripts, the server ticks.
      for (const box of boxes) box.checked = button.dataset.tick === "all";
      boxes[0].dispatchEvent(new Event("input", { bubbles: true }));
    });
  }
  list.addEventListener("input", count);
  window.addEventListener("pageshow", count); // Coming back, the browser ticks what was ticked.
  count();
  bar.hidden = false;
}

export function watchTicks(scope) {
  for (const list of scope.querySelectorAll("[data-ticks]")) watch(list);
}
