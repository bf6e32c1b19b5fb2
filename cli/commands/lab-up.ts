/** `armstead lab up`: starts the lab, or finds it running. */
import { Command, InvalidArgumentError, Option } from "commander";
import { LAB_API_PORT, LAB_NODE_PORT } from "../../core/lab-defaults";
import { SYSTEMS } from "../../lab/catalogue/systems";
import { labUp } from "../../lab/control";
import type { LabHome } from "../../lab/drivers";
import { DRIVER_KINDS, type DriverKind } from "../../lab/machine-driver";
import type { CommandContext } from "../context";
import { wholeNumber } from "../whole-number";

interface UpOptions {
  readonly driver: DriverKind;
  readonly port: number;
  readonly nodePort: number;
  readonly prepare?: readonly string[];
}

const readPort = wholeNumber(0, 65_535, "0 takes a free one");

/** Makes the command. */
export function labUpCommand({ output, signal }: CommandContext, home: LabHome): Command {
  return new Command("up")
    .description("start the lab; it goes on in the background")
    .addOption(
      new Option("--driver <kind>", "what runs the machines").choices(DRIVER_KINDS).default("qemu"),
    )
    .option("--port <n>", "port of the API on 127.0.0.1", readPort, LAB_API_PORT)
    .option("--node-port <n>", "port of the services for nodes", readPort, LAB_NODE_PORT)
    .option(
      "--prepare <systems>",
      "build these beforehand, such as debian_13,debian_13_rt",
      readSystems,
    )
    .action(async ({ driver, port, nodePort, prepare }: UpOptions) => {
      const said = output();
      const connection = await labUp(home, {
        driver,
        signal,
        port,
        nodePort,
        report: (line) => {
          said.progress(line);
        },
        ...(prepare === undefined ? {} : { systems: prepare, artifacts: true }),
      });
      const { endpoint, nodeServices, pid } = connection;
      said.result(
        { endpoint, nodeServices, pid, driver: connection.driver },
        `lab up: ${endpoint} (${connection.driver} driver, process ${pid})`,
      );
    });
}

/** What is misspelt would only be missed when the first machine boots. */
function readSystems(text: string): readonly string[] {
  const allowed = SYSTEMS.filter(({ machine }) => machine !== undefined).map(({ slug }) => slug);
  const given = text.split(",");
  if (given.every((it) => allowed.includes(it))) return given;
  throw new InvalidArgumentError(`Allowed, with commas between: ${allowed.join(", ")}.`);
}
