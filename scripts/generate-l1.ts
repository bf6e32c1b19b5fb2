/** Writes constructs/l1/ from the provider's schema; a test keeps both equal. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { provider } from "../provider/provider";
import { l1Files } from "./l1-files";

if (require.main === module) {
  for (const [name, source] of l1Files(provider)) {
    writeFileSync(path.join(__dirname, "..", "constructs", "l1", name), source);
  }
}
