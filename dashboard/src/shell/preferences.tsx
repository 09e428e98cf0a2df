import type { SignedIn } from "../api/session.ts";
import { signOut } from "../api/session.ts";
import { IconButton } from "../ui/button.tsx";
import { Select } from "../ui/field.tsx";
import type { IconName } from "../ui/icon.tsx";
import { chooseLanguage, LANGUAGES, useLanguage, useWords } from "../words/words.ts";
import type { Theme } from "./theme.ts";
import { chooseTheme, useTheme } from "./theme.ts";

const THEMES: readonly (readonly [Theme, IconName])[] = [
  ["system", "screen"],
  ["light", "sun"],
  ["dark", "moon"],
];

/** Language, light or dark, and who is signed in. */
export function Preferences({ session }: { readonly session: SignedIn }) {
  const words = useWords();
  const language = useLanguage();
  const theme = useTheme();
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-3">
      <div className="flex flex-col gap-2">
        <Select
          bare
          label={words.language}
          value={language}
          onChange={({ target }) => void chooseLanguage(target.value)}
          options={LANGUAGES.map((code) => [code, nameOf(code)])}
        />
        <div role="group" aria-label={words.theme.label} className="flex gap-1">
          {THEMES.map(([name, icon]) => (
            <IconButton
              key={name}
              icon={icon}
              label={words.theme[name]}
              aria-pressed={theme === name}
              onClick={() => chooseTheme(name)}
            />
          ))}
        </div>
      </div>
      {session.keyed && (
        <div className="flex items-center justify-between gap-2 pl-2.5">
          <p className="min-w-0 truncate text-muted">
            {words.signIn.as} <span className="font-medium text-ink">{session.name}</span>
          </p>
          <IconButton icon="out" label={words.signIn.out} onClick={() => void signOut()} />
        </div>
      )}
    </div>
  );
}

/** As its own speakers write it. */
function nameOf(code: string): string {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code) ?? code;
  return name.charAt(0).toUpperCase() + name.slice(1);
}
