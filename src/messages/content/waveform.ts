import type { Convert } from "./ffmpeg.ts";

/** Phones draw this many bars, each from 0 to 100. */
const BARS = 64;

/** Samples per second that are looked at: enough to see how loud a voice is. */
const RATE = 8_000;

/** Loudness is measured over a twentieth of a second. */
const WINDOW = RATE / 20;

export interface Loudness {
  readonly waveform: readonly number[];
  /** In seconds. */
  readonly duration: number;
}

/** Listens to a file. @returns nothing without ffmpeg */
export async function listen(path: string, convert: Convert): Promise<Loudness | undefined> {
  const meter = createMeter();
  const raw = ["-vn", "-ac", "1", "-ar", String(RATE), "-f", "s16le", "pipe:1"];
  return (await convert(path, raw, meter.take)) ? meter.read() : undefined;
}

/** Adds up signed samples of 16 bits as they come, so that an hour is never held at once. */
function createMeter() {
  const levels: number[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let samples = 0;
  let energy = 0;
  return {
    take(chunk: Buffer): void {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      for (let at = 0; at + 1 < bytes.length; at += 2) {
        energy += bytes.readInt16LE(at) ** 2;
        samples += 1;
        if (samples % WINDOW !== 0) continue;
        levels.push(Math.sqrt(energy / WINDOW));
        energy = 0;
      }
      rest = bytes.subarray(bytes.length - (bytes.length % 2));
    },
    read: (): Loudness => ({
      waveform: barsOf(levels),
      duration: Math.max(1, Math.round(samples / RATE)),
    }),
  };
}

/** The mean of each part of the whole, the loudest being 100. Pure. */
function barsOf(levels: readonly number[]): readonly number[] {
  const means = Array.from({ length: BARS }, (_, bar) => {
    const from = Math.floor((bar * levels.length) / BARS);
    const part = levels.slice(from, Math.max(from + 1, ((bar + 1) * levels.length) / BARS));
    return part.length === 0 ? 0 : part.reduce((sum, level) => sum + level, 0) / part.length;
  });
  const loudest = Math.max(...means);
  return means.map((mean) => (loudest === 0 ? 0 : Math.round((mean * 100) / loudest)));
}
