// Keeps what somebody is writing, in this tab only, until it was sent: a session that ends in the
// middle of a form loses nothing. Never passwords, files or hidden fields; gone with the tab, on
// signing out, and when somebody else signs in.

const PREFIX = "portal-kept:";

function store() {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}

function names(storage) {
  return Object.keys(storage).filter((name) => name.startsWith(PREFIX));
}

function keeper() {
  return document.body.dataset.keeper || "";
}

function prefixOf(person) {
  return `${PREFIX}${person}:`;
}

function load(storage, name) {
  try {
    return JSON.parse(storage.getItem(name));
  } catch {
    return null;
  }
}

function save(storage, name, kept) {
  try {
    storage.setItem(name, JSON.stringify(kept));
  } catch {
    // No room: nothing is kept, and nothing breaks.
  }
}

export function forgetAll() {
  const storage = store();
  if (storage) names(storage).forEach((name) => storage.removeItem(name));
}

// What was sent from the page before has arrived, unless this page says otherwise.
function settle(storage) {
  const person = keeper();
  const { mistakes, unsaved } = document.body.dataset;
  // Coming back or loading again after a broken connection is no answer to what was sent.
  const [navigation] = performance.getEntriesByType("navigation");
  const answer = !navigation || navigation.type === "navigate";
  const arrived = answer && person && mistakes === undefined && unsaved === undefined;
  for (const name of names(storage)) {
    if (person && !name.startsWith(prefixOf(person))) {
      storage.removeItem(name);
      continue;
    }
    const kept = load(storage, name);
    if (!kept || (kept.sent && arrived)) {
      storage.removeItem(name);
    } else if (kept.sent) {
      save(storage, name, { ...kept, sent: false });
    }
  }
}

function fields(form) {
  return [...form.elements].filter(
    (field) =>
      field.name && !["hidden", "password", "file", "submit", "button", "fieldset"].includes(field.type),
  );
}

function versionOf(form) {
  const field = form.elements.namedItem("version");
  return field && field.value ? field.value : "";
}

function take(form) {
  return fields(form).map((field) =>
    field.type === "checkbox" || field.type === "radio"
      ? [field.name, field.value, field.checked]
      : [field.name, field.value],
  );
}

function putBack(form, values) {
  let changed = false;
  for (const [name, value, checked] of values) {
    for (const field of fields(form).filter((each) => each.name === name)) {
      if (checked === undefined) {
        changed = changed || field.value !== value;
        field.value = value;
      } else if (field.value === value) {
        changed = changed || field.checked !== checked;
        field.checked = checked;
      }
    }
  }
  return changed;
}

function announce(form, name, storage) {
  const words = document.getElementById("app-kept");
  if (!words) return;
  const part = words.content.firstElementChild.cloneNode(true);
  part.querySelector("[data-forget]").addEventListener("click", () => {
    storage.removeItem(name);
    form.reset();
    part.remove();
    const first = fields(form)[0];
    if (first) first.focus();
  });
  form.before(part);
}

function keep(form, name, storage) {
  const kept = load(storage, name);
  const fresh = document.body.dataset.mistakes === undefined;
  if (kept && fresh) {
    if (kept.version !== versionOf(form)) {
      storage.removeItem(name); // Somebody changed it meanwhile: what was kept no longer fits.
    } else if (putBack(form, kept.values)) {
      announce(form, name, storage);
    }
  }
  const remember = (sent) =>
    save(storage, name, { version: versionOf(form), values: take(form), sent });
  form.addEventListener("input", () => remember(false));
  form.addEventListener("submit", () => remember(true));
}

let settled = false;

export function keepForms(scope) {
  const storage = store();
  if (!storage) return;
  if (!settled) settle(storage);
  settled = true;
  // An open page (/o/) may be somebody's voice without a name: it leaves nothing behind.
  if (!keeper() || window.location.pathname.startsWith("/o/")) return;
  const forms = scope.querySelectorAll("form[data-keep]");
  forms.forEach((form, index) => {
    if (form.dataset.kept) return;
    form.dataset.kept = "yes";
    const which = form.getAttribute("action") || window.location.pathname;
    keep(form, `${prefixOf(keeper())}${which}#${index}`, storage);
  });
}
