import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ZodType, z } from 'zod';
import { contract } from './contract.ts';
import { type Contract, askNamed, callNames, topicNames } from './wire.ts';

type Json = Readonly<Record<string, unknown>>;

/** Shapes as JSON Schema, which has no word for what JSON cannot carry: a Date, a Map, a function, a bigint. */
const schemaOf = (shape: ZodType, io: 'input' | 'output') => z.toJSONSchema(shape, { io }) as Json;

/** Values of a JSON Schema, as far as the contract goes. An unknown word stops the test instead of passing it. */
function boundsOf({ minimum, exclusiveMinimum, maximum }: Json): { min: number; max: number } {
  const lowest = typeof exclusiveMinimum === 'number' ? exclusiveMinimum + 1 : minimum;
  return {
    min: Math.max(Number.MIN_SAFE_INTEGER, Number(lowest ?? Number.MIN_SAFE_INTEGER)),
    max: Math.min(Number.MAX_SAFE_INTEGER, Number(maximum ?? Number.MAX_SAFE_INTEGER)),
  };
}

function valuesOf(schema: Json): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  const choices = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choices !== undefined) return fc.oneof(...choices.map(valuesOf));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => valuesOf({ ...schema, type })));
  switch (schema.type) {
    case undefined:
      // As it stands in the database: JSON knows no negative zero.
      return fc.json().map((text): unknown => JSON.parse(JSON.stringify(JSON.parse(text))));
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer(boundsOf(schema));
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0);
    case 'string':
      return textsOf(schema);
    case 'array':
      return fc.array(valuesOf(schema.items as Json), { maxLength: 3 });
    case 'object':
      return objectsOf(schema);
    default:
      throw new Error(`no values for ${JSON.stringify(schema)}`);
  }
}

function textsOf({ examples, format, pattern, minLength = 0, maxLength = 200 }: Json): fc.Arbitrary<string> {
  // Some texts mean something, and cannot be made up: a zone, a date.
  if (Array.isArray(examples)) return fc.constantFrom(...(examples as string[]));
  if (format === 'uuid') return fc.uuid({ version: 7 });
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const length = { minLength: Number(minLength), maxLength: Math.min(Number(maxLength), 200) };
  // Letters on both sides, because some texts are trimmed and must still have their length.
  return fc.string(length).map((text) => (text.trim() === text ? text : 'x'.repeat(text.length)));
}

function objectsOf(schema: Json): fc.Arbitrary<unknown> {
  if (schema.properties === undefined) {
    return fc.dictionary(
      fc.string().filter((key) => key !== '__proto__'),
      valuesOf(schema.additionalProperties as Json),
      { maxKeys: 3 },
    );
  }
  const properties = Object.entries(schema.properties as Record<string, Json>);
  const requiredKeys = (schema.required ?? []) as string[];
  return fc.record(Object.fromEntries(properties.map(([key, each]) => [key, valuesOf(each)])), {
    requiredKeys,
  });
}

function expectRoundTrip(shape: ZodType, io: 'input' | 'output'): void {
  fc.assert(
    fc.property(valuesOf(schemaOf(shape, io)), (value) => {
      // What two fields have to do with each other no generator knows.
      fc.pre(shape.safeParse(value).success);
      const parsed = shape.parse(value);
      const carried: unknown = JSON.parse(JSON.stringify(parsed));
      expect(shape.parse(carried)).toEqual(parsed);
    }),
    { numRuns: 25 },
  );
}

const all: Contract = contract;

describe.each(callNames(contract))('%s', (call) => {
  const { input, output } = askNamed(contract, call)!;

  test('takes nothing, or something that comes through JSON as it was', () => {
    if (input instanceof z.ZodUndefined) return expect(input.safeParse(undefined).success).toBe(true);
    expectRoundTrip(input, 'input');
  });

  test('answers something that comes through JSON as it was', () => {
    expectRoundTrip(output, 'output');
  });
});

test.each(topicNames(contract))('%s tells something that comes through JSON as it was', (topic) => {
  const [group, name] = topic.split('.') as [string, string];
  const entry = all[group]![name]!;
  expect(entry.kind).toBe('tell');
  if (entry.kind === 'tell') expectRoundTrip(entry.payload, 'output');
});

test('what happens before anybody has signed in is a short list, known by heart', () => {
  const forAnyone = callNames(contract).filter((call) => askNamed(contract, call)!.least === 'anyone');
  expect(forAnyone.sort()).toEqual([
    'app.begin',
    'app.hello',
    'app.zoneTable',
    'people.list',
    'people.signIn',
    'people.unlock',
    'workspaces.list',
    'workspaces.open',
  ]);
});

test('no text that a screen may send is without a limit', () => {
  const unlimited = (schema: Json, path: string): string[] => {
    if (
      schema.type === 'string' &&
      !schema.maxLength &&
      !schema.format &&
      !schema.pattern &&
      !schema.enum &&
      !('const' in schema)
    )
      return [path];
    const parts = [
      ...((schema.anyOf ?? schema.oneOf ?? []) as Json[]),
      ...(schema.items ? [schema.items as Json] : []),
    ];
    const inside = Object.entries((schema.properties ?? {}) as Record<string, Json>);
    return [
      ...parts.flatMap((each) => unlimited(each, path)),
      ...inside.flatMap(([key, each]) => unlimited(each, `${path}.${key}`)),
    ];
  };
  const asks = callNames(contract).filter(
    (call) => !(askNamed(contract, call)!.input instanceof z.ZodUndefined),
  );
  expect(asks.flatMap((call) => unlimited(schemaOf(askNamed(contract, call)!.input, 'input'), call))).toEqual(
    [],
  );
});
