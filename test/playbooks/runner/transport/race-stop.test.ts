import { raceStop } from "../../../../playbooks/runner/transport/race-stop";

const stop = (): Promise<void> => Promise.resolve();
const later = (): Promise<string> =>
  new Promise((resolve) => setTimeout(resolve, 20, "ended by itself"));

test.each([
  ["longer than Node's timers take", 5e9],
  ["of no whole number of milliseconds", 59_999.5],
])("raceStop() takes a time limit %s", async (_name, timeout) => {
  const ended = raceStop(later(), { signal: undefined, timeout }, stop);

  await expect(ended).resolves.toBe("ended by itself");
});

test("raceStop() stops the work first, then says that its time was over", async () => {
  const stopped = jest.fn(stop);

  const ended = raceStop(new Promise(() => undefined), { signal: undefined, timeout: 1 }, stopped);

  await expect(ended).rejects.toMatchObject({ code: "AS2221" });
  expect(stopped).toHaveBeenCalledTimes(1);
});
