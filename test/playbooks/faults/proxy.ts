/** A TCP proxy on loopback in front of an SSH server, for what networks do: refuse, and cut. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A running proxy. */
export interface Proxy {
  readonly port: number;
  /** Connections that came so far, refused ones too. */
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** How the proxy fails. */
export interface ProxyFaults {
  /** Whether connection number 0, 1, … is let through. @default - all are */
  readonly accepts?: (index: number) => boolean;
  /** Bytes from the client after which connection number 0, 1, … is cut. @default - none is */
  readonly cutAfter?: (index: number) => number;
  /** Called when a connection is cut. */
  readonly onCut?: () => void;
}

/** Starts one in front of a port of this machine. */
export async function startProxy(to: number, faults: ProxyFaults = {}): Promise<Proxy> {
  const { accepts = () => true, cutAfter = () => Number.POSITIVE_INFINITY, onCut } = faults;
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((client) => {
    const index = count;
    count += 1;
    const most = cutAfter(index);
    if (!accepts(index)) {
      client.resetAndDestroy();
      return;
    }
    const target = connect({ host: "127.0.0.1", port: to, noDelay: true });
    const both = [client, target];
    const end = (): void => {
      for (const it of both) {
        it.destroy();
        open.delete(it);
      }
    };
    for (const it of both) {
      open.add(it);
      it.on("error", end).on("close", end);
    }
    let passed = 0;
    client.on("data", (chunk) => {
      passed += chunk.length;
      if (passed > most) {
        onCut?.();
        end();
      } else if (!target.write(chunk)) client.pause();
    });
    target.on("drain", () => client.resume());
    target.pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => count,
    async stop() {
      for (const it of open) it.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
