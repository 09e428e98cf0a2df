import { spawn } from "node:child_process";
import { once } from "node:events";
import { rename } from "node:fs/promises";
import { GatewayError } from "../../domain/errors.ts";
import { Semaphore } from "../../lib/semaphore.ts";

/**
 * Reads a file with ffmpeg, where the machine has it.
 * @param input the file; what it is, ffmpeg finds out
 * @param output what to do with it, as ffmpeg's own options; `pipe:1` goes to `take`
 * @returns whether there is an ffmpeg
 * @throws GatewayError MEDIA_INVALID when it can make nothing of the file, UNAVAILABLE when the gateway stops
 */
export type Convert = (
  input: string,
  output: readonly string[],
  take?: (chunk: Buffer) => void,
) => Promise<boolean>;

/** A video of the largest size that is taken is done in less; what is not is made to be slow. In milliseconds. */
const DEADLINE_MS = 120_000;

/** It takes whole processors: one at a time leaves the rest to the accounts. */
const AT_ONCE = 1;

/** Of what it says about a file, for the log. */
const MAX_COMPLAINT = 2_000;

/** What is read. Playlists are not among them: those name other files, and addresses. */
const FORMATS =
  "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,ogg,mp3,wav,flac,aac,amr,gif,avi,asf,mpegts,mpeg,caf,aiff";

/** Nothing but the file itself is opened, and none of its processes outlives the gateway. */
export function createConvert(): { readonly convert: Convert } & Disposable {
  const turns = new Semaphore(AT_ONCE);
  const stopping = new AbortController();
  return {
    async convert(input, output, take) {
      const release = await turns.acquire(stopping.signal).catch(stopped);
      try {
        return await run(input, output, stopping.signal, take);
      } finally {
        release();
      }
    },
    [Symbol.dispose]: () => stopping.abort(),
  };
}

async function run(
  input: string,
  output: readonly string[],
  stop: AbortSignal,
  take: ((chunk: Buffer) => void) | undefined,
): Promise<boolean> {
  const careful = ["-protocol_whitelist", "file,pipe", "-format_whitelist", FORMATS];
  const args = ["-nostdin", "-v", "error", "-threads", "1", ...careful, "-i", `file:${input}`];
  const deadline = AbortSignal.timeout(DEADLINE_MS);
  const child = spawn("ffmpeg", [...args, "-map_metadata", "-1", "-y", ...output], {
    stdio: ["ignore", "pipe", "pipe"],
    signal: AbortSignal.any([stop, deadline]),
    killSignal: "SIGKILL",
  });
  let complaint = "";
  child.stdout.on("data", (chunk: Buffer) => take?.(chunk));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = `${complaint}${text}`.slice(0, MAX_COMPLAINT);
  });
  try {
    const [code] = (await once(child, "close")) as [number | null];
    if (code === 0) return true;
    throw new Error(`ffmpeg ended with ${code}: ${complaint}`);
  } catch (cause) {
    if (isAbsent(cause)) return false;
    if (stop.aborted) return stopped();
    const why = deadline.aborted ? "It takes too long to convert." : "Nothing can be made of it.";
    throw new GatewayError("MEDIA_INVALID", `The file is damaged or unknown. ${why}`, {}, cause);
  }
}

/** Makes another file of it in its place. @returns whether there is an ffmpeg */
export async function replace(
  path: string,
  convert: Convert,
  output: readonly string[],
): Promise<boolean> {
  const made = `${path}.made`;
  if (!(await convert(path, [...output, `file:${made}`]))) return false;
  await rename(made, path);
  return true;
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function stopped(): never {
  throw new GatewayError("UNAVAILABLE", "The gateway is being stopped.");
}
