/** Asks a port whether an sshd is behind it. An open port alone says nothing: QEMU opens it before the guest does. */
import { connect } from "node:net";

/** Whether the port says an SSH banner in time. Never rejects. */
export async function saysSshBanner(
  address: string,
  port: number,
  timeoutMs: number,
): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => {
      end(false);
    });
    socket.once("error", () => {
      end(false);
    });
    socket.once("close", () => {
      end(false);
    });
    socket.once("data", (chunk) => {
      end(chunk.subarray(0, 4).toString("latin1") === "SSH-");
    });
  });
}
