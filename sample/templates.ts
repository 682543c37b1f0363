import type { Kysely } from 'kysely';
import type { DB } from '#platform/db.gen.ts';
import { DAY } from './calendar.ts';
import { rngOf, uuidAt } from './random.ts';
import { TEMPLATE_TEXTS, type TemplateText } from './template-texts.ts';
import type { Agent } from './ticket-world.ts';

type World = { seed: number; now: number; agents: { own: Agent[]; outsourced: Agent[] } };

const PROPOSED = [
  [
    '교환 지연 고객 안심',
    '{고객명} 고객님, 교환 상품은 {다음영업일}에 출고됩니다. 출고되는 대로 송장번호를 먼저 보내 드리겠습니다.',
    '이 문구로 안내한 뒤 재문의가 없었습니다.',
  ],
  [
    '세탁 뒤 변형 문의',
    '{고객명} 고객님, 세탁 방법과 변형된 부분의 사진을 보내 주시면 제조사 심의로 원인을 확인해 드리겠습니다.',
    '심의 절차를 먼저 말하면 다툼이 줄었습니다.',
  ],
  ['선물 주문 가격표 제외', '{고객명} 고객님, 선물 주문이라 가격이 적힌 명세서를 빼고 포장하겠습니다.', null],
] as const;

/** Folders, templates with a version or two and how often each was used, and proposals that wait for a manager. */
export async function fillTemplates(trx: Kysely<DB>, world: World): Promise<void> {
  const since = world.now - 300 * DAY;
  const rng = rngOf(world.seed, 'folders', 0);
  const folders = new Map(
    [...new Set(TEMPLATE_TEXTS.map(({ folder }) => folder))].map((name) => [name, uuidAt(since, rng)]),
  );
  await trx
    .insertInto('template_folder')
    .values([...folders].map(([name, id], i) => ({ id, name, sort_no: i + 1, created_at: new Date(since) })))
    .execute();
  const made = TEMPLATE_TEXTS.map((text, i) => templateOf(world, folders, text, i));
  await trx
    .insertInto('template')
    .values(made.map(({ template }) => template))
    .execute();
  await trx
    .insertInto('template_version')
    .values(made.flatMap(({ versions }) => versions))
    .execute();
  await fillProposals(trx, world);
}

function templateOf(world: World, folders: Map<string, string>, text: TemplateText, i: number) {
  const { folder, title, channels, malls, codes, body } = text;
  const rng = rngOf(world.seed, 'template', i);
  const at = world.now - rng.int(40, 290) * DAY;
  const id = uuidAt(at, rng);
  const author = rng.pick(world.agents.own);
  const changed = rng.chance(0.4);
  const [before, since] = [changed ? rng.int(5, 180) : 0, rng.int(3, 420)];
  const version = (n: number, words: string, used: number, when: number, note: string | null) => ({
    ...{ template_id: id, version: n, title, body: words, note, used },
    ...{ written_by: author.id, written_by_name: author.name, written_at: new Date(when) },
  });
  const later = Math.min(at + rng.int(10, 35) * DAY, world.now - DAY);
  const versions = changed
    ? [
        version(1, body.replace(/ 죄송합니다\./, ' 양해 부탁드립니다.'), before, at, null),
        version(2, body, since, later, '더 짧고 분명하게 고침'),
      ]
    : [version(1, body, since, at, null)];
  const template = {
    ...{ id, folder_id: folders.get(folder) ?? '', title, version: versions.length, used: before + since },
    ...{ channels: channels.length > 0 ? [...channels] : null, malls: malls.length > 0 ? [...malls] : null },
    ...{ codes: [...codes], last_used_at: new Date(world.now - rng.int(1, 96) * 3_600_000) },
    ...{ created_at: new Date(at), updated_at: new Date(changed ? later : at) },
  };
  return { template, versions };
}

async function fillProposals(trx: Kysely<DB>, world: World): Promise<void> {
  const cases = await trx
    .selectFrom('ticket')
    .select(['id', 'mall', 'centre'])
    .where('status', '=', 'solved')
    .orderBy('updated_at', 'desc')
    .orderBy('id')
    .limit(PROPOSED.length)
    .execute();
  const rows = cases.map(({ id: ticket, mall, centre }, i) => {
    const rng = rngOf(world.seed, 'proposal', i);
    const at = world.now - rng.int(1, 9) * DAY;
    const agent = rng.pick(centre === 'own' ? world.agents.own : world.agents.outsourced);
    const [title = '', body = '', reason = null] = PROPOSED[i] ?? [];
    return {
      ...{ id: uuidAt(at, rng), ticket_id: ticket, mall, centre, title, body, reason, state: 'open' },
      ...{ proposed_by: agent.id, proposed_by_name: agent.name, created_at: new Date(at) },
    };
  });
  if (rows.length > 0) await trx.insertInto('template_proposal').values(rows).execute();
}
