/**
 * Jest reporter of the long stages: one plain line as each test ends, because a file of them takes
 * minutes and jest itself is silent until the file is done.
 */
class CaseLines {
  onTestCaseResult(test, { status, ancestorTitles, title, duration }) {
    const name = [...ancestorTitles, title].join(" > ");
    const seconds = ((duration ?? 0) / 1000).toFixed(1);
    process.stderr.write(`  ${status.padEnd(7)} ${seconds.padStart(6)} s  ${name}\n`);
  }
}

module.exports = CaseLines;
