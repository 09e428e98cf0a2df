// libsignal writes whole session records, private keys included, to the console on ordinary traffic.
// Only its own lines are dropped, so the output of the program around us stays whole. This is never
// undone: as long as the process lives, a late session must not print its keys.
const LIBSIGNAL_LINES = [
  "Closing session:",
  "Opening session:",
  "Removing old closed session:",
  "Session already closed",
  "Session already open",
  "Migrating session to:",
  "Closing open session in favor of incoming prekey bundle",
  "Decrypted message with closed session.",
  "Failed to decrypt message with any known session...",
  "Session error:",
  "V1 session storage migration error",
];

function isLibsignalLine(first: unknown): boolean {
  return typeof first === "string" && LIBSIGNAL_LINES.some((line) => first.startsWith(line));
}

for (const level of ["info", "warn", "error", "log"] as const) {
  // oxlint-disable-next-line no-console -- the console itself is what has to be guarded
  const write = console[level].bind(console);
  // oxlint-disable-next-line no-console
  console[level] = (...args: unknown[]) => {
    if (!isLibsignalLine(args[0])) write(...args);
  };
}
