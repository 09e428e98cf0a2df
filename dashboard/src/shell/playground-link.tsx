import { Icon } from "../ui/icon.tsx";
import { useWords } from "../words/words.ts";

/** GraphiQL, in a page of its own, signed in by the same cookie. */
export function PlaygroundLink() {
  const words = useWords();
  return (
    <a
      href="/graphql"
      target="_blank"
      rel="noreferrer"
      className="flex h-9 items-center gap-3 rounded-lg px-2.5 font-medium text-muted hover:bg-raised hover:text-ink"
    >
      <Icon name="playground" />
      {words.nav.playground}
      <span className="sr-only">{words.newTab}</span>
    </a>
  );
}
