// The portal's one module. Every page works without it; it only adds ease.
import {
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  SkipLink,
  createAll,
} from "govuk-frontend";

import { letDraw } from "./drawing.js";
import { watchIdle } from "./idle.js";
import { keepForms } from "./kept.js";
import { clearWhenLeft } from "./leaving.js";
import { openMenu } from "./menu.js";
import { mindSwaps } from "./swaps.js";
import { watchTicks } from "./ticks.js";

function enhance(scope) {
  keepForms(scope);
  watchTicks(scope);
  letDraw(scope);
  createAll(Button, undefined, { scope });
  for (const component of [CharacterCount, ErrorSummary, NotificationBanner, PasswordInput]) {
    createAll(component, undefined, { scope });
  }
}

// A passkey that did not work or was not wanted: say so, instead of nothing.
document.addEventListener("allauth.error", (event) => {
  const words = document.querySelector("[data-passkey-problem]");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
});

createAll(SkipLink);
enhance(document);
watchIdle();
clearWhenLeft();
openMenu();
mindSwaps(enhance);
