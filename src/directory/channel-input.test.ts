import { expect, test } from "vitest";
import { changeIn, channelCodeIn, channelIdIn, nameIn, serverIdIn } from "./channel-input.ts";

const ID = "120363400000000001@newsletter";

test.each([ID, " 120363400000000001 "])("%j names a channel", (text) => {
  expect(channelIdIn(text)).toBe(ID);
});

test.each(["", "news", "120363400000000001@g.us", "1@newsletter", "120363-1@newsletter"])(
  "%j names none",
  (text) => {
    expect(() => channelIdIn(text)).toThrow("is no id of a channel");
  },
);

test.each([
  "0029VaAbCdEfGh",
  "https://whatsapp.com/channel/0029VaAbCdEfGh",
  "https://www.whatsapp.com/channel/0029VaAbCdEfGh?x=1",
  "whatsapp.com/channel/0029VaAbCdEfGh/117",
])("%j is a link", (text) => {
  expect(channelCodeIn(text)).toBe("0029VaAbCdEfGh");
});

test.each(["", "x", "https://chat.whatsapp.com/AbCdEfGhIjKlMnOp", "a b c d e f g h"])(
  "%j is none",
  (text) => {
    expect(() => channelCodeIn(text)).toThrow("is no link to a channel");
  },
);

test("what is changed is what is given", () => {
  expect(changeIn({ name: " News ", description: null })).toEqual({ name: "News" });
  expect(changeIn({ description: "" })).toEqual({ description: "" });
  expect(() => changeIn({ name: null })).toThrow("at least one thing");
  expect(() => nameIn("x".repeat(101))).toThrow("100 characters");
});

test.each(["0", "-1", "1.5", "117x", "", "1".repeat(19)])("%j is no number of a post", (text) => {
  expect(() => serverIdIn(text)).toThrow("is no serverId");
});
