import { readCommand, runCommand } from "../../../images/build/command";

test("readCommand() hands its input on and gives what was printed", async () => {
  await expect(readCommand(["env", "cat"], { input: "hello" })).resolves.toBe("hello");
});

test("runCommand() passes arguments as they are: no shell is between", async () => {
  const odd = "a b; $(touch x) 'q' \"r\" \\";

  await expect(readCommand(["env", "printf", "%s", odd])).resolves.toBe(odd);
});

test("runCommand() tells the program's own last words", async () => {
  const failing = runCommand(["sh", "-c", "echo the disk is full >&2; exit 3"]);

  await expect(failing).rejects.toMatchObject({
    code: "AS2451",
    message: expect.stringContaining("sh failed: the disk is full") as string,
  });
});

test("runCommand() says how a silent program ended", async () => {
  await expect(runCommand(["sh", "-c", "exit 3"])).rejects.toThrow("ended with 3");
});

test("runCommand() ends the program of a caller that gave up", async () => {
  const controller = new AbortController();
  const running = runCommand(["sh", "-c", "exec sleep 60"], { signal: controller.signal });

  controller.abort(new Error("stop"));

  await expect(running).rejects.toThrow("stop");
});

test("runCommand() does not mind a program that leaves its input unread", async () => {
  await expect(
    readCommand(["sh", "-c", "echo done"], { input: Buffer.alloc(4 * 1024 * 1024) }),
  ).resolves.toBe("done\n");
});
