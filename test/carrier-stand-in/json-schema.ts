/**
 * The part of JSON Schema that the carriers' documents are written in. Words it does not know are passed over;
 * fields the schema does not name are allowed, as those documents mean them to be.
 */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
}

export type Resolve = (ref: string) => Schema;

/** How a date of RFC 2822 looks, as Twilio writes them. */
const RFC_2822 = /^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} [+-]\d{4}$/;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2}))?$/;

/** What is wrong with a value, a line each; empty where nothing is. */
export function faultsIn(value: unknown, schema: Schema, resolve: Resolve, at = ''): string[] {
  if (schema.$ref !== undefined) return faultsIn(value, resolve(schema.$ref), resolve, at);
  // Twilio’s own enums come as null although the documents do not say that they may.
  if (value === null) return isNullable(schema) ? [] : [`${at || 'it'} is null`];
  return [
    ...typeFaults(value, schema, at),
    ...textFaults(value, schema, at),
    ...numberFaults(value, schema, at),
    ...fieldFaults(value, schema, resolve, at),
    ...itemFaults(value, schema, resolve, at),
    ...choiceFaults(value, schema, resolve, at),
  ];
}

function isNullable(schema: Schema): boolean {
  return schema.nullable === true || schema.type === undefined || schema.enum !== undefined;
}

function typeFaults(value: unknown, { type, enum: values }: Schema, at: string): string[] {
  const found: string[] = [];
  if (type !== undefined && !isOf(type, value)) found.push(`${at || 'it'} is ${kindOf(value)}, not ${type}`);
  if (values !== undefined && !values.includes(value))
    found.push(`${at || 'it'} is ${JSON.stringify(value)}, none of the known values`);
  return found;
}

function isOf(type: string, value: unknown): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  return typeof value === type;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'array' : typeof value;
}

function textFaults(value: unknown, schema: Schema, at: string): string[] {
  if (typeof value !== 'string') return [];
  const { pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = schema;
  const found: string[] = [];
  if (pattern !== undefined && !new RegExp(pattern).test(value))
    found.push(`${at} does not look like ${pattern}`);
  if (value.length < minLength || value.length > maxLength)
    found.push(`${at} has ${value.length} characters`);
  if (format === 'date-time-rfc-2822' && !RFC_2822.test(value))
    found.push(`${at} is no RFC 2822 date: ${value}`);
  if (format === 'date-time' && !DATE_TIME.test(value)) found.push(`${at} is no ISO 8601 date: ${value}`);
  return found;
}

function numberFaults(value: unknown, { minimum, maximum }: Schema, at: string): string[] {
  if (typeof value !== 'number') return [];
  const isOut = value < (minimum ?? value) || value > (maximum ?? value);
  return isOut ? [`${at} is ${value}, out of ${minimum ?? ''}–${maximum ?? ''}`] : [];
}

function fieldFaults(value: unknown, schema: Schema, resolve: Resolve, at: string): string[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [];
  const fields = value as Record<string, unknown>;
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required
    .filter((name) => fields[name] === undefined)
    .map((name) => `${at}${at && '.'}${name} is missing`);
  const wrong = Object.entries(fields).flatMap(([name, field]) => {
    if (field === undefined) return [];
    const path = at === '' ? name : `${at}.${name}`;
    const known = properties[name];
    if (known !== undefined) return faultsIn(field, known, resolve, path);
    if (additionalProperties === false) return [`${path} is not known`];
    return typeof additionalProperties === 'object'
      ? faultsIn(field, additionalProperties, resolve, path)
      : [];
  });
  return [...missing, ...wrong];
}

function itemFaults(value: unknown, { items }: Schema, resolve: Resolve, at: string): string[] {
  if (items === undefined || !Array.isArray(value)) return [];
  return value.flatMap((item, nth) => faultsIn(item, items, resolve, `${at}[${nth}]`));
}

function choiceFaults(
  value: unknown,
  { allOf = [], anyOf, oneOf }: Schema,
  resolve: Resolve,
  at: string,
): string[] {
  const all = allOf.flatMap((schema) => faultsIn(value, schema, resolve, at));
  const choices = anyOf ?? oneOf;
  if (choices === undefined) return all;
  const tried = choices.map((schema) => faultsIn(value, schema, resolve, at));
  const fitting = tried.filter((faults) => faults.length === 0).length;
  if (oneOf === undefined ? fitting > 0 : fitting === 1) return all;
  // The nearest miss says most.
  const nearest = tried.reduce(
    (least, faults) => (faults.length < least.length ? faults : least),
    tried[0] ?? [],
  );
  return [...all, `${at || 'it'} fits ${fitting} of ${choices.length} choices (${nearest.join('; ')})`];
}
