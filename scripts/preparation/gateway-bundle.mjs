import { rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";

/**
 * Bundles the gateway into `dist/`, see `scripts/build.ts`. Where that cannot be, the sources run as they
 * stand: a start that takes half a second longer is better than none.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {import("./steps.mjs").Step}
 */
export function gatewayBundle(root, say) {
  return {
    name: "gateway",
    message: "wagraph: bundling the gateway …",
    inputs: [
      "src",
      "package.json",
      "package-lock.json",
      "scripts/build.ts",
      "scripts/generators/bundle.ts",
    ],
    outputs: ["dist/main.mjs"],
    run: async () => {
      const node = join(root, "node_modules", "node", "bin", "node");
      try {
        await run(node, [join("scripts", "build.ts")], { cwd: root });
      } catch (error) {
        // What was built before belongs to other sources.
        rmSync(join(root, "dist"), { recursive: true, force: true });
        say(
          `wagraph: it runs unbundled: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    },
  };
}
