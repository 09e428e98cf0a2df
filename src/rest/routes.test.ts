import { expect, test } from "vitest";
import { aliases } from "./aliases.ts";
import { Refusal } from "./answer.ts";
import { routeFor } from "./routes.ts";

function refused(method: string, path: string): Refusal {
  try {
    routeFor(method, path);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error("was found");
}

test.each(aliases)("$method $path is found, and no other alias in its place", (alias) => {
  const found = routeFor(alias.method, alias.path.replaceAll(/:(\w+)/g, "a-$1"));
  expect(found.alias).toBe(alias);
  const names = [...alias.path.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  expect(found.params).toEqual(Object.fromEntries(names.map((name) => [name, `a-${name}`])));
});

test.each(["/instances/", "/x/instances", "/instances/a/qr/b", "/Instances", "/graphqlx"])(
  "there is nothing at %s: paths are exact",
  (path) => {
    expect(refused("GET", path).answer).toMatchObject({
      status: 404,
      body: { error: { code: "NOT_FOUND" } },
    });
  },
);

test("a wrong method is told the right ones", () => {
  expect(refused("PUT", "/instances").answer).toMatchObject({
    status: 405,
    headers: { allow: "POST, GET, HEAD" },
    body: { error: { code: "METHOD_NOT_ALLOWED" } },
  });
  expect(refused("GET", "/instances/a/restart").answer.headers).toEqual({ allow: "POST" });
});

test("HEAD is answered where GET is", () => {
  expect(routeFor("HEAD", "/instances").alias.method).toBe("GET");
});

test("escapes in a parameter are undone, broken ones left", () => {
  expect(routeFor("GET", "/instances/a%20b/status").params).toEqual({ id: "a b" });
  expect(routeFor("GET", "/instances/a%zz/status").params).toEqual({ id: "a%zz" });
});
