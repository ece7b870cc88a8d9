// Warns before an idle session ends, in every tab at once, and lets the person stay.
import { forgetAll } from "./kept.js";

const SEEN = "portal-seen";
const WARN = 150; // Seconds before the end; people must have at least 120.
const GRACE = 5; // Past the end, so that the server has ended the session too.
const TICK = 1000;

function read() {
  try {
    return Number(localStorage.getItem(SEEN)) || 0;
  } catch {
    return 0;
  }
}

function write(when) {
  try {
    localStorage.setItem(SEEN, String(when));
  } catch {
    // Without storage each tab counts for itself.
  }
}

export function watchIdle() {
  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", forgetAll);
  }
  const limit = Number(document.body.dataset.idleSeconds);
  const dialog = document.getElementById("app-idle");
  if (!limit || !dialog || !dialog.showModal) return;

  const stayUrl = document.body.dataset.stayUrl;
  const left = dialog.querySelector("[data-idle-left]");
  let seen = Date.now();
  let leaving = false;
  write(seen);

  const lastSeen = () => Math.max(seen, read());
  const idle = () => (Date.now() - lastSeen()) / 1000;

  function leave() {
    if (leaving) return;
    leaving = true;
    // Leads to signing in, and from there back to this page.
    window.location.assign(window.location.pathname + window.location.search);
  }

  async function stay() {
    if (!stayUrl) return;
    const key = document.querySelector("input[name=csrfmiddlewaretoken]");
    try {
      const answer = await fetch(stayUrl, {
        method: "POST",
        credentials: "same-origin",
        redirect: "manual",
        headers: { "X-CSRFToken": key ? key.value : "", "X-Requested-With": "fetch" },
      });
      if (answer.ok) {
        seen = Date.now();
        write(seen);
      } else if (answer.type === "opaqueredirect" || answer.status === 403) {
        leave();
      }
    } catch {
      // No network just now: the warning stays, and the next click tries again.
    }
  }

  function say(seconds) {
    const minutes = Math.max(1, Math.ceil(seconds / 60));
    const words =
      minutes === 1 ? left.dataset.one : left.dataset.more.replace("%{count}", String(minutes));
    if (left.textContent !== words) left.textContent = words;
  }

  function look() {
    const rest = limit - idle();
    if (rest <= -GRACE) {
      leave();
    } else if (rest <= WARN) {
      say(rest);
      if (!dialog.open) dialog.showModal();
    } else if (dialog.open) {
      dialog.close(); // Another tab has stayed signed in.
    }
  }

  dialog.querySelector("[data-idle-stay]").addEventListener("click", async () => {
    await stay();
    look();
  });
  dialog.addEventListener("cancel", stay);

  // Writing is being there, though nothing is sent: tell the server now and then.
  const often = Math.max(30, limit / 5) * 1000;
  document.addEventListener("input", () => {
    if (Date.now() - lastSeen() > often && !dialog.open) stay();
  });
  document.addEventListener("visibilitychange", look);
  window.addEventListener("focus", look);
  window.addEventListener("storage", look);
  window.setInterval(look, TICK);
}
