import { expect, test } from "vitest";
import { memorySessionState } from "../../../test/support/memory-session-state.ts";
import { createCredentialsKeeper, loadCredentials } from "./credentials.ts";
import { proto } from "./library.ts";

function linked(name: string) {
  const account = proto.ADVSignedDeviceIdentity.fromObject({ details: Buffer.from("details") });
  return { account, me: { id: "111:7@s.whatsapp.net", name } };
}

test("credentials come back as they were, bytes included", async () => {
  const state = memorySessionState();
  const creds = Object.assign(await loadCredentials(state), linked("Ana"));
  const keeper = createCredentialsKeeper(state, creds, () => {});
  keeper.save();
  await keeper.flush();
  const loaded = await loadCredentials(state);
  expect(loaded.noiseKey).toEqual(creds.noiseKey);
  expect(loaded.signedPreKey).toEqual(creds.signedPreKey);
  expect(loaded.me).toEqual(creds.me);
  expect(Buffer.from(loaded.account?.details ?? [])).toEqual(Buffer.from("details"));
});

test("each attempt to link begins with credentials of its own", async () => {
  const state = memorySessionState();
  const first = await loadCredentials(state);
  const keeper = createCredentialsKeeper(state, first, () => {});
  keeper.save();
  await keeper.flush();
  expect(state.credentials).toBeUndefined();
  expect((await loadCredentials(state)).noiseKey).not.toEqual(first.noiseKey);
});

test("saves follow one another, the latest wins, and the same is not saved twice", async () => {
  const state = memorySessionState();
  const creds = Object.assign(await loadCredentials(state), linked("first"));
  let saves = 0;
  const { saveCredentials } = state;
  state.saveCredentials = async (bytes) => {
    saves += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    await saveCredentials(bytes);
  };
  const keeper = createCredentialsKeeper(state, creds, () => {});
  keeper.save();
  await Promise.resolve();
  for (const name of ["second", "third"]) {
    creds.me.name = name;
    keeper.save();
  }
  keeper.save();
  await keeper.flush();
  expect((await loadCredentials(state)).me?.name).toBe("third");
  expect(saves).toBe(2);
});

test("a save that fails is heard of and breaks nothing else", async () => {
  const state = memorySessionState();
  const creds = Object.assign(await loadCredentials(state), linked("Ana"));
  state.saveCredentials = () => Promise.reject(new Error("disk full"));
  const heard: string[] = [];
  const keeper = createCredentialsKeeper(state, creds, ({ message }) => heard.push(message));
  keeper.save();
  await keeper.flush();
  expect(heard).toEqual(["disk full"]);
});
