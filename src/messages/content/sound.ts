import { parseFile } from "music-metadata";

/** What a file of sound or video says of itself. */
export interface Track {
  /** As WhatsApp names it; null for what its phones do not play. */
  readonly mimetype: string | null;
  readonly isVideo: boolean;
  /** In seconds, at least 1; null when the file does not say. */
  readonly duration: number | null;
}

const UNKNOWN: Track = { mimetype: null, isVideo: false, duration: null };

/** Reads the beginning of a file; what is damaged or none of these is unknown. */
export async function inspectTrack(path: string): Promise<Track> {
  try {
    const { format } = await parseFile(path, { duration: true, skipCovers: true });
    const { container = "", codec = "", duration, hasVideo = false } = format;
    return {
      mimetype: mimetypeOf(container, codec, hasVideo),
      isVideo: hasVideo,
      duration: duration === undefined ? null : Math.max(1, Math.round(duration)),
    };
  } catch {
    return UNKNOWN;
  }
}

function mimetypeOf(container: string, codec: string, hasVideo: boolean): string | null {
  if (hasVideo) return /isom|mp4|avc1|3gp|M4V|dash/i.test(container) ? "video/mp4" : null;
  if (container === "Ogg" && codec.startsWith("Opus")) return OPUS;
  if (container === "MPEG") return "audio/mpeg";
  if (container.startsWith("ADTS")) return "audio/aac";
  return codec.startsWith("MPEG-4/AAC") ? "audio/mp4" : null;
}

/** What voice notes are made of. */
export const OPUS = "audio/ogg; codecs=opus";
