import { createStore, useStore } from "../api/store.ts";
import type { en } from "./languages/en.ts";
import { en as english } from "./languages/en.ts";

/** Every text of the dashboard. A language is a file in `languages`; one that lacks a text does not compile. */
export type Words = typeof en;

/** The file of a language exports its words under the language's own code. */
type LanguageFile = Readonly<Record<string, Words>>;

const files = import.meta.glob<LanguageFile>("./languages/*.ts");

/** Codes such as `pt`, by the names of the files. */
export const LANGUAGES: readonly string[] = Object.keys(files).map(
  (path) => /(\w+)\.ts$/.exec(path)?.[1] ?? path,
);

const KEPT_AS = "wagraph.language";

const current = createStore<{ readonly code: string; readonly words: Words }>({
  code: "en",
  words: english,
});

export const useWords = (): Words => useStore(current).words;

/** The code of the language that is shown, for dates and numbers. */
export const useLanguage = (): string => useStore(current).code;

/** What was chosen here before, or else the first of the browser's languages that there is. */
export async function startLanguage(): Promise<void> {
  const wished = [localStorage.getItem(KEPT_AS) ?? "", ...navigator.languages];
  const codes = wished.map((tag) => tag.split("-")[0] ?? "");
  await show(codes.find((code) => LANGUAGES.includes(code)) ?? "en");
}

export async function chooseLanguage(code: string): Promise<void> {
  localStorage.setItem(KEPT_AS, code);
  await show(code);
}

async function show(code: string): Promise<void> {
  const words = (await files[`./languages/${code}.ts`]?.())?.[code];
  if (!words) return;
  document.documentElement.lang = code;
  current.set({ code, words });
}
