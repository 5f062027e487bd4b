// Writes .br and .gz beside every built file that shrinks, so that serving compresses nothing.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../../src/llm_gateway/web/site/static", import.meta.url));
const packable = new Set([".js", ".css", ".svg", ".txt"]);

for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
  const path = join(root, name);
  if (!packable.has(extname(name)) || !statSync(path).isFile()) continue;
  const content = readFileSync(path);
  const brotli = brotliCompressSync(content, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: content.length },
  });
  if (brotli.length < content.length) writeFileSync(`${path}.br`, brotli);
  const gzip = gzipSync(content, { level: 9 });
  if (gzip.length < content.length) writeFileSync(`${path}.gz`, gzip);
}
