/** `armstead lab up`: starts the lab, or finds it running. */
import { Command, Option } from "commander";
import { LAB_API_PORT, LAB_NODE_PORT } from "../../core/lab-defaults";
import { labUp } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import { DRIVER_KINDS, type DriverKind } from "../../lab/machine-driver";
import { type CommandContext, WrongUse } from "../context";

interface UpOptions {
  readonly driver: DriverKind;
  readonly port: string;
  readonly nodePort: string;
  readonly prepare?: string;
}

/** Makes the command. */
export function labUpCommand({ output, signal }: CommandContext, home: LabHome): Command {
  return new Command("up")
    .description("start the lab; it goes on in the background")
    .addOption(
      new Option("--driver <kind>", "what runs the machines").choices(DRIVER_KINDS).default("qemu"),
    )
    .option("--port <n>", "port of the API on 127.0.0.1", String(LAB_API_PORT))
    .option("--node-port <n>", "port of the services for nodes", String(LAB_NODE_PORT))
    .option("--prepare <systems>", "build these beforehand, such as debian_13,debian_13_rt")
    .action(async ({ driver, port, nodePort, prepare }: UpOptions) => {
      const said = output();
      const connection = await labUp(home, {
        driver,
        signal,
        port: readPort(port),
        nodePort: readPort(nodePort),
        report: (line) => {
          said.progress(line);
        },
        ...(prepare === undefined ? {} : { systems: prepare.split(","), artifacts: true }),
      });
      const { endpoint, nodeServices, pid } = connection;
      said.result(
        { endpoint, nodeServices, pid, driver: connection.driver },
        `lab up: ${endpoint} (${connection.driver} driver, process ${pid})`,
      );
    });
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new WrongUse(
    `not a port: ${JSON.stringify(text)}; allowed: 0 to 65535, 0 takes a free one`,
  );
}
