import type { AuditRow } from './audit-store.ts';

const COLUMNS: readonly (readonly [title: string, value: (row: AuditRow, title: string | null) => string])[] = [
  ['시각(KST)', (row) => kst(row.at)],
  ['사용자', (row) => row.actor_name],
  ['사용자 ID', (row) => row.actor_id],
  ['구분', (row) => row.actor_kind],
  ['작업', (row, title) => title ?? row.operation],
  ['작업 ID', (row) => row.operation],
  ['대상', (row) => row.subject_id ?? ''],
  ['결과', (row) => row.outcome],
  ['IP', (row) => row.ip ?? ''],
  ['입력', (row) => JSON.stringify(row.input)],
  ['변경', (row) => JSON.stringify(row.changes)],
  ['요청 번호', (row) => row.request_id],
  ['기록 ID', (row) => row.id],
  ['봉인 순번', (row) => (row.seq === null ? '' : String(row.seq))],
  ['내용 해시', (row) => row.content_hash],
];

/** 2026-11-25 18:03:11 in Korea, which has no summer time. */
const kst = (at: Date): string => new Date(at.getTime() + 32_400_000).toISOString().slice(0, 19).replace('T', ' ');

/** A cell that Excel takes as text: a leading sign would make it a formula. */
function cell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The byte-order mark tells Excel that this is UTF-8. */
export const csvHead = `\u{feff}${COLUMNS.map(([title]) => cell(title)).join(',')}\r\n`;
/** `title`: of the row's operation. */
export const csvLine = (row: AuditRow, title: string | null): string =>
  `${COLUMNS.map(([, value]) => cell(value(row, title))).join(',')}\r\n`;
