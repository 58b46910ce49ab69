// Writes src/protocol.generated.ts from the schemas in docs/protocol. `npm run generate` does it; a test holds it fresh.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { compile } from "json-schema-to-typescript";

const schemas = new URL("../docs/protocol/schemas/", import.meta.url);
const target = new URL("src/protocol.generated.ts", import.meta.url);
const PARTS = ["things", "client", "server", "http", "config"];

/** Such as ClientMove for the frame that is named move: only frames' names are used on both sides. */
const typeName = (part, name) => {
  const capital = name[0].toUpperCase() + name.slice(1);
  if (name === "envelope") return "Envelope";
  return part === "client" ? `Client${capital}` : part === "server" ? `Server${capital}` : capital;
};

/** All files as one schema, whose definitions have the types' names. */
function merged() {
  const root = { $defs: {} };
  for (const part of PARTS) {
    const text = readFileSync(new URL(`${part}.json`, schemas), "utf8").replace(
      /"\$ref": "(?:(\w+)\.json)?#\/\$defs\/(\w+)"/g,
      (_, file, name) => `"$ref": "#/$defs/${typeName(file ?? part, name)}"`,
    );
    for (const [name, schema] of Object.entries(JSON.parse(text).$defs)) {
      const { examples: _, ...rest } = schema;
      root.$defs[typeName(part, name)] = rest;
    }
  }
  const frames = (part) => Object.keys(root.$defs).filter((name) => name.startsWith(part));
  for (const part of ["Client", "Server"]) {
    root.$defs[`${part}Frame`] = { oneOf: frames(part).map((name) => ({ $ref: `#/$defs/${name}` })) };
  }
  return root;
}

export async function generate() {
  const types = await compile(merged(), "Protocol", {
    additionalProperties: false,
    unreachableDefinitions: true,
    bannerComment: "/** Made from docs/protocol/schemas by generate-protocol.mjs: change those, not this. */",
    style: { printWidth: 120 },
  });
  // The generator notes at each type where it comes from: the banner says so once.
  return types.replace(/( \*\n)? \* This interface was referenced by .*\n \* via .*\n/g, "").replace(/\/\*\*\n \*\/\n/g, "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(target, await generate());
