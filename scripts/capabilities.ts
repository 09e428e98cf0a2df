/** The second half of `npm run codegen`: writes docs/capabilities.md from the schema and the typed documents. */
import { writeFileSync } from "node:fs";
import { capabilitiesFile, printedCapabilities } from "./generators/capabilities.ts";

writeFileSync(capabilitiesFile, await printedCapabilities());
console.log("Wrote docs/capabilities.md.");
