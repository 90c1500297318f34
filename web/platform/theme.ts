import { readStored, writeStored } from "./stored.ts";

export type ThemeChoice = "system" | "light" | "dark";

const key = "folio.theme";

export function readTheme(): ThemeChoice {
  const stored = readStored(key);
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Shows the page in this theme; `system` follows the device. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = choice;
}

export function chooseTheme(choice: ThemeChoice): void {
  applyTheme(choice);
  writeStored(key, choice === "system" ? undefined : choice);
}
