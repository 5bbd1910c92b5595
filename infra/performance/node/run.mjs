// Starts the bundled handler under the official Node runtime client, as a Lambda image does.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const client = join(dirname(createRequire(import.meta.url).resolve("aws-lambda-ric/package.json")), "bin", "index.mjs");
process.chdir(join(here, "dist"));
process.argv = [process.argv[0], client, "index.handler"];
await import(client);
