import type { MediaForm } from "../../domain/content.ts";
import { GatewayError } from "../../domain/errors.ts";
import { type Convert, replace } from "./ffmpeg.ts";
import { inspectTrack, OPUS } from "./sound.ts";
import { listen } from "./waveform.ts";

export interface AudioFacts {
  readonly mimetype: string;
  readonly duration: number | null;
  readonly waveform: readonly number[] | null;
  readonly thumbnail: null;
}

/** One voice, as phones record it. */
const TO_VOICE = ["-vn", "-ac", "1", "-ar", "48000", "-c:a", "libopus", "-b:a", "32k", "-f", "ogg"];

const TO_AAC = ["-vn", "-c:a", "aac", "-b:a", "128k", "-f", "mp4"];

/**
 * Makes the file a sound that phones play: a voice note is Ogg with Opus, other sounds may be MP3, AAC or M4A too.
 * @throws GatewayError MEDIA_INVALID, also when ffmpeg would be needed and is not there
 */
export async function checkAudio(
  path: string,
  form: Extract<MediaForm, "VOICE_NOTE"> | null,
  convert: Convert,
): Promise<AudioFacts> {
  const given = await inspectTrack(path);
  const isVoice = form === "VOICE_NOTE";
  const isGood = !given.isVideo && (isVoice ? given.mimetype === OPUS : given.mimetype !== null);
  if (!isGood && !(await replace(path, convert, isVoice ? TO_VOICE : TO_AAC))) {
    throw isVoice ? noVoice() : noSound();
  }
  const { mimetype, duration } = isGood ? given : await inspectTrack(path);
  const heard = isVoice ? await listen(path, convert) : undefined;
  return {
    mimetype: mimetype ?? (isVoice ? OPUS : "audio/mp4"),
    duration: duration ?? heard?.duration ?? null,
    waveform: heard?.waveform ?? null,
    thumbnail: null,
  };
}

const noVoice = () =>
  new GatewayError(
    "MEDIA_INVALID",
    "A voice note is Ogg with Opus. Send such a file, or install ffmpeg on the gateway's machine: then it converts others.",
  );

const noSound = () =>
  new GatewayError(
    "MEDIA_INVALID",
    "This is no MP3, AAC, M4A or Ogg Opus file. Send one of these, or install ffmpeg on the gateway's machine: then it converts others. sendFile takes files of any type.",
  );
