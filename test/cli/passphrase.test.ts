import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PassThrough } from "node:stream";
import { findPassphrase } from "../../cli/passphrase";
import { Secret } from "../../core/secret";
import { Collector, newFolder } from "../support/command-line";

const folder = newFolder();
let locked: Secret;
let open: Secret;

beforeAll(() => {
  const make = (name: string, passphrase: string): Secret => {
    const file = path.join(folder, name);
    const how = ["-q", "-t", "ed25519", "-a", "1", "-N", passphrase, "-f", file];
    execFileSync("ssh-keygen", how);
    return new Secret(readFileSync(file, "utf8"));
  };
  locked = make("locked", "sesame");
  open = make("open", "");
  writeFileSync(path.join(folder, "word"), "of the file\r\n");
});

/** A terminal at which somebody types; what is typed is shown only if the terminal is told to. */
class Terminal extends PassThrough {
  readonly isTTY = true;
  readonly modes: boolean[] = [];

  setRawMode(raw: boolean): void {
    this.modes.push(raw);
  }
}

interface Case {
  readonly keys?: readonly Secret[];
  readonly file?: string;
  readonly environment?: Record<string, string>;
  readonly typed?: string;
}

async function ask({ keys = [locked], file, environment = {}, typed = "" }: Case, isTTY = true) {
  const [err, input] = [new Collector(isTTY), new Terminal()];
  const { signal } = new AbortController();
  input.write(typed);
  const found = await findPassphrase(
    { keys, file },
    { environment, folder, err, signal },
    isTTY ? input : new PassThrough(),
  );
  return { found: found?.reveal(), said: err.text, modes: input.modes };
}

test.each<[string, Case, string | undefined]>([
  ["a file's, without its line break", { file: "word" }, "of the file"],
  ["the environment's", { environment: { ARMSTEAD_SSH_PASSPHRASE: "env" } }, "env"],
  [
    "a file's before the environment's",
    { file: "word", environment: { ARMSTEAD_SSH_PASSPHRASE: "env" } },
    "of the file",
  ],
])("findPassphrase() takes %s, and asks nobody", async (_, given, expected) => {
  expect(await ask(given)).toEqual({ found: expected, said: "", modes: [] });
});

test("findPassphrase() asks at a terminal, without showing what is typed", async () => {
  const answer = await ask({ keys: [open, locked], typed: "xx\u0015sex\u007fsame\r" });

  expect(answer.found).toBe("sesame");
  expect(answer.said).toBe("Passphrase of the private key: \n");
  expect(answer.modes).toEqual([true, false]);
});

test("findPassphrase() asks three times, and then leaves it to the run to say that it is wrong", async () => {
  const right = await ask({ typed: "no\r" + "sesame\r" });
  const wrong = await ask({ typed: "a\rb\rc\rsesame\r" });

  expect(right.found).toBe("sesame");
  expect(right.said).toContain("That is not it.\n");
  expect(wrong.found).toBe("c");
  expect(wrong.said.match(/Passphrase/g)).toHaveLength(3);
});

test("findPassphrase() asks nobody where there is no terminal, or no key needs it", async () => {
  expect(await ask({ keys: [open] })).toEqual({ found: undefined, said: "", modes: [] });
  expect((await ask({}, false)).found).toBeUndefined();
});

test("findPassphrase() ends when the command is stopped, and leaves the terminal as it was", async () => {
  const [err, input, stop] = [new Collector(true), new Terminal(), new AbortController()];
  const asking = findPassphrase(
    { keys: [locked], file: undefined },
    { environment: {}, folder, err, signal: stop.signal },
    input,
  );

  stop.abort(new Error("stopped by hand"));

  await expect(asking).rejects.toThrow("stopped by hand");
  expect(input.modes).toEqual([true, false]);
});

test("findPassphrase() says when the file is not there", async () => {
  await expect(ask({ file: "nowhere" })).rejects.toThrow("AS1001");
});
