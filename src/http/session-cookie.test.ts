import { expect, test } from "vitest";
import { sessionCookie } from "./session-cookie.ts";

const plain = sessionCookie(undefined);
const secure = sessionCookie("https://wa.example.com");

test.each([
  ["wagraph_session=abc", "abc"],
  ["other=1; wagraph_session=a-b_c", "a-b_c"],
  ["wagraph_session=abc; other=1", "abc"],
  ["not_wagraph_session=abc", undefined],
  ["__Host-wagraph_session=abc", undefined],
  ["wagraph_session=", undefined],
  ["wagraph_session=ours; wagraph_session=theirs", undefined],
  [undefined, undefined],
])("the session in %j", (header, session) => {
  expect(plain.read(header)).toBe(session);
});

test("over https only the name counts that no other page can set", () => {
  expect(secure.read("wagraph_session=theirs; __Host-wagraph_session=ours")).toBe("ours");
  expect(secure.write("ours", 60)).toBe(
    "__Host-wagraph_session=ours; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure",
  );
});
