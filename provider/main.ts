/** The provider process: the one place that knows which provider is served. */
import { provider } from "./provider";
import { serveProvider } from "./serve-provider";

serveProvider(provider, process.argv.slice(2));
