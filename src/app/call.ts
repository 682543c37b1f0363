import { SYSTEM } from '#platform/actors.ts';
import { createAuthenticator } from '#platform/auth.ts';
import { Fault, type Tell } from '#platform/fault.ts';
import { readJsonBody } from '#platform/json-body.ts';
import { jsonSchema } from '#platform/openapi.ts';
import type { Operation } from '#platform/operation.ts';
import { createPipeline } from '#platform/pipeline.ts';
import { createRegistry, type Registry } from '#platform/registry.ts';
import { newId } from '#platform/values.ts';
import type { CliCommand } from './cli.ts';
import { createRooms } from './modules.ts';
import { openCompany } from './open-company.ts';

const QUIET: Tell = () => undefined;

const bad = (words: { ko: string; en: string }) => new Fault('bad_option', words, { exitCode: 2 });

type Asked = { operation: string; input: Record<string, unknown>; key: string | undefined; json: boolean };

/** `tickets.list --limit 5` or `tickets.list '{"limit": 5}'`: flags take the types of the operation's input. */
function read(argv: string[], registry: Registry): Asked {
  const [name = '', ...rest] = argv;
  const entry = registry.entries.get(name);
  if (!entry) {
    throw bad({
      ko: `'${name}' 기능이 없습니다. 목록: npx haedap operations`,
      en: `There is no operation '${name}'. List them: npx haedap operations`,
    });
  }
  const asked: Asked = { operation: name, input: {}, key: undefined, json: false };
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] ?? '';
    if (word === '--json') asked.json = true;
    else if (word === '--key') asked.key = rest[++i];
    else if (word.startsWith('--')) asked.input[word.slice(2)] = fieldValue(entry.operation, word.slice(2), rest[++i]);
    else Object.assign(asked.input, objectOf(word));
  }
  return asked;
}

function objectOf(text: string): Record<string, unknown> {
  const body = readJsonBody(Buffer.from(text), 'ko');
  if ('value' in body) return body.value;
  const message = body.errors[0]?.message ?? '';
  throw bad({ ko: `입력이 잘못되었습니다: ${message}`, en: `The input is not a JSON object: ${text}` });
}

function fieldValue(operation: Operation, field: string, given: string | undefined): unknown {
  const { properties = {} } = jsonSchema(operation.input, 'input') as {
    properties?: Record<string, { type?: string }>;
  };
  const known = properties[field];
  if (!known || given === undefined) {
    const fields = Object.keys(properties).map((name) => `--${name}`);
    throw bad({
      ko: `--${field}을(를) 쓸 수 없습니다. ${operation.name}의 항목: ${fields.join(' ')}`,
      en: `--${field} is not possible. Fields of ${operation.name}: ${fields.join(' ')}`,
    });
  }
  if (known.type === 'string') return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

/**
 * `haedap call`: runs one operation on the database, with a server beside it or without. Whoever owns the data folder
 * acts as Haedap itself; with `HAEDAP_KEY` set, as the owner of that API key. Exit code 1 for a problem.
 */
export const callCommand: CliCommand = async (argv) => {
  const company = await openCompany({ purpose: 'haedap call', tell: QUIET });
  const { database, folder, secret } = company;
  try {
    const registry = createRegistry(createRooms({ anchorFile: folder.file('audit-anchor') }));
    const { operation, input, key, json } = read(argv, registry);
    const reply = await createPipeline({ database, registry }).execute({
      operation,
      input,
      actor: process.env.HAEDAP_KEY ? await ownerOf(process.env.HAEDAP_KEY) : SYSTEM,
      language: process.env.LANG?.startsWith('en') ? 'en' : 'ko',
      requestId: newId(),
      key,
    });
    const out = reply.status === 200 ? process.stdout : process.stderr;
    out.write(`${JSON.stringify(reply.body, null, json ? undefined : 2)}\n`);
    return reply.status === 200 ? 0 : 1;
  } finally {
    await company.close();
  }

  async function ownerOf(apiKey: string) {
    const authenticator = await createAuthenticator({ db: database, secret });
    try {
      return await authenticator.resolve({ authorization: `Bearer ${apiKey}` });
    } finally {
      await authenticator.close();
    }
  }
};

/** `haedap operations`: needs no database. */
export const operationsCommand: CliCommand = async (argv) => {
  const { contracts } = createRegistry(createRooms());
  const rows = contracts.flatMap(({ operations }) =>
    Object.values(operations).map(({ name, kind, may, title }) => ({ name, kind, may, ...title })),
  );
  if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else
    for (const row of rows)
      process.stdout.write(`${row.name.padEnd(30)} ${row.kind.padEnd(8)} ${row.ko} · ${row.en}\n`);
  return 0;
};
