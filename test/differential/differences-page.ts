/** docs/ansible-differences.md, made of the cases' own words. Pure. */
import type { Case } from "./case";
import type { More } from "./module-case";

const HEAD = `# Differences from Ansible

Made from the known differences of [the differential test](../test/differential/README.md), which runs every case by Debian's
ansible-core 2.14 and by Armstead; a test keeps this page as it is (\`UPDATE_DIFFERENCES=1 npx jest test/differential/differences\`
renews it). What is not listed here and has a case is the same: files, statuses of tasks, counters and shown values.
\`check\`, \`apply\` and \`again\` are the runs; \`*\` stands for anything.
`;

/** The page. */
export function differencesPage(
  cases: readonly Case[],
  additions: Readonly<Record<string, More>>,
): string {
  const topics = [
    ...new Set(cases.filter((it) => Object.keys(it.differs).length > 0).map((it) => it.file)),
  ];
  const parts = topics.map((topic) => {
    const own = cases.filter((it) => it.file === topic);
    return `\n## ${topic}\n\n${own.flatMap(linesOf).join("\n")}\n`;
  });
  const later = Object.entries(additions).flatMap(([name, it]) =>
    it.later === undefined ? [] : [`- ${name}: ${it.later}`],
  );
  const newer = `\n## Not compared: newer than Debian's Ansible\n\n${later.join("\n")}\n`;
  return [HEAD, ...parts, newer].join("");
}

/** One line a reason, with the places where it shows. */
function linesOf({ name, differs }: Case): string[] {
  const reasons = [...new Set(Object.values(differs))];
  return reasons.map((reason) => {
    const places = Object.keys(differs).filter((it) => differs[it] === reason);
    return `- ${name}: ${reason} (${places.map((it) => `\`${it}\``).join(", ")})`;
  });
}
