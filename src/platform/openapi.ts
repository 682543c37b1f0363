import { z } from 'zod';
import type { Contract, Known, KnownName, Operation } from './operation.ts';
import { rolesOf } from './registry.ts';

type JsonSchema = Record<string, unknown>;

/** JSON Schema of a zod schema; instants become `string, date-time`, `x | null` becomes a type list. */
export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  return z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema: made }) => {
      if (zodSchema._zod.def.type === 'date') Object.assign(made, { type: 'string', format: 'date-time' });
      collapseNull(made as JsonSchema);
    },
  }) as JsonSchema;
}

/** `anyOf [{type: 'string'}, {type: 'null'}]` → `type: ['string', 'null']`: the same, and much faster to serialise. */
function collapseNull(made: JsonSchema): void {
  const options = made.anyOf as JsonSchema[] | undefined;
  if (options?.length !== 2) return;
  const [value, none] = options;
  if (none?.type !== 'null' || typeof value?.type !== 'string' || value.anyOf) return;
  delete made.anyOf;
  Object.assign(made, value, { type: [value.type, 'null'] });
  if (Array.isArray(value.enum)) made.enum = [...value.enum, null];
}

const PROBLEM: JsonSchema = {
  type: 'object',
  required: ['type', 'title', 'status', 'code'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', description: "In the caller's language (Accept-Language)." },
    status: { type: 'integer' },
    code: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, message: { type: 'string' } } },
    },
    facts: { type: 'object', additionalProperties: true },
  },
};

/** Ids in examples of the documentation: well-formed, of no record. */
const SHOWN: Known = new Proxy({} as Record<KnownName, string>, {
  get: (_, name) => (name === 'mall' ? 'own' : '0193a5a0-7c00-7000-8000-000000000001'),
});

/** OpenAPI 3.1 of all contracts. */
export function openApi(contracts: readonly Contract[], version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const contract of contracts) {
    for (const operation of Object.values(contract.operations)) {
      paths[`/api/${operation.name}`] = { post: describe(contract, operation) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Haedap',
      version,
      description:
        'Every operation is a POST with a JSON body. Money is integer KRW, times are ISO 8601 in UTC, lists page by cursor.',
    },
    tags: contracts.map(({ room, title }) => ({ name: room, description: `${title.ko} · ${title.en}` })),
    security: [{ key: [] }, { session: [] }],
    paths,
    components: {
      schemas: { Problem: PROBLEM },
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'API key: `npx haedap key create --email … --json`' },
        session: { type: 'apiKey', in: 'cookie', name: 'haedap_session' },
      },
    },
  };
}

function describe(contract: Contract, operation: Operation): JsonSchema {
  const content = (schema: JsonSchema, example?: unknown) => ({
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  });
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });
  const refusals = Object.entries(operation.refusals ?? {});
  return {
    operationId: operation.name,
    tags: [contract.room],
    summary: `${operation.title.ko} · ${operation.title.en}`,
    description: `Permission: \`${operation.may}\` (${rolesOf(contract, operation).join(', ')}).`,
    'x-kind': operation.kind,
    ...(operation.kind === 'command' ? { parameters: [IDEMPOTENCY_KEY] } : {}),
    requestBody: content(jsonSchema(operation.input, 'input'), operation.example(SHOWN)),
    responses: {
      200: { description: 'Done', ...content(jsonSchema(operation.output, 'output')) },
      400: problem('bad_input: `errors` names each field'),
      401: problem('unauthenticated'),
      403: problem('not_allowed'),
      404: problem('not_found'),
      ...(refusals.length > 0
        ? { 409: problem(refusals.map(([code, { text }]) => `\`${code}\`: ${text.ko} · ${text.en}`).join('\n\n')) }
        : {}),
    },
  };
}

const IDEMPOTENCY_KEY: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  schema: { type: 'string', maxLength: 200 },
  description: 'The same key and body gets the first answer again; the same key with another body is refused.',
};
