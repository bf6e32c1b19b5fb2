/** ReadDataSource. */
import { Bug } from "../../../core/faults";
import { decodeValue } from "../../protocol/decode-value";
import type { Request, Response } from "../../protocol/provider-service";
import type { Session } from "../session";
import { settle } from "../settle";
import type { Values } from "../values";

/** Reads one data source. */
export async function readDataSource<C>(
  session: Session<C>,
  { type_name, config }: Request<"ReadDataSource">,
): Promise<Response<"ReadDataSource">> {
  const { dataSource, type } = session.dataSource(type_name);
  const report = session.report(dataSource.schema);
  try {
    const decoded = decodeValue(config, type) as Values;
    report.hide(decoded);
    const what = `reading ${dataSource.type}`;
    const found = await session.work(
      { milliseconds: dataSource.timeLimit, what, report },
      (context) => dataSource.read(context, decoded),
    );
    const { value, mistakes } = settle(dataSource.schema, found, decoded);
    if (mistakes.length > 0)
      throw new Bug(`${dataSource.type} was read as: ${mistakes.join("; ")}`);
    return { state: value, diagnostics: report.diagnostics };
  } catch (error) {
    report.error(error);
    return { diagnostics: report.diagnostics };
  }
}
