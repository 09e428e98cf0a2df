import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

type FixtureName = "clip.mpegts" | "dance.gif" | "film.mp4" | "song.mp3" | "voice.ogg";

export const fixturePath = (name: FixtureName): string =>
  fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** A small file of ffmpeg's test sources. */
export const fixture = (name: FixtureName): Buffer => readFileSync(fixturePath(name));

const isThere = spawnSync("ffmpeg", ["-version"]).status === 0;

/** Why a test that converts cannot run here; on CI ffmpeg has to be there. */
export const withoutFfmpeg = isThere || process.env["CI"] === "true" ? "" : " (skipped: no ffmpeg)";
