import { z } from 'zod';
import { MallId } from '#malls/contract.ts';
import { pagingBy } from '#platform/keyset.ts';
import { command, query, refusal } from '#platform/operation.ts';
import { Id, Instant, page, text } from '#platform/values.ts';
import { MAPPABLE } from '../rules/import/mapping.ts';

/** Most bytes of a file, and of one part of it as it is sent. */
export const MOST_FILE_BYTES = 600_000_000;
export const PART_BYTES = 540_000;

const STATES = ['uploading', 'checking', 'needs_choice', 'checked', 'importing', 'done', 'failed'] as const;
export const OUTCOMES = ['new', 'changed', 'unchanged', 'rejected'] as const;

const Problem = z.strictObject({ code: z.string(), text: z.string() });
const Mapping = z.partialRecord(z.enum(MAPPABLE), text(200));
const Choices = {
  /** A preset's id, `custom` with a mapping; absent: found by the headings. */
  preset: text(30).optional(),
  mall: MallId.optional(),
  /** The tab of the mall's screen, when the file names no state (Coupang). */
  state: text(30).optional(),
  mapping: Mapping.optional(),
};

const Import = z.strictObject({
  id: Id,
  name: z.string(),
  state: z.enum(STATES),
  bytes: z.int(),
  container: z.string().nullable(),
  preset: z.strictObject({ id: z.string(), title: z.string() }).nullable(),
  mall: z.string().nullable(),
  headings: z.array(z.string()),
  /** Field → heading: what is used, remembered or proposed. */
  mapping: Mapping,
  /** What the person must or may say: `mall`, `state`, `mapping`. */
  asks: z.array(z.enum(['mall', 'state', 'mapping'])),
  problem: Problem.nullable(),
  counts: z.strictObject({
    rows: z.int(),
    new: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    rejectedRows: z.int(),
    unknownProducts: z.int(),
    created: z.int(),
    updated: z.int(),
    failedParts: z.int(),
  }),
  /** 0–1 while a job works on it. */
  progress: z.number().nullable(),
});

const Row = z.strictObject({
  outcome: z.enum(OUTCOMES),
  rows: z.array(z.int()),
  mall: z.string().nullable(),
  mallOrderNo: z.string().nullable(),
  reason: Problem.nullable(),
  /** Times and numbers of the parcel only: no personal data. */
  changes: z.array(z.strictObject({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  unknownSkus: z.array(z.string()),
});

const refusals = {
  wrong_state: refusal({
    ko: '지금은 할 수 없습니다. 화면을 새로 고쳐 파일의 상태를 확인해 주세요.',
    en: 'Not possible now. Refresh and look at the state of the file.',
  }),
};
const IMPORTERS = ['shift_lead', 'manager', 'head', 'planner', 'md', 'logistics', 'admin'] as const;
const may = 'orders.importFiles';

export const importPermissions = {
  'orders.importFiles': { title: { ko: '주문 파일 등록', en: 'Import order files' }, roles: IMPORTERS },
} as const;

/** Import of order files: begin, send the parts, check (dry run), look, start. Each person sees their own imports. */
export const importOperations = {
  beginImport: command({
    title: { ko: '주문 파일 올리기', en: 'Begin an import' },
    may,
    input: z.strictObject({ name: text(200), bytes: z.int().min(1).max(MOST_FILE_BYTES) }),
    output: z.strictObject({ id: Id, partBytes: z.int() }),
    example: () => ({ name: 'DeliveryList(2026-11-25)_(0).xlsx', bytes: 9_000 }),
  }),
  addImportPart: command({
    title: { ko: '주문 파일 조각 올리기', en: 'Send a part of an order file' },
    may,
    /** `content`: base64 of at most `partBytes` bytes; a part that is sent again replaces itself. */
    input: z.strictObject({
      import: Id,
      part: z
        .int()
        .min(0)
        .max(Math.ceil(MOST_FILE_BYTES / PART_BYTES)),
      content: z.base64().max(720_000),
    }),
    output: z.strictObject({ bytes: z.int() }),
    refusals,
    refreshes: [],
    scoped: true,
    example: (known) => ({ import: known.newImportId, part: 0, content: 'YSxiCjEsMg==' }),
  }),
  checkImport: command({
    title: { ko: '주문 파일 확인', en: 'Check an order file' },
    may,
    /** `password` opens an encrypted file and is neither kept nor logged. */
    input: z.strictObject({ import: Id, password: z.string().min(1).max(255).optional(), ...Choices }),
    output: z.strictObject({ jobId: z.string() }),
    refusals: {
      ...refusals,
      password_needed: refusal({
        ko: '비밀번호가 걸린 파일입니다. 내려받을 때 정한 비밀번호를 입력해 주세요. 비밀번호는 저장하지 않습니다.',
        en: 'The file has a password. Enter the one chosen at the download; it is not stored.',
      }),
      bad_password: refusal({
        ko: '비밀번호가 맞지 않습니다. 내려받을 때 정한 비밀번호를 다시 입력해 주세요.',
        en: 'That password is wrong. Enter the one chosen at the download.',
      }),
      not_a_table: refusal({
        ko: '표로 된 파일이 아니거나 망가진 파일입니다. 몰에서 내려받은 파일을 그대로 올려 주세요.',
        en: 'The file is no table, or it is broken. Upload the file as the mall gave it.',
      }),
      too_large: refusal({
        ko: '파일이 너무 큽니다. 기간을 나누어 받아 주세요.',
        en: 'The file is too large. Download a shorter period.',
      }),
    },
    scoped: true,
    example: (known) => ({ import: known.newImportId }),
  }),
  cancelImport: command({
    title: { ko: '주문 파일 작업 멈추기', en: 'Stop the work on an order file' },
    may,
    input: z.strictObject({ import: Id }),
    output: z.strictObject({ asked: z.boolean() }),
    scoped: true,
    example: (known) => ({ import: known.importId }),
  }),
  getImport: query({
    title: { ko: '주문 파일 등록 보기', en: 'Show an import' },
    may,
    input: z.strictObject({ import: Id }),
    output: Import,
    scoped: true,
    example: (known) => ({ import: known.importId }),
  }),
  listImportRows: query({
    title: { ko: '주문 파일 확인 결과', en: 'What an import would change' },
    may,
    input: z.strictObject({ import: Id, outcome: z.enum(OUTCOMES).default('rejected'), ...pagingBy('int') }),
    output: page(Row),
    scoped: true,
    example: (known) => ({ import: known.importId }),
  }),
  fileRows: query({
    title: { ko: '주문 파일의 다른 칸', en: 'Other columns of an order’s file' },
    may,
    input: z.strictObject({ id: Id }),
    /** Columns that Haedap does not read, as the newest file had them; what names or reaches a person is masked. */
    output: z.strictObject({
      file: z.string().nullable(),
      at: Instant.nullable(),
      rows: z.array(z.strictObject({ no: z.int(), cells: z.record(z.string(), z.string()) })),
    }),
    scoped: true,
    example: (known) => ({ id: known.orderId }),
  }),
  readImportFailures: query({
    title: { ko: '등록하지 못한 행 받기', en: 'Fetch the failed rows' },
    may,
    /** One part of an .xlsx with the failed rows and their reasons in the last column. */
    input: z.strictObject({ import: Id, part: z.int().min(0).max(10_000).default(0) }),
    output: z.strictObject({ name: z.string(), content: z.string(), next: z.int().nullable() }),
    refusals: { no_failures: refusal({ ko: '등록하지 못한 행이 없습니다.', en: 'No row failed.' }) },
    scoped: true,
    example: (known) => ({ import: known.importId }),
  }),
  startImport: command({
    title: { ko: '확인한 주문 등록', en: 'Import the checked orders' },
    may,
    input: z.strictObject({ import: Id }),
    output: z.strictObject({ jobId: z.string() }),
    refusals,
    scoped: true,
    example: (known) => ({ import: known.importId }),
  }),
};
