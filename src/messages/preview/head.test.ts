import { expect, test } from "vitest";
import { readHead } from "./head.ts";

test("Open Graph comes before what is meant for other readers", () => {
  const html = `<!doctype html><html><head><title>Plain &amp; simple</title>
    <meta name="description" content="plain">
    <meta property="og:description" content="graph">
    <meta property="og:image" content="/first.png"><meta property="og:image" content="/second.png">
    <meta property="og:title" content="Tom &amp; Jerry"></head></html>`;
  expect(readHead(html)).toEqual({
    title: "Tom & Jerry",
    description: "graph",
    image: "/first.png",
  });
});

test("a bare title does, of a page that is cut off anywhere", () => {
  expect(readHead("<title>Plain &amp; simple</title><meta name=desc")).toEqual({
    title: "Plain & simple",
    description: null,
    image: null,
  });
  expect(readHead("<title>Cut o").title).toBe("Cut o");
});

test("what only looks like a tag is none", () => {
  const html = `<script>"<meta property='og:title' content='no'>"</script><!-- <title>no</title> -->`;
  expect(readHead(html).title).toBeNull();
});
