import { expect, test } from "vitest";
import { type Ending, judgeClose } from "./close.ts";

const ending: Ending = {
  code: null,
  conflict: null,
  scanning: false,
  message: "it ended",
  cause: null,
};

test.each([
  [401, "LOGGED_OUT", "LOG_OUT"],
  [403, "FORBIDDEN", "STOP"],
  [405, "CLIENT_OUTDATED", "STOP"],
  [408, "CONNECTION_LOST", "RECONNECT"],
  [411, "MULTIDEVICE_MISMATCH", "STOP"],
  [428, "CONNECTION_CLOSED", "RECONNECT"],
  [440, "REPLACED", "STOP"],
  [500, "BAD_SESSION", "RECONNECT"],
  [503, "SERVICE_UNAVAILABLE", "RECONNECT"],
  [515, "RESTART_REQUIRED", "RESTART"],
  [499, "CONNECTION_CLOSED", "RECONNECT"],
  [null, "CONNECTION_CLOSED", "RECONNECT"],
])("code %s is %s: %s", (code, reason, reaction) => {
  expect(judgeClose({ ...ending, code })).toEqual({ code, reason, reaction, message: "it ended" });
});

test("a conflict because the phone removed us is a logout, whatever its code", () => {
  const judged = judgeClose({ ...ending, code: 440, conflict: "device_removed" });
  expect(judged).toMatchObject({ reason: "LOGGED_OUT", reaction: "LOG_OUT" });
  expect(judgeClose({ ...ending, code: 440, conflict: "replaced" }).reason).toBe("REPLACED");
});

test("only a socket that showed QR codes can run out of them", () => {
  expect(judgeClose({ ...ending, code: 408, scanning: true })).toMatchObject({
    reason: "QR_EXPIRED",
    reaction: "STOP",
  });
  expect(judgeClose({ ...ending, code: 503, scanning: true }).reason).toBe("SERVICE_UNAVAILABLE");
});

test("a cause of our own comes before every code", () => {
  const judged = judgeClose({ ...ending, code: 401, cause: "STORE_FAILED" });
  expect(judged).toMatchObject({ reason: "STORE_FAILED", reaction: "RECONNECT" });
  expect(judgeClose({ ...ending, cause: "STOPPED_BY_USER" }).reaction).toBe("STOP");
});
