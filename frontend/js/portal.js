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

import { watchIdle } from "./idle.js";
import { keepForms } from "./kept.js";
import { mindSwaps } from "./swaps.js";

function enhance(scope) {
  createAll(Button, { preventDoubleClick: true }, { scope });
  for (const component of [CharacterCount, ErrorSummary, NotificationBanner, PasswordInput]) {
    createAll(component, undefined, { scope });
  }
  keepForms(scope);
}

createAll(SkipLink);
enhance(document);
watchIdle();
mindSwaps(enhance);
