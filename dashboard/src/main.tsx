import "./style.css";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { checkSession } from "./api/session.ts";
import { startTheme } from "./shell/theme.ts";
import { startLanguage } from "./words/words.ts";

/** Between two tries to reach a gateway that does not answer at all. */
const RETRY_MS = 2_000;

startTheme();
const root = document.querySelector("#root");
if (!root) throw new Error("The page has no root.");
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);

async function begin(): Promise<void> {
  try {
    await checkSession();
  } catch {
    setTimeout(() => void begin(), RETRY_MS);
  }
}
void begin();
