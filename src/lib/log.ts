import type { DestinationStream } from "pino";
import { pino } from "pino";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/**
 * One clean line per fact: a fixed message and fields beside it. Levels go by who must act: `error`
 * a person now, `warn` a person some day, `info` nobody, `debug` a developer who is looking.
 */
export interface Log {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** A log whose lines all carry these fields. */
  with(fields: object): Log;
}

/** JSON lines; in a terminal the same facts for people. */
export function createLog(level: LogLevel, out?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  const pretty = process.stdout.isTTY && out === undefined;
  if (!pretty) return wrap(pino(options, out ?? pino.destination({ fd: 1, sync: true })));
  const transport = {
    target: "pino-pretty",
    options: { ignore: "pid,hostname", singleLine: true },
  };
  return wrap(pino({ level, base: null, transport }));
}

type PinoLogger = ReturnType<typeof pino>;

function wrap(logger: PinoLogger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    with: (fields) => wrap(logger.child(fields)),
  };
}
