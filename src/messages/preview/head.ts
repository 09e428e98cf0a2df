import { Parser } from "htmlparser2";

/** What a page says of itself, untrimmed. */
export interface PageHead {
  readonly title: string | null;
  readonly description: string | null;
  /** As it stands there: perhaps relative. */
  readonly image: string | null;
}

/** The better a source, the earlier it stands: Open Graph is made for previews. */
const TITLES = ["og:title", "twitter:title"];
const DESCRIPTIONS = ["og:description", "twitter:description", "description"];
const IMAGES = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image"];

/** Of one value: far more than phones show. */
const LONGEST = 4_096;

/** Reads the head of a page, whose rest may be missing. It looks at tags only and runs nothing. Pure. */
export function readHead(html: string): PageHead {
  const metas = new Map<string, string>();
  let title: string | null = null;
  let inTitle = false;
  const parser = new Parser({
    onopentag(name, { property, name: called, content }) {
      if (name === "title" && title === null) {
        inTitle = true;
        title = "";
      }
      const key = (property ?? called ?? "").toLowerCase();
      // The first of a kind stands: pages list their best image first.
      if (name === "meta" && content && !metas.has(key)) metas.set(key, content.slice(0, LONGEST));
    },
    ontext(text) {
      if (inTitle && title !== null && title.length < LONGEST) title += text;
    },
    onclosetag(name) {
      if (name === "title") inTitle = false;
    },
  });
  parser.end(html);
  const first = (names: readonly string[]) =>
    names.map((name) => metas.get(name)).find((value) => value?.trim()) ?? null;
  return { title: first(TITLES) ?? title, description: first(DESCRIPTIONS), image: first(IMAGES) };
}
