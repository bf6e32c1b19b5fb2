/** Commands on this machine, which is where they are run here. */
import { LocalCommands } from "../../../../playbooks/runner/transport/local-commands";
import { processesWith } from "../../../support/processes-with";

const commands = new LocalCommands();

test("LocalCommands waits for nothing that has left a stopped command with its output", async () => {
  const seconds = `9876.${process.pid}`;
  const script = `setsid sleep ${seconds} & wait`;

  const ended = commands.exec({ script, timeout: 200 }, { signal: undefined });

  await expect(ended).rejects.toMatchObject({ code: "AS2221" });
  for (const it of processesWith(`sleep\0${seconds}`)) process.kill(Number(it));
});

test("LocalCommands begins at the root where there is no home", async () => {
  const homeless = new LocalCommands("/no/such/home");

  const { code, stdout } = await homeless.exec({ script: "pwd" }, { signal: undefined });

  expect([code, stdout.toString()]).toEqual([0, "/\n"]);
});
