import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 100;
const heartbeatMs = 2_000;

/**
 * A holder that has not touched its file for this long is taken for dead even if a process has its
 * number: numbers are reused, and soon so in containers. Thirty missed beats.
 */
const staleMs = 60_000;

/**
 * Runs `work` while no other process holds `file`; says once that it waits. A lock left by a process
 * that has died is broken.
 *
 * @template T
 * @param {string} file
 * @param {(line: string) => void} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, say, work) {
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder === undefined) continue;
    if (isDead(file, holder)) {
      breakLock(file, holder);
      continue;
    }
    if (!told) {
      told = true;
      say(
        `Waiting for process ${holder.split(" ")[0]}, which is preparing this folder (${file}) …`,
      );
    }
    await sleep(pollMs);
  }
  const heartbeat = setInterval(() => touch(file), heartbeatMs);
  const release = () => {
    clearInterval(heartbeat);
    if (readHolder(file) === identity()) rmSync(file, { force: true });
  };
  // process.exit() inside the work, or an uncaught error, must not leave the file behind either.
  process.once("exit", release);
  try {
    return await work();
  } finally {
    process.removeListener("exit", release);
    release();
  }
}

/** The machine is named because a shared folder may be prepared by a container and its host at once. */
function identity() {
  return `${process.pid} ${hostname()}`;
}

/**
 * A link and not an exclusive create: the file appears with its content, so nobody ever reads an
 * empty one and takes its holder for dead.
 *
 * @param {string} file
 */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, identity());
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {string | undefined} undefined when the lock has just been released
 */
function readHolder(file) {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * @param {string} file
 * @param {string} holder
 */
function isDead(file, holder) {
  const [pid, host] = holder.split(" ");
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > staleMs) return true;
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    // EPERM means that it lives and belongs to somebody else.
    return codeOf(error) === "ESRCH";
  }
}

/**
 * Two processes may find the same dead holder. The file is renamed, which only one of them can do, and
 * looked at again: if it turns out to be the fresh lock of the other, it is put back.
 *
 * @param {string} file
 * @param {string} holder
 */
function breakLock(file, holder) {
  const aside = `${file}.${process.pid}.stale`;
  try {
    renameSync(file, aside);
    if (readHolder(aside) !== holder) linkSync(aside, file);
  } catch (error) {
    if (codeOf(error) !== "ENOENT" && codeOf(error) !== "EEXIST") throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** @param {string} file */
function touch(file) {
  try {
    if (readHolder(file) === identity()) utimesSync(file, new Date(), new Date());
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && "code" in error ? error.code : undefined;
}
