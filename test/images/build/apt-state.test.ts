import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AptState } from "../../../images/build/apt-state";

const DAY_S = 24 * 60 * 60;
const PACKAGE = { name: "one", version: "1", file: "one_1_arm64.deb" };

let cacheFolder: string;
let apt: AptState;

beforeEach(() => {
  cacheFolder = mkdtempSync(path.join(tmpdir(), "apt-"));
  // No archive has this suite, so whatever asks one fails.
  apt = new AptState(
    { cacheFolder, report: () => undefined },
    { suite: "none", architecture: "arm64" },
  );
});

test("AptState.resolve() asks no archive for what it resolved within the day", async () => {
  remember(0);

  await expect(apt.resolve(["one"], {})).resolves.toEqual([PACKAGE]);
});

test("AptState.resolve() falls back on an older answer when the archive cannot be asked", async () => {
  remember(2 * DAY_S);

  await expect(apt.resolve(["one"], {})).resolves.toEqual([PACKAGE]);
});

test("AptState.resolve() fails when there is neither archive nor answer", async () => {
  await expect(apt.resolve(["one"], {})).rejects.toMatchObject({ code: "AS2452" });
});

test("AptState.download() takes what is there already, without any archive", async () => {
  const file = inState("archives", PACKAGE.file);
  writeFileSync(file, "");

  await expect(apt.download([PACKAGE], {})).resolves.toEqual([file]);
});

test("AptState keeps its answers for later when a download fails", async () => {
  remember(0);

  await expect(apt.download([PACKAGE], {})).rejects.toMatchObject({ code: "AS2452" });

  await expect(apt.resolve(["one"], {})).resolves.toEqual([PACKAGE]);
});

function remember(ageSeconds: number): void {
  const file = inState("resolved", "one.json");
  writeFileSync(file, JSON.stringify([PACKAGE]));
  const at = Date.now() / 1000 - ageSeconds;
  utimesSync(file, at, at);
}

function inState(folder: string, name: string): string {
  const at = path.join(cacheFolder, "apt", "none-arm64", folder);
  mkdirSync(at, { recursive: true });
  return path.join(at, name);
}
