// Answers without a name are taken off the page when it is left: a browser may keep pages as they
// were and show them again to whoever presses Back on a shared phone.

export function clearWhenLeft() {
  window.addEventListener("pagehide", () => {
    for (const form of document.querySelectorAll("form[data-private]")) form.remove();
  });
}
