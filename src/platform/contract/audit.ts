import { z } from 'zod';
import { pagingBy } from '../keyset.ts';
import { command, contract, query, refusal } from '../operation.ts';
import { period } from '../period.ts';
import { Id, Instant, page, text } from '../values.ts';

/** What a search of the audit narrows down by; all given ones must hold. */
export const auditFilter = {
  /** Id of the person, key's owner or `system`. */
  actor: z.string().trim().min(1).max(100).optional(),
  /** `tickets.assign`, or a whole room: `tickets`. */
  operation: z.string().trim().min(1).max(100).optional(),
  /** Id of a record that was changed. */
  subject: z.string().trim().min(1).max(100).optional(),
  /** `ok`, or the code of a refusal. */
  outcome: z.string().trim().min(1).max(60).optional(),
  /** Part of a name, an operation, an address or a value. */
  q: text(100).optional(),
  ...period,
};

const AuditItem = z.strictObject({
  id: Id,
  at: Instant,
  actor: z.strictObject({ kind: z.enum(['user', 'key', 'system', 'anonymous']), id: z.string(), name: z.string() }),
  operation: z.string(),
  /** What people call the operation, in the caller's language; null when no operation has the name any more. */
  title: z.string().nullable(),
  subjectId: z.string().nullable(),
  outcome: z.string(),
  ip: z.string().nullable(),
  /** How many records it changed. */
  changes: z.int(),
  /** Whether the sealer has linked it into the chain. */
  sealed: z.boolean(),
});

const AuditEntry = AuditItem.extend({
  sessionId: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string(),
  input: z.unknown(),
  changes: z.array(z.strictObject({ event: z.string(), subject: z.string(), before: z.unknown(), after: z.unknown() })),
  contentHash: z.string(),
  seal: z.strictObject({ seq: z.int(), hash: z.string(), previousHash: z.string(), sealedAt: Instant }).nullable(),
});

/** Where the chain breaks first: see `Break` of audit-verify.ts for the kinds. */
const Broken = z.strictObject({
  kind: z.enum(['changed', 'removed', 'inserted', 'relinked', 'backdated', 'rewritten']),
  recordId: Id.nullable(),
  seq: z.int().nullable(),
  at: z.string().nullable(),
  operation: z.string().nullable(),
});

const Verdict = z.strictObject({
  ok: z.boolean(),
  checked: z.int(),
  /** Id of the first record that was changed, removed or inserted, as far as it is known. */
  firstBroken: Id.nullable(),
  broken: Broken.nullable(),
  /** Everything up to then is sealed; null when nothing is. */
  sealedUntil: Instant.nullable(),
  unsealed: z.int(),
});

/** The audit tells of all malls and centres, so only a role that is not limited to some reads it. */
const everywhere = {
  scope_limited: refusal({
    ko: '감사 기록은 모든 몰과 센터를 담당하는 권한으로만 볼 수 있습니다. 시스템 관리자에게 요청해 주세요.',
    en: 'Only a role for all malls and centres may read the audit. Please ask an administrator.',
  }),
};

export const audit = contract('audit', {
  title: { ko: '감사 기록', en: 'Audit' },
  permissions: {
    'audit.read': { title: { ko: '감사 기록 조회', en: 'Read the audit' }, roles: ['admin', 'head'] },
    'audit.export': { title: { ko: '감사 기록 내보내기', en: 'Export the audit' }, roles: ['admin', 'head'] },
  },
  companyWide: {
    check_requested: 'the audit is one for the company; only who reads it hears of it',
    export_requested: 'the audit is one for the company; only who reads it hears of it',
  },
  operations: {
    list: query({
      title: { ko: '감사 기록 목록', en: 'List audit records' },
      may: 'audit.read',
      input: z.strictObject({ ...auditFilter, ...pagingBy('id') }),
      output: page(AuditItem),
      refusals: everywhere,
      example: () => ({ operation: 'tickets', from: '2026-11-01' }),
    }),
    get: query({
      title: { ko: '감사 기록 보기', en: 'Show an audit record' },
      may: 'audit.read',
      input: z.strictObject({ id: Id }),
      output: AuditEntry,
      refusals: everywhere,
      example: (known) => ({ id: known.auditId }),
    }),
    verify: query({
      title: { ko: '감사 기록 사슬 검사', en: 'Check the chain of audit records' },
      may: 'audit.read',
      input: z.strictObject({}),
      output: Verdict,
      refusals: {
        ...everywhere,
        takes_longer: refusal(
          {
            ko: '기록이 많아 바로 끝나지 않습니다({checked}건까지 이상 없음). 전체 검사를 작업으로 실행해 주세요.',
            en: 'There are too many records for an answer at once ({checked} checked, all well). Please start the full check as a job.',
          },
          { checked: z.int() },
        ),
      },
      example: () => ({}),
    }),
    verifyAll: command({
      title: { ko: '감사 기록 전체 검사 시작', en: 'Start a full check of the chain' },
      may: 'audit.read',
      input: z.strictObject({}),
      output: z.strictObject({ jobId: z.string() }),
      refusals: everywhere,
      refreshes: ['jobs'],
      example: () => ({}),
    }),
    export: command({
      title: { ko: '감사 기록 내보내기', en: 'Export audit records' },
      may: 'audit.export',
      input: z.strictObject({
        ...auditFilter,
        format: z.enum(['csv', 'ndjson']).default('csv'),
        /** Why: it stays in the audit. */
        reason: text(200),
      }),
      output: z.strictObject({ jobId: z.string() }),
      refusals: everywhere,
      refreshes: ['jobs'],
      example: () => ({ from: '2026-11-01', format: 'csv' as const, reason: '월간 점검' }),
    }),
    readExport: query({
      title: { ko: '내보낸 파일 받기', en: 'Fetch an exported file' },
      may: 'audit.export',
      input: z.strictObject({ jobId: z.string().regex(/^\d{1,18}$/), part: z.int().min(0).max(100_000).default(0) }),
      /** One part of the file, about 1 MB; `next` is the part after it, null at the end. */
      output: z.strictObject({
        name: z.string(),
        mediaType: z.string(),
        text: z.string(),
        next: z.int().nullable(),
      }),
      refusals: {
        ...everywhere,
        not_ready: refusal({ ko: '아직 만드는 중입니다.', en: 'The file is still being made.' }),
        file_gone: refusal({
          ko: '보관 기간(7일)이 지나 파일이 없습니다. 다시 내보내 주세요.',
          en: 'The file is gone: it is kept for 7 days. Please export again.',
        }),
      },
      example: (known) => ({ jobId: known.exportJobId }),
    }),
  },
});
