import type { MediaForm } from "../../domain/content.ts";
import { GatewayError } from "../../domain/errors.ts";
import { type Convert, replace } from "./ffmpeg.ts";
import { inspectTrack } from "./sound.ts";
import { thumbnailOf } from "./thumbnail.ts";

export interface VideoFacts {
  readonly mimetype: "video/mp4";
  readonly duration: number | null;
  readonly width: number | null;
  readonly height: number | null;
  /** A small JPEG of its beginning, base64; null without ffmpeg. */
  readonly thumbnail: string | null;
}

/** H.264 has no odd number of pixels, and phones play no more colours than these. */
const PICTURE = [
  "-vf",
  "scale=trunc(iw/2)*2:trunc(ih/2)*2",
  "-pix_fmt",
  "yuv420p",
  "-c:v",
  "libx264",
];

/** What is read first stands first, so that it plays while it still comes. */
const MP4 = ["-movflags", "+faststart", "-f", "mp4"];

/** Goes through it without decoding anything, and tells how far it has come. */
const LENGTH = ["-c", "copy", "-progress", "pipe:1", "-f", "null", "-"];

/** Characters of the last report; the others are of no use. */
const PROGRESS = 1_000;

const FIRST_FRAME = ["-frames:v", "1", "-f", "image2pipe", "-c:v", "mjpeg", "pipe:1"];

/**
 * Makes the file a video that phones play, which is MP4. A GIF has no sound, and may be made of a GIF image.
 * @throws GatewayError MEDIA_INVALID, also when ffmpeg would be needed and is not there
 */
export async function checkVideo(
  path: string,
  form: Extract<MediaForm, "GIF" | "VIDEO_NOTE"> | null,
  convert: Convert,
): Promise<VideoFacts> {
  const given = await inspectTrack(path);
  const isGood = given.mimetype === "video/mp4";
  const sound = form === "GIF" ? ["-an"] : ["-c:a", "aac"];
  if (!isGood && !(await replace(path, convert, [...PICTURE, ...sound, ...MP4]))) {
    throw new GatewayError(
      "MEDIA_INVALID",
      "This is no MP4 video. Send one, or install ffmpeg on the gateway's machine: then it converts others. sendFile takes files of any type.",
    );
  }
  const { duration } = isGood ? given : await inspectTrack(path);
  return {
    mimetype: "video/mp4",
    // A video without sound does not say it where the sound would.
    duration: duration ?? (await lengthOf(path, convert)),
    ...(await firstFrame(path, convert)),
  };
}

/** In seconds; null without ffmpeg, and for what has none. */
async function lengthOf(path: string, convert: Convert): Promise<number | null> {
  let progress = "";
  const isKnown = await convert(path, LENGTH, (chunk) => {
    progress = `${progress}${chunk.toString()}`.slice(-PROGRESS);
  }).catch(() => false);
  const [, micros] = /.*out_time_us=(\d+)/s.exec(progress) ?? [];
  return isKnown && micros ? Math.max(1, Math.round(Number(micros) / 1_000_000)) : null;
}

async function firstFrame(path: string, convert: Convert) {
  const chunks: Buffer[] = [];
  // Of a video without a picture nothing is seen, and that is no reason not to send it.
  const hasFrame = await convert(path, FIRST_FRAME, (chunk) => chunks.push(chunk)).catch(
    () => false,
  );
  if (!hasFrame || chunks.length === 0) return { width: null, height: null, thumbnail: null };
  const { default: sharp } = await import("sharp");
  const image = sharp(Buffer.concat(chunks));
  const { width, height } = await image.metadata();
  return { width, height, thumbnail: await thumbnailOf(image) };
}
