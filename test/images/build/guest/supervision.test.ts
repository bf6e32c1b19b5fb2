import { startBench, type ModuleBench } from "../../../support/module-run";

jest.setTimeout(60_000);

let bench: ModuleBench;

beforeAll(async () => {
  bench = await startBench("busybox");
});

afterAll(() => bench.stop());

test("a service has one supervisor, however often it is looked for while that one starts", async () => {
  const starts = await bench.shell(`
mkdir -p /etc/sv/counted
printf '#!/bin/sh\\necho started >>/tmp/starts\\nexec sleep 1000\\n' >/etc/sv/counted/run
chmod +x /etc/sv/counted/run
ln -s /etc/sv/counted /etc/service/counted
n=0
while [ $n -lt 200 ]; do echo scan 1<>/run/sv/control; n=$((n + 1)); done
sv up counted >/dev/null
for it in 1 2 3 4 5 6 7 8; do sv status counted >/dev/null; done
ps -o args | grep -c '[r]unsv /etc/service/counted'
cat /tmp/starts`);

  expect(starts).toBe("1\nstarted\n");
});
