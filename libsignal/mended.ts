/**
 * Mends libsignal, the Signal protocol in JavaScript that Baileys brings along, for all who use it in
 * this process. To be imported before Baileys, which copies what it finds.
 */
import "./quiet.ts";
import "./jobs.ts";
import "./tries.ts";
import "./signatures.ts";
import "./chains.ts";
