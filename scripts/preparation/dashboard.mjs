import { rmSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.mjs";

/**
 * Builds the dashboard into `dashboard/dist`. Where that cannot be, the gateway starts without one and says
 * so to whoever asks for it.
 *
 * @param {string} root
 * @param {(line: string) => void} say
 * @returns {import("./steps.mjs").Step}
 */
export function dashboard(root, say) {
  return {
    name: "dashboard",
    message: "wagraph: building the dashboard …",
    inputs: [
      "dashboard/index.html",
      "dashboard/vite.config.ts",
      "dashboard/src",
      "package-lock.json",
    ],
    outputs: ["dashboard/dist/index.html"],
    run: async () => {
      const vite = join("node_modules", "vite", "bin", "vite.js");
      const node = join(root, "node_modules", "node", "bin", "node");
      try {
        // Whatever the shell or a test runner says: React's own checks would be half of the download.
        const env = { NODE_ENV: "production" };
        await run(node, [vite, "build", "dashboard"], { cwd: root, env });
      } catch (error) {
        // What was built before belongs to other sources.
        rmSync(join(root, "dashboard", "dist"), { recursive: true, force: true });
        say(
          `wagraph: there is no dashboard: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    },
  };
}
