/**
 * A step as a program for /bin/sh, for the tool that the play puts on the node (files/step): functions that ask, check, run
 * and wait. Every word stands in single quotes, so that no value is ever read as anything but itself. Pure.
 */
import type { Argv, Columns, Command, Condition, LookUp, Step, Word } from "./steps/step";

/** See the header. */
export function renderStep(it: Step): string {
  const { done, lookUps, gates, commands, wait } = it;
  const lines = [
    `# ${oneLine(it.id)}`,
    `title=${quoteWord(it.title)}`,
    ...body("is_done", [
      ...(done.length === 0 ? ["return 1"] : []),
      ...lookedUp(lookUps, done),
      ...done.map((condition) => `${conditionText(condition)} || return 1`),
    ]),
    ...body("may_run", [
      ...gates.map(({ that, else: why }) => `${conditionText(that)} || refuse ${quoteWord(why)}`),
    ]),
    ...body("run", [...lookUps.map(lookUpText), ...commands.map(commandText)]),
    ...body("is_reached", [
      ...lookedUp(lookUps, wait?.until ?? []),
      ...(wait?.until ?? []).map((condition) => `${conditionText(condition)} || return 1`),
    ]),
    ...body("is_lost", [
      ...(wait?.giveUp ?? []).map((condition) => `${conditionText(condition)} && return 0`),
      "return 1",
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function body(name: string, lines: readonly string[]): string[] {
  return [`${name}() {`, ...lines.map((it) => `  ${it}`), "  :", "}"].filter(
    // A last `:` would hide the answer of `return 1`.
    (it, n, all) => !(it === "  :" && all[n - 1] === "  return 1"),
  );
}

/** Values that the conditions refer to; without one, the condition does not hold. */
function lookedUp(lookUps: readonly LookUp[], conditions: readonly Condition[]): string[] {
  const used = lookUps.filter(({ ref }) =>
    conditions.some(
      (it) =>
        it.kind === "row" &&
        [...it.ask, ...Object.values(it.where).flat()].some((word) => refersTo(word, ref)),
    ),
  );
  return used.map((it) => `${it.ref}=$(${takeText(it)}) || return 1`);
}

function refersTo(word: Word, ref: string): boolean {
  return typeof word !== "string" && "ref" in word && word.ref === ref;
}

function lookUpText(it: LookUp): string {
  const what = `${it.column} of ${columnsText(it.where)}`;
  return `${it.ref}=$(${takeText(it)}) || refuse ${quoteWord(`there is not exactly one ${what}`)}`;
}

function takeText({ column, ask, where }: LookUp): string {
  return `take ${quoteWord(column)} ${whereText(where)} -- ${words(ask)}`;
}

function commandText({ argv, unless, each, patienceSeconds = 0, onlyWith }: Command): string {
  const act =
    patienceSeconds > 0 ? `patiently ${patienceSeconds} ${words(argv)}` : `act ${words(argv)}`;
  const guarded = unless === undefined ? act : `${conditionText(unless)} || ${act}`;
  const gated =
    onlyWith === undefined ? guarded : `! there_is ${quoteWord(onlyWith)} || ${guarded}`;
  if (each === undefined) return gated;
  const list = `take_all ${quoteWord(each.column)} ${whereText(each.where)} -- ${words(each.ask)}`;
  return `for ${each.ref} in $(${list}); do ${gated}; done`;
}

function conditionText(it: Condition): string {
  switch (it.kind) {
    case "row":
      return `has ${whereText(it.where)} -- ${words(it.ask)}`;
    case "values": {
      const { column, values, where, ask } = it;
      return `those ${quoteWord(values.join(" "))} ${quoteWord(column)} ${whereText(where)} -- ${words(ask)}`;
    }
    case "file":
      return `has_file ${quoteWord(it.path)}`;
    case "line":
      return `has_line ${quoteWord(it.path)} ${quoteWord(it.line)}`;
  }
}

/** `column` `value` pairs; several values of a column are repeated pairs. */
function whereText(where: Columns): string {
  return Object.entries(where)
    .flatMap(([column, values]) => values.map((it) => `${quoteWord(column)} ${wordText(it)}`))
    .join(" ");
}

function columnsText(where: Columns): string {
  return Object.entries(where)
    .map(([column, values]) => `${column} ${values.map(plain).join(" or ")}`)
    .join(", ");
}

function plain(word: Word): string {
  return typeof word === "string" ? word : "ref" in word ? word.ref : "secret";
}

function words(argv: Argv): string {
  return argv.map(wordText).join(" ");
}

function wordText(word: Word): string {
  if (typeof word === "string") return quoteWord(word);
  return "ref" in word ? `"$${word.ref}"` : '"$STARLINGX_SYSADMIN_PASSWORD"';
}

/** A word as /bin/sh reads it back, whatever is in it. */
export function quoteWord(word: string): string {
  return /^[A-Za-z0-9_./:=,@%+-]+$/.test(word)
    ? word
    : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, " ");
}
