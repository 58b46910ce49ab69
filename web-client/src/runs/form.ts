/** A form made of the configuration's schema. */

export interface Field {
  name: string;
  about: string;
  type: "integer" | "number" | "boolean" | "choice" | "text";
  initial: string | number | boolean;
  least?: number;
  most?: number;
  choices: string[];
}

export interface Group {
  name: string;
  fields: Field[];
}

interface Property {
  type?: string;
  description?: string;
  minimum?: number;
  maximum?: number;
  enum?: string[];
  default?: string | number | boolean;
  "x-group"?: string;
}

/** The fields by their groups, both in the order of the schema. */
export function fieldsOf(schema: object): Group[] {
  const root = schema as { properties?: Record<string, Property>; $defs?: Record<string, { properties?: Record<string, Property> }> };
  const properties = root.properties ?? Object.values(root.$defs ?? {})[0]?.properties ?? {};
  const groups = new Map<string, Field[]>();
  for (const [name, property] of Object.entries(properties)) {
    const fields = groups.get(property["x-group"] ?? "") ?? [];
    groups.set(property["x-group"] ?? "", fields);
    fields.push({
      name,
      about: property.description ?? "",
      type: property.enum ? "choice" : property.type === "integer" || property.type === "number" || property.type === "boolean" ? property.type : "text",
      initial: property.default ?? "",
      ...(property.minimum === undefined ? {} : { least: property.minimum }),
      ...(property.maximum === undefined ? {} : { most: property.maximum }),
      choices: property.enum ?? [],
    });
  }
  return [...groups].map(([name, fields]) => ({ name, fields }));
}
