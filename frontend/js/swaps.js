// After htmx has swapped a part: enhance it, and never show a sign-in page inside another page.

export function mindSwaps(enhance) {
  document.body.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) enhance(event.target);
  });
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const { responseURL, responseText } = event.detail.xhr;
    const moved = responseURL && new URL(responseURL).pathname.startsWith("/account/");
    if (moved && /<html/i.test(responseText)) {
      // The session has ended: load this page again, which leads to signing in and back.
      event.detail.shouldSwap = false;
      window.location.assign(window.location.pathname + window.location.search);
    }
  });
  // A swapped part that asks for it gets the focus, so that it is read and the keyboard goes on there.
  document.body.addEventListener("htmx:afterSwap", (event) => {
    const wanted = event.detail.target.querySelector?.("[data-focus-on-swap]");
    if (wanted) wanted.focus();
  });
}
