// Each part improves a page that already works without it.
import { startForms } from "./forms.js";
import { startDrafts } from "./drafts.js";
import { startKeys } from "./keys.js";
import { startLive } from "./live.js";
import { startNarrow } from "./narrow.js";
import { startPasskeys } from "./passkeys.js";

startForms(document);
startDrafts(document);
startKeys();
startLive();
startNarrow(document);
startPasskeys(document);
