import { runCampaign } from "./campaign.ts";
import { chaosOptions } from "./options.ts";
import { printReport } from "./report.ts";

const tell = (line: string) => void process.stderr.write(`${line}\n`);

try {
  const options = chaosOptions(process.argv.slice(2));
  tell(`seed ${options.seed}, ${options.rounds} kills`);
  const report = await runCampaign({ ...options, tell });
  printReport(report);
  if (report.violations.length > 0) {
    const { rounds, seed } = options;
    tell(`Once more: npm run chaos -- --rounds ${rounds} --seed ${seed}`);
    process.exitCode = 1;
  }
} catch (error) {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
// Baileys' Signal code, on which the simulated phones run, leaves timers behind.
process.exit();
