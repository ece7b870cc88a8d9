// Below a desk's width, the navigation of who has many links is behind one button. Without this
// module all links are seen.

export function openMenu() {
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-menu]");
    if (button) open(button, button.getAttribute("aria-expanded") !== "true");
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.target.closest?.(".app-header")) return;
    const button = document.querySelector("[data-menu][aria-expanded=true]");
    if (!button) return;
    open(button, false);
    button.focus();
  });
}

function open(button, wanted) {
  button.setAttribute("aria-expanded", String(wanted));
  button.closest(".app-header").classList.toggle("app-header--open", wanted);
}
