import { BecomeGate } from "../../../../playbooks/runner/transport/become-gate";

const SU = /[:：] *$/u;

test("BecomeGate passes nothing before the marker and everything after it", () => {
  const gate = new BecomeGate("READY", SU);

  const steps = ["motd\nREA", "DY\nout", "put"].map((it) => gate.feed("stdout", Buffer.from(it)));

  expect(steps.map((it) => it.pass.toString())).toEqual(["", "out", "put"]);
  expect(steps.map((it) => it.event)).toEqual([undefined, "open", undefined]);
  expect(gate.isOpen).toBe(true);
});

test.each(["Password: ", "Passwort:", "密码："])("BecomeGate sees the prompt %j", (prompt) => {
  const gate = new BecomeGate("READY", SU);

  expect(gate.feed("stderr", Buffer.from(prompt)).event).toBe("ask");
});

test("BecomeGate takes no colon for a prompt once the command runs", () => {
  const gate = new BecomeGate("READY", SU);
  gate.feed("stdout", Buffer.from("READY\n"));

  expect(gate.feed("stdout", Buffer.from("name: "))).toEqual({ pass: Buffer.from("name: ") });
  expect(gate.feed("stderr", Buffer.from("warning: ")).event).toBeUndefined();
});

test("BecomeGate tells why it never opened", () => {
  const gate = new BecomeGate("READY", /armstead-0:$/);

  gate.feed("stderr", Buffer.from("sudo: unknown user x\n"));

  expect(gate.refusal).toBe("sudo: unknown user x");
  expect(gate.isOpen).toBe(false);
});

test("BecomeGate keeps the last of what is said before it opens, however much that is", () => {
  const gate = new BecomeGate("READY", SU);
  const noise = Buffer.alloc(1024 * 1024, "noise\n");

  for (let n = 0; n < 100; n += 1) gate.feed("stderr", noise);
  gate.feed("stderr", Buffer.from("\nsudo: a password is required\n"));

  expect(gate.refusal).toMatch(/\nsudo: a password is required$/);
  expect(gate.refusal.length).toBeLessThan(20_000);
});
