import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createRooms } from './app/modules.ts';

/** All rooms, those to come too, in order: a room imports only from those before it. */
const ORDER = [
  ...['accounts', 'malls', 'catalogue', 'policies', 'customers', 'orders', 'approvals', 'claims', 'exceptions'],
  ...[
    'tickets',
    'channels',
    'requests',
    'followups',
    'transfers',
    'routing',
    'voc',
    'templates',
    'calls',
    'chatbot',
    'insight',
    'centre',
    'quality',
    'forecast',
    'teams',
  ],
  ...['experiments', 'launches', 'notices', 'decisions', 'hotline', 'desk', 'connectors'],
];
/** What of a room another may import: its contract, what it lets read, what it shows. */
const DOORS = /^(contract(\.ts|\/[a-z-]+\.ts)|server\/read\.ts|web\/parts\.tsx)$/;

type Source = {
  path: string;
  /** Folder below `src`; empty elsewhere. */
  room: string;
  /** Path below the room's folder. */
  inside: string;
  text: string;
  lines: number;
  /** What it imports: the words as they stand, and where they lead below `src` (null for packages). */
  imports: { specifier: string; to: string | null }[];
};

const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g;

function sourceOf(path: string, text: string): Source {
  const [top, room = '', ...inside] = path.split('/');
  const imports = [...text.matchAll(IMPORT)].map(([, specifier = '']) => {
    const relativeTo = posix.join(dirname(relative('src', path)), specifier);
    const to = specifier.startsWith('#') ? specifier.slice(1) : specifier.startsWith('.') ? relativeTo : null;
    return { specifier, to };
  });
  const lines = text.split('\n').length - 1;
  return { path, room: top === 'src' && inside.length > 0 ? room : '', inside: inside.join('/'), text, lines, imports };
}

const root = fileURLToPath(new URL('..', import.meta.url));
const all = globSync('{src,sample,bench,e2e,bin}/**/*.{ts,tsx,mjs}', { cwd: root })
  .filter((path) => !path.endsWith('db.gen.ts') && !path.endsWith('structure.unit.test.ts'))
  .sort()
  .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8')));

const roomOf = (path: string) => path.split('/')[0] ?? '';
const insideOf = (path: string) => path.split('/').slice(1).join('/');
const isTest = ({ path }: Source) => /\.(test|spec)\.tsx?$/.test(path) || /\/testing[a-z-]*\.ts$/.test(path);
const isRule = ({ inside }: Source) => inside.startsWith('rules/');
/** Rules, and what plays them without a server. */
const isPure = ({ inside }: Source) => inside.startsWith('rules/') || !inside.includes('/');
const isWeb = ({ inside, path }: Source) => inside.startsWith('web/') || path.endsWith('.tsx');
const isServer = ({ inside }: Source) => inside.startsWith('server/');
const exported =
  /export (?:async )?(?:const|function|class|type|interface) (\w*(?:Manager|Helper|Util|Utils|Service))\b/;

type Rule = {
  /** Source files of `src` without tests, unless `everywhere`. */
  everywhere?: boolean;
  wrong: (source: Source) => boolean | string[];
  /** A file that breaks it: the check is checked. */
  planted: [path: string, text: string];
};

/** Imports of a source that a condition finds wrong. */
const imports =
  (wrong: (source: Source, to: string, specifier: string) => boolean) =>
  (source: Source): string[] =>
    source.imports.filter(({ to, specifier }) => to !== null && wrong(source, to, specifier)).map((it) => it.specifier);
const outward = (source: Source, to: string) =>
  ORDER.includes(source.room) && ORDER.includes(roomOf(to)) && roomOf(to) !== source.room;

const RULES: Record<string, Rule> = {
  'a folder of src is platform, ui, app or a room of the ordered list': {
    everywhere: true,
    wrong: ({ room }) => room !== '' && !['platform', 'ui', 'app', ...ORDER].includes(room),
    planted: ['src/billing/contract.ts', ''],
  },
  'a room imports only rooms before it': {
    wrong: imports((it, to) => outward(it, to) && ORDER.indexOf(roomOf(to)) > ORDER.indexOf(it.room)),
    planted: ['src/orders/server/a.ts', `import { x } from '#tickets/contract.ts';`],
  },
  'a room imports others through their doors; pure rules may use the pure rules of others': {
    wrong: imports(
      (it, to) => outward(it, to) && !DOORS.test(insideOf(to)) && !(isPure(it) && insideOf(to).startsWith('rules/')),
    ),
    planted: ['src/claims/server/a.ts', `import { x } from '#orders/server/order-store.ts';`],
  },
  'platform knows no room': {
    wrong: imports((it, to) => it.room === 'platform' && !['platform', 'ui'].includes(roomOf(to))),
    planted: ['src/platform/a.ts', `import { x } from '#orders/contract.ts';`],
  },
  'ui knows the platform only': {
    wrong: imports((it, to) => it.room === 'ui' && !['ui', 'platform'].includes(roomOf(to))),
    planted: ['src/ui/A.tsx', `import { x } from '#orders/contract.ts';`],
  },
  'only app knows app': {
    wrong: imports((it, to) => it.room !== 'app' && roomOf(to) === 'app'),
    planted: ['src/orders/server/a.ts', `import { x } from '#app/modules.ts';`],
  },
  'inside a room imports are relative and go up one level at most, across they begin with #': {
    wrong: imports((it, to, specifier) => {
      if (specifier.startsWith('#')) return roomOf(to) === it.room;
      return (specifier.startsWith('../../') || roomOf(to) !== it.room) && !(it.room === 'app' && to.startsWith('../'));
    }),
    planted: ['src/orders/server/a.ts', `import { x } from '../../tickets/contract.ts';`],
  },
  'screens never import the server, nor Node': {
    wrong: (it) =>
      it.imports
        .filter(({ to, specifier }) => isWeb(it) && (/(^|\/)server\//.test(to ?? '') || /^node:/.test(specifier)))
        .map(({ specifier }) => specifier),
    planted: ['src/orders/web/A.tsx', `import { x } from '../server/read.ts';`],
  },
  'the server and rules never import screens': {
    wrong: imports((it, to) => (isServer(it) || isRule(it)) && /\/web\/|\.tsx$/.test(to)),
    planted: ['src/orders/server/a.ts', `import { x } from '../web/text.ts';`],
  },
  'rules import contracts, rules and the pure parts of the platform': {
    wrong: imports(
      (it, to) =>
        isRule(it) && !/^platform\/(operation|values)\.ts$/.test(to) && !/^[a-z]+\/(rules\/|contract)/.test(to),
    ),
    planted: ['src/orders/rules/a.ts', `import { x } from '#platform/db.ts';`],
  },
  'rules take the time as an argument, draw no lots and read nothing': {
    wrong: (it) => isRule(it) && /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|'node:fs/.test(it.text),
    planted: ['src/orders/rules/a.ts', 'const now = new Date();'],
  },
  'a handler has at most 150 lines': {
    wrong: (it) => isServer(it) && /\bhandle\(/.test(it.text) && it.lines > 150,
    planted: ['src/orders/server/a.ts', `handle(x)${'\n'.repeat(151)}`],
  },
  'a rule file has at most 250 lines': {
    wrong: (it) => isRule(it) && it.lines > 250,
    planted: ['src/orders/rules/a.ts', '\n'.repeat(251)],
  },
  'a component has at most 300 lines': {
    wrong: (it) => it.path.endsWith('.tsx') && it.lines > 300,
    planted: ['src/orders/web/A.tsx', '\n'.repeat(301)],
  },
  'any file has at most 400 lines': {
    everywhere: true,
    wrong: ({ lines }) => lines > 400,
    planted: ['sample/a.ts', '\n'.repeat(401)],
  },
  'files are named for what they do': {
    everywhere: true,
    wrong: ({ path }) =>
      /(^|[-.])(manager|helper|util|utils|service|info|misc|common)s?\.(ts|tsx|mjs)$/i.test(basename(path)),
    planted: ['src/orders/server/order-helpers.ts', ''],
  },
  'exports are named for what they do': {
    wrong: ({ text }) => exported.test(text),
    planted: ['src/orders/server/a.ts', 'export class OrderService {}'],
  },
  'components and hooks have the name of their file, other files are in kebab-case': {
    everywhere: true,
    wrong: ({ path }) =>
      path.endsWith('.tsx')
        ? !/^([A-Z][A-Za-z0-9]*|use[A-Z]\w*|[a-z]+(-[a-z]+)*)(\.test)?\.tsx$/.test(basename(path))
        : !/^([a-z0-9]+(-[a-z0-9]+)*|use[A-Z]\w*)(\.[a-z0-9]+)*\.(ts|mjs)$/.test(basename(path)) &&
          !path.startsWith('e2e/'),
    planted: ['src/orders/server/orderStore.ts', ''],
  },
  'no file only passes on what others export, save ui/index.tsx': {
    wrong: ({ path, text }) => path !== 'src/ui/index.tsx' && /export/.test(text) && statements(text).every(isPassedOn),
    planted: ['src/orders/server/all.ts', `/** All. */\nexport * from './a.ts';\nexport {\n  b,\n} from './b.ts';\n`],
  },
  'no test stands in for the real thing, is left out or left for later': {
    everywhere: true,
    wrong: (it) =>
      isTest(it) && /\bvi\.(mock|fn|spyOn|stub\w*)\(|\b(test|it|describe)\.(skip|only|todo|fails)\b/.test(it.text),
    planted: ['src/orders/a.test.ts', `test.skip('x', () => {});`],
  },
  'no check is silenced, and nothing is left for later': {
    everywhere: true,
    wrong: ({ text }) => /biome-ignore|@ts-(ignore|expect-error|nocheck)|\bas any\b|\bTODO\b|\bFIXME\b/.test(text),
    planted: ['src/orders/server/a.ts', 'const x = y as any;'],
  },
};

/** Statements of a file that has no other than imports and exports; others come out as one that is neither. */
const statements = (text: string) =>
  text
    .replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
const isPassedOn = (statement: string) => /^export (type )?(\*|\{[^}]*\})( as \w+)? from '[^']+'$/.test(statement);

function found({ wrong, everywhere = false }: Rule, sources: readonly Source[]): string[] {
  return sources
    .filter((source) => everywhere || (source.path.startsWith('src/') && !isTest(source)))
    .flatMap((source) => {
      const what = wrong(source);
      if (Array.isArray(what)) return what.map((specifier) => `${source.path} imports ${specifier}`);
      return what ? [`${source.path} (${source.lines} lines)`] : [];
    });
}

describe.each(Object.entries(RULES))('%s', (_, rule) => {
  test('in all files', () => expect(found(rule, all)).toEqual([]));
  test('and a file that breaks it is found', () => expect(found(rule, [sourceOf(...rule.planted)])).toHaveLength(1));
});

test('there are files to look at', () => {
  expect(all.filter(isRule).length).toBeGreaterThan(10);
  expect(all.flatMap((source) => source.imports).length).toBeGreaterThan(500);
});

test('modules.ts keeps the order of the rooms', () => {
  const rooms = createRooms().map(({ contract }) => contract.room);
  const places = rooms.filter((room) => ORDER.includes(room)).map((room) => ORDER.indexOf(room));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test('each operation is named by a test', () => {
  const texts = all.filter(isTest).map(({ text }) => text);
  const operations = createRooms().flatMap(({ contract }) => Object.values(contract.operations));
  const names = (name: string) => new RegExp(`\\b${name.replace('.', '\\.')}\\b`);
  expect(operations.map(({ name }) => name).filter((name) => !texts.some((text) => names(name).test(text)))).toEqual(
    [],
  );
});
