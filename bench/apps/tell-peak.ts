/** Preloaded: tells, as the last line of stdout, the most memory that the process ever had, in KiB. */
process.once("exit", () => {
  process.stdout.write(`\npeak ${process.resourceUsage().maxRSS}\n`);
});
