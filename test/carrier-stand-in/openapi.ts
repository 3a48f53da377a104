import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Fields, many } from './http.ts';
import { type Schema, faultsIn } from './json-schema.ts';
import type { CarrierName } from './truth.ts';

/** The carriers’ own documents, where they lie beside the checkout. A clone without them is tested all the same. */
export interface OpenApi {
  /** What is wrong with a request; null where the documents do not know it. */
  requestFaults(
    carrier: CarrierName,
    asked: { method: string; path: string; query: Fields; body: unknown },
  ): string[] | null;
  answerFaults(
    carrier: CarrierName,
    told: { method: string; path: string; status: number; json: unknown },
  ): string[] | null;
  /** Holds a value against a schema of a document by its name. */
  schemaFaults(carrier: CarrierName, name: string, value: unknown): string[] | null;
  /** Names of the schemas by the type of Vapi’s messages. */
  readonly messageSchemas: Readonly<Record<string, string>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
  >;
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<
      Record<string, Schema & { readonly 'x-schema-by-message-type'?: Record<string, string> }>
    >;
  };
}

const FOLDER =
  process.env['PARLEY_CARRIER_DOCUMENTS'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'openapi');
const FILES: Readonly<Record<CarrierName, string>> = {
  twilio: 'twilio-voice.json',
  vapi: 'vapi-call.json',
  voipstudio: 'voipstudio.json',
};

/** Where the carriers’ documents lie; null where they do not. */
export const openApiFolder = existsSync(join(FOLDER, FILES.twilio)) ? FOLDER : null;

let read: OpenApi | null | undefined;

export function openApi(): OpenApi | null {
  read ??= openApiFolder === null ? null : readAll(openApiFolder);
  return read;
}

function readAll(folder: string): OpenApi {
  const documents = Object.fromEntries(
    Object.entries(FILES).map(([carrier, file]) => [
      carrier,
      JSON.parse(readFileSync(join(folder, file), 'utf8')),
    ]),
  ) as Record<CarrierName, Document>;
  const operation = (carrier: CarrierName, method: string, path: string) =>
    documents[carrier].paths[path]?.[method.toLowerCase()] ?? null;
  const faults = (carrier: CarrierName, value: unknown, schema: Schema) =>
    faultsIn(value, schema, (ref) => {
      const name = decodeURIComponent(ref.split('/').at(-1)!);
      return documents[carrier].components.schemas[name] ?? {};
    });

  return {
    requestFaults(carrier, { method, path, query, body }) {
      const known = operation(carrier, method, path);
      if (known === null) return null;
      const content = Object.entries(known.requestBody?.content ?? {})[0];
      const schema = content?.[1].schema;
      const isForm = content?.[0] === 'application/x-www-form-urlencoded';
      const value = isForm && schema !== undefined ? coerced(body as Fields, schema) : body;
      return [
        ...queryFaults(query, known.parameters ?? [], (one, of) => faults(carrier, one, of)),
        // Vapi’s document wants a body even of a DELETE, which nobody sends.
        ...(schema === undefined || (value === undefined && method === 'DELETE')
          ? []
          : faults(carrier, value, schema)),
        ...(isForm ? unknownFields(body as Fields, schema) : []),
      ];
    },
    answerFaults(carrier, { method, path, status, json }) {
      const known = operation(carrier, method, path)?.responses[status];
      const schema = known?.content?.['application/json']?.schema;
      return schema === undefined ? null : faults(carrier, json, schema);
    },
    schemaFaults(carrier, name, value) {
      const schema = documents[carrier].components.schemas[name];
      return schema === undefined ? null : faults(carrier, value, schema);
    },
    messageSchemas: documents.vapi.components.schemas['ServerMessage']?.['x-schema-by-message-type'] ?? {},
  };
}

/** A form’s fields are all text: read as what the schema says they are. */
function coerced(fields: Fields, schema: Schema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const type = schema.properties?.[name]?.type;
      return [name, type === 'array' ? many(fields, name) : typed(value, type)];
    }),
  );
}

function typed(value: string | string[], type: string | undefined): unknown {
  if (Array.isArray(value)) return value;
  if (type === 'integer' || type === 'number') return value.trim() === '' ? value : Number(value);
  if (type === 'boolean') return value === 'true' ? true : value === 'false' ? false : value;
  return value;
}

function queryFaults(
  query: Fields,
  parameters: readonly Parameter[],
  check: (value: unknown, schema: Schema) => string[],
): string[] {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const missing = known
    .filter(({ name, required }) => required === true && query[name] === undefined)
    .map(({ name }) => `${name} is missing`);
  const wrong = Object.entries(query).flatMap(([name, value]) => {
    const parameter = known.find((one) => one.name === name);
    if (parameter === undefined) return [`?${name} is not known`];
    return check(typed(value, parameter.schema?.type), parameter.schema ?? {}).map(
      (fault) => `?${name}: ${fault}`,
    );
  });
  return [...missing, ...wrong];
}

function unknownFields(fields: Fields, schema: Schema | undefined): string[] {
  return Object.keys(fields)
    .filter((name) => schema?.properties?.[name] === undefined)
    .map((name) => `${name} is not known`);
}
