import * as fc from "fast-check";
import { expect, test } from "vitest";
import "./mended.ts";
import { type Ciphertext, SignalDevice } from "../simulator/signal/signal-device.ts";

const NORTH = "100000000000001@lid";
const SOUTH = "100000000000002@lid";

interface Side {
  readonly device: SignalDevice;
  readonly name: typeof NORTH;
  /** On its way to this side, in the order of the wire. */
  readonly incoming: { readonly text: string; readonly sealed: Ciphertext }[];
}

function side(name: string): Side {
  return { device: new SignalDevice(), name: name as typeof NORTH, incoming: [] };
}

async function write(from: Side, to: Side, text: string): Promise<void> {
  if (!(await from.device.hasSession(to.name))) {
    await from.device.openSession(to.name, to.device.bundle());
  }
  const sealed = await from.device.encrypt(to.name, Buffer.from(text));
  to.incoming.push({ text, sealed });
}

/** What was read and what was written, when something was on its way. */
async function read(from: Side, to: Side): Promise<readonly (readonly [string, string])[]> {
  const next = to.incoming.shift();
  if (next === undefined) return [];
  const { type, bytes } = next.sealed;
  const plain = await to.device.decrypt(from.name, type, Buffer.from(bytes));
  return [[Buffer.from(plain).toString(), next.text]];
}

const act = fc.constantFrom("north writes", "south writes", "north reads", "south reads");

test("two people may begin to write to each other at once: everything can be read", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 6, maxLength: 40 }), async (acts) => {
      const [north, south] = [side(NORTH), side(SOUTH)];
      const readings: (readonly [string, string])[] = [];
      await write(north, south, "first");
      await write(south, north, "first");
      for (const [at, what] of acts.entries()) {
        if (what === "north writes") await write(north, south, `n${at}`);
        if (what === "south writes") await write(south, north, `s${at}`);
        if (what === "north reads") readings.push(...(await read(south, north)));
        if (what === "south reads") readings.push(...(await read(north, south)));
      }
      while (north.incoming.length > 0) readings.push(...(await read(south, north)));
      while (south.incoming.length > 0) readings.push(...(await read(north, south)));
      expect(readings.map(([plain]) => plain)).toEqual(readings.map(([, text]) => text));
    }),
    { numRuns: 30 },
  );
});
