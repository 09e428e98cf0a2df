export type SimulatorErrorCode =
  | "BAD_REQUEST"
  | "NOT_ALLOWED"
  | "ACCOUNT_NOT_FOUND"
  | "DEVICE_NOT_FOUND"
  | "GROUP_NOT_FOUND"
  | "CHANNEL_NOT_FOUND"
  | "CALL_NOT_FOUND"
  | "NOT_FOUND"
  | "METHOD_NOT_ALLOWED"
  | "UNSUPPORTED_MEDIA_TYPE"
  | "PAYLOAD_TOO_LARGE"
  | "LINK_REFUSED"
  | "LIMIT_REACHED"
  | "TIMEOUT"
  | "STOPPED";

const STATUS: Readonly<Record<SimulatorErrorCode, number>> = {
  BAD_REQUEST: 400,
  NOT_ALLOWED: 403,
  ACCOUNT_NOT_FOUND: 404,
  DEVICE_NOT_FOUND: 404,
  GROUP_NOT_FOUND: 404,
  CHANNEL_NOT_FOUND: 404,
  CALL_NOT_FOUND: 404,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  PAYLOAD_TOO_LARGE: 413,
  LINK_REFUSED: 409,
  LIMIT_REACHED: 409,
  TIMEOUT: 504,
  STOPPED: 503,
};

/** A failure the caller can act on. The control API answers it with `status` and `{error: {code, message}}`. */
export class SimulatorError extends Error {
  readonly code: SimulatorErrorCode;
  readonly status: number;

  constructor(code: SimulatorErrorCode, message: string) {
    super(message);
    this.name = "SimulatorError";
    this.code = code;
    this.status = STATUS[code];
  }
}
