// On a phone the ways on of who has many stand behind one button; without this module all are seen.

export function openMenu() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-menu]");
    if (button) open(button, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    const nav = event.key === "Escape" && event.target.closest?.(".app-nav");
    const button = nav && nav.querySelector("[data-menu][aria-expanded=true]");
    if (!button) return;
    open(button, false);
    button.focus();
  });
}

function open(button, wanted) {
  button.setAttribute("aria-expanded", String(wanted));
}
