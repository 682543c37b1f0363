import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, contract, query, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';
import { CHANNELS } from '#tickets/contract/shapes.ts';
import { VocCodeId } from '#voc/contract.ts';

const DESK = ['agent', 'senior_agent', 'shift_lead', 'manager', 'head'] as const;
const KEEPERS = ['shift_lead', 'manager', 'head', 'planner'] as const;
const Channels = z.array(z.enum(CHANNELS)).min(1).max(CHANNELS.length).nullable();
const Malls = z.array(MallId).min(1).max(100).nullable();
const Body = text(5_000);
const Title = text(100);

export const TemplateRow = z.strictObject({
  id: Id,
  folder: z.strictObject({ id: Id, name: z.string() }),
  title: z.string(),
  body: z.string(),
  /** Null: any channel, all malls. */
  channels: z.array(z.enum(CHANNELS)).nullable(),
  malls: z.array(z.string()).nullable(),
  codes: z.array(z.string()),
  version: z.int(),
  used: z.int(),
  lastUsedAt: Instant.nullable(),
  retiredAt: Instant.nullable(),
});

const VersionRow = z.strictObject({
  version: z.int(),
  title: z.string(),
  body: z.string(),
  note: z.string().nullable(),
  writtenBy: z.string(),
  writtenAt: Instant,
  fromTicket: z.boolean(),
  used: z.int(),
});

const Proposal = z.strictObject({
  id: Id,
  ticket: z.strictObject({ id: Id, number: z.int().nullable() }),
  title: z.string(),
  body: z.string(),
  reason: z.string().nullable(),
  state: z.enum(['open', 'accepted', 'declined']),
  proposedBy: z.string(),
  proposedAt: Instant,
  decidedBy: z.string().nullable(),
  decision: z.string().nullable(),
  template: Id.nullable(),
});

const wrong = {
  template_wrong: refusal(
    {
      ko: "{at}번째 글자의 '{what}'을(를) 읽을 수 없습니다. 변수 이름과 괄호를 확인해 주세요.",
      en: "'{what}' at character {at} cannot be read. Check names and brackets.",
    },
    {
      problem: z.enum([
        'unknown_variable',
        'not_closed',
        'nothing_to_close',
        'bad_condition',
        'empty_name',
        'too_deep',
      ]),
      at: z.int(),
      what: z.string(),
    },
  ),
  folder_unknown: refusal({
    ko: '그 폴더가 없습니다. 폴더를 다시 골라 주세요.',
    en: 'There is no such folder. Choose another one.',
  }),
};
const beyond = refusal({
  ko: '담당하는 몰의 템플릿만 고칠 수 있습니다. 몰을 골라 주세요.',
  en: 'You may change templates of your own malls only. Choose malls.',
});
const decided = refusal({
  ko: '이미 처리한 제안입니다. 새로 고쳐 확인해 주세요.',
  en: 'This proposal was decided already. Reload to see.',
});

const SHARED = 'templates are the same text for the whole company; what they are filled with is not in the event';

export const templates = contract('templates', {
  title: { ko: '템플릿', en: 'Templates' },
  permissions: {
    'templates.read': { title: { ko: '템플릿 보기', en: 'See templates' }, roles: [...DESK, 'planner', 'admin'] },
    'templates.use': { title: { ko: '템플릿 쓰기', en: 'Use templates' }, roles: DESK },
    'templates.keep': { title: { ko: '템플릿 관리', en: 'Keep templates' }, roles: KEEPERS },
    'templates.decide': {
      title: { ko: '템플릿 제안 처리', en: 'Decide on proposals' },
      roles: ['shift_lead', 'manager', 'head'],
    },
  },
  companyWide: { folder_saved: SHARED, written: SHARED, retired: SHARED, restored: SHARED },
  operations: {
    list: query({
      title: { ko: '템플릿 목록', en: 'Templates' },
      may: 'templates.read',
      /** With a ticket: those that fit its channel and mall, the nearest to its code first. At most 500. */
      input: z.strictObject({ ticket: Id.optional(), folder: Id.optional(), retired: z.boolean().optional() }),
      output: z.strictObject({ items: z.array(TemplateRow) }),
      example: () => ({}),
    }),
    get: query({
      title: { ko: '템플릿', en: 'Template' },
      may: 'templates.read',
      input: z.strictObject({ id: Id }),
      output: TemplateRow.extend({ versions: z.array(VersionRow) }),
      example: (known) => ({ id: known.templateId }),
    }),
    folders: query({
      title: { ko: '템플릿 폴더', en: 'Folders of templates' },
      may: 'templates.read',
      input: z.strictObject({}),
      output: z.strictObject({ items: z.array(z.strictObject({ id: Id, name: z.string(), templates: z.int() })) }),
      example: () => ({}),
    }),
    saveFolder: command({
      title: { ko: '템플릿 폴더 저장', en: 'Save a folder' },
      may: 'templates.keep',
      /** Without `id` a new one, last in order. */
      input: z.strictObject({ id: Id.optional(), name: text(60) }),
      output: z.strictObject({ id: Id }),
      refusals: {
        folder_exists: refusal({
          ko: '같은 이름의 폴더가 있습니다. 다른 이름으로 적어 주세요.',
          en: 'A folder of this name exists. Choose another name.',
        }),
      },
      example: (known) => ({ id: known.folderId, name: '배송 안내' }),
    }),
    write: command({
      title: { ko: '템플릿 쓰기', en: 'Write a template' },
      may: 'templates.keep',
      /** With `id` its next version, if `version` is still the one in force. */
      input: z.strictObject({
        id: Id.optional(),
        version: z.int().positive().max(2_000_000_000).optional(),
        folder: Id,
        title: Title,
        body: Body,
        channels: Channels.default(null),
        malls: Malls.default(null),
        codes: z.array(VocCodeId).max(50).default([]),
        note: text(500).optional(),
      }),
      output: z.strictObject({ id: Id, version: z.int() }),
      refusals: {
        ...wrong,
        beyond_your_malls: beyond,
        stale_version: refusal(
          {
            ko: '그사이 다른 사람이 이 템플릿을 고쳤습니다. 새 내용을 보고 다시 고쳐 주세요.',
            en: 'Somebody changed this template meanwhile. Look at it, then change it again.',
          },
          { version: z.int() },
        ),
      },
      example: (known) => ({
        folder: known.folderId,
        malls: [known.mall],
        title: '도착 예정 안내',
        body: '{고객명} 고객님, {택배사} {송장번호}로 [[도착 예정일]] 도착할 예정입니다.',
      }),
    }),
    retire: command({
      title: { ko: '템플릿 치우기', en: 'Put a template away' },
      may: 'templates.keep',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ retired: z.boolean() }),
      refusals: { beyond_your_malls: beyond },
      example: (known) => ({ id: known.retiringTemplateId }),
    }),
    restore: command({
      title: { ko: '템플릿 되살리기', en: 'Bring a template back' },
      may: 'templates.keep',
      input: z.strictObject({ id: Id }),
      output: z.strictObject({ retired: z.boolean() }),
      refusals: { beyond_your_malls: beyond },
      example: (known) => ({ id: known.retiringTemplateId }),
    }),
    use: command({
      title: { ko: '템플릿 넣기', en: 'Use a template' },
      may: 'templates.use',
      input: z.strictObject({ id: Id, ticket: Id }),
      /**
       * Filled for the customer of the ticket: plain on purpose, since a message to the customer carries the full name; each
       * use is recorded. `blanks`: what is still to be filled in.
       */
      output: z.strictObject({ text: z.string(), blanks: z.array(z.string()), version: z.int() }),
      refusals: {
        template_retired: refusal({
          ko: '더 쓰지 않는 템플릿입니다. 다른 템플릿을 골라 주세요.',
          en: 'This template is not in use any more. Choose another one.',
        }),
      },
      answerOnce: true,
      scoped: true,
      example: (known) => ({ id: known.templateId, ticket: known.ticketId }),
    }),
    propose: command({
      title: { ko: '템플릿으로 제안', en: 'Propose a template' },
      may: 'templates.use',
      input: z.strictObject({ ticket: Id, title: Title, body: Body, reason: text(500).optional() }),
      output: z.strictObject({ id: Id }),
      refusals: { template_wrong: wrong.template_wrong },
      scoped: true,
      example: (known) => ({
        ticket: known.ticketId,
        title: '봉제 불량 사과와 교환',
        body: '{고객명} 고객님, 불편을 드려 죄송합니다. 새 상품으로 바꿔 드리겠습니다.',
      }),
    }),
    listProposals: query({
      title: { ko: '템플릿 제안', en: 'Proposed templates' },
      may: 'templates.use',
      input: z.strictObject({ state: z.enum(['open', 'decided']).optional(), ...pagingBy('time', 'id') }),
      output: page(Proposal),
      example: () => ({}),
    }),
    accept: command({
      title: { ko: '템플릿 제안 받기', en: 'Accept a proposal' },
      may: 'templates.decide',
      /** As it was proposed, or as it is given here. */
      input: z.strictObject({ id: Id, folder: Id, title: Title.optional(), body: Body.optional() }),
      output: z.strictObject({ template: Id }),
      refusals: { ...wrong, decided },
      scoped: true,
      example: (known) => ({ id: known.proposalId, folder: known.folderId }),
    }),
    decline: command({
      title: { ko: '템플릿 제안 돌려보내기', en: 'Decline a proposal' },
      may: 'templates.decide',
      input: z.strictObject({ id: Id, reason: text(500) }),
      output: z.strictObject({ state: z.enum(['declined']) }),
      refusals: { decided },
      scoped: true,
      example: (known) => ({ id: known.decliningProposalId, reason: '같은 템플릿이 이미 있습니다.' }),
    }),
  },
});
