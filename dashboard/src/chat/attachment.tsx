import type { MessageKind } from "../api/generated/operations.ts";
import { bytes } from "../ui/formats.ts";
import { Icon } from "../ui/icon.tsx";
import { useLanguage, useWords } from "../words/words.ts";
import type { Bubble } from "./message.ts";
import { mediaPath } from "./message.ts";

type Media = NonNullable<Bubble["media"]>;

interface AttachmentProps {
  readonly media: Media;
  readonly kind: MessageKind;
}

/** Pictures are shown, sounds and films are played here, and everything else is a link. */
export function Attachment({ media, kind }: AttachmentProps) {
  const words = useWords();
  const { url, width, height } = media;
  if (url === null) return <p className="text-muted italic">{words.kinds[kind]}</p>;
  const source = mediaPath(url);
  switch (kind) {
    case "IMAGE":
    case "STICKER":
      return (
        <a href={source} target="_blank" rel="noreferrer">
          <img
            src={source}
            alt={words.kinds[kind]}
            loading="lazy"
            // Its place is kept while it is on its way, so that nothing jumps.
            style={{
              aspectRatio: width !== null && height !== null ? `${width} / ${height}` : "4 / 3",
            }}
            className="mb-1 max-h-80 w-72 rounded-lg bg-raised object-cover"
          />
        </a>
      );
    case "VIDEO":
      return (
        <video
          src={source}
          controls
          preload="metadata"
          className="mb-1 aspect-video w-80 max-w-full rounded-lg bg-raised"
        >
          <track kind="captions" />
        </video>
      );
    case "AUDIO":
      return <audio src={source} controls preload="metadata" className="mb-1 w-72 max-w-full" />;
    case "ALBUM":
    case "CONTACTS":
    case "DOCUMENT":
    case "EVENT":
    case "LOCATION":
    case "POLL":
    case "TEXT":
    case "UNDECRYPTABLE":
    case "UNSUPPORTED":
      return <FileLink media={media} source={source} />;
  }
}

function FileLink({ media, source }: { readonly media: Media; readonly source: string }) {
  const words = useWords();
  const language = useLanguage();
  const { fileName, mimetype, size } = media;
  return (
    <a
      href={source}
      download={fileName ?? true}
      className="mb-1 flex items-center gap-3 rounded-lg bg-raised px-3 py-2.5 hover:underline"
    >
      <Icon name="file" size={22} />
      <span className="min-w-0">
        <span className="block truncate font-medium">{fileName ?? words.kinds.DOCUMENT}</span>
        <span className="text-xs text-muted">
          {size === null ? mimetype : bytes(size, language)}
        </span>
      </span>
    </a>
  );
}
