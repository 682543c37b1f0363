import { createReadStream, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { orders } from '#orders/contract.ts';
import { SYSTEM } from '#platform/actors.ts';
import { Fault } from '#platform/fault.ts';
import { startJobs } from '#platform/jobs.ts';
import type { Input, Operation, OperationSpec, Output } from '#platform/operation.ts';
import { createPipeline, type Pipeline } from '#platform/pipeline.ts';
import { createRegistry } from '#platform/registry.ts';
import { newId } from '#platform/values.ts';
import type { CliCommand } from './cli.ts';
import { createRooms } from './modules.ts';
import { openCompany } from './open-company.ts';
import { readOptions } from './options.ts';

const ops = orders.operations;
type Import = Output<typeof ops.getImport>;

async function ask<S extends OperationSpec>(
  pipeline: Pipeline,
  operation: Operation<S>,
  input: Input<S>,
): Promise<Output<S>> {
  const call = { operation: operation.name, input, actor: SYSTEM, language: 'ko' as const, requestId: newId() };
  const { status, body } = await pipeline.execute(call);
  if (status === 200) return body as Output<S>;
  const { title = '', code = '' } = body as { title?: string; code?: string };
  throw new Fault(code, { ko: title, en: code });
}

async function send(pipeline: Pipeline, file: string): Promise<string> {
  const { id, partBytes } = await ask(pipeline, ops.beginImport, { name: basename(file), bytes: sizeOf(file) });
  let part = 0;
  for await (const bytes of createReadStream(file, { highWaterMark: partBytes }))
    await ask(pipeline, ops.addImportPart, { import: id, part: part++, content: (bytes as Buffer).toString('base64') });
  return id;
}

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    throw new Fault('no_file', { ko: `파일이 없습니다: ${file}`, en: `There is no file ${file}` }, { exitCode: 2 });
  }
}

async function settled(pipeline: Pipeline, id: string): Promise<Import> {
  for (;;) {
    const it = await ask(pipeline, ops.getImport, { import: id });
    if (it.state !== 'checking' && it.state !== 'importing') return it;
    await sleep(200);
  }
}

async function firstLine(): Promise<string> {
  let text = '';
  for await (const part of process.stdin) text += String(part);
  return text.split(/\r?\n/)[0] ?? '';
}

/**
 * `haedap orders import FILE`: checks a mall's order file and imports it, with a server beside it or without. Exit code
 * 1 when the file cannot be read or rows were refused. The password comes from standard input only.
 */
export const ordersImportCommand: CliCommand = async (argv) => {
  const { values, positionals } = readOptions(
    argv,
    {
      mall: { type: 'string' },
      state: { type: 'string' },
      'password-stdin': { type: 'boolean', default: false },
      'dry-run': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    true,
  );
  const file = positionals[0];
  if (!file) throw new Fault('option_missing', { ko: '파일을 적어 주세요.', en: 'Name the file.' }, { exitCode: 2 });
  const password = values['password-stdin'] ? await firstLine() : undefined;
  const company = await openCompany({ purpose: 'haedap orders import', tell: () => undefined });
  const registry = createRegistry(createRooms());
  const pipeline = createPipeline({ database: company.database, registry });
  const stop = await startJobs({ database: company.database, pipeline, concurrency: 1, onProblem: () => undefined });
  try {
    const id = await send(pipeline, file);
    const { mall, state } = values;
    await ask(pipeline, ops.checkImport, { import: id, password, mall, state });
    let it = await settled(pipeline, id);
    if (it.state === 'checked' && !values['dry-run'] && it.counts.new + it.counts.changed > 0) {
      await ask(pipeline, ops.startImport, { import: id });
      it = await settled(pipeline, id);
    }
    const { items: rejected } = await ask(pipeline, ops.listImportRows, {
      import: id,
      outcome: 'rejected',
      limit: 100,
    });
    tell(values.json, it, rejected);
    return it.problem || rejected.length > 0 ? 1 : 0;
  } finally {
    await stop();
    await company.close();
  }
};

function tell(json: boolean, it: Import, rejected: Output<typeof ops.listImportRows>['items']): void {
  const rows = rejected.map(({ rows, reason }) => ({ row: rows[0], code: reason?.code, text: reason?.text }));
  if (json) {
    const { state, preset, mall, asks, problem, counts } = it;
    process.stdout.write(`${JSON.stringify({ state, preset, mall, asks, problem, counts, rejected: rows })}\n`);
    return;
  }
  const { counts } = it;
  const lines = [
    it.problem?.text ??
      (it.state === 'needs_choice' ? '몰을 --mall로 알려 주세요. · Name the mall with --mall.' : null),
    `새 주문 ${counts.new} · 변경 ${counts.changed} · 그대로 ${counts.unchanged} · 등록 못한 행 ${counts.rejectedRows}`,
    it.state === 'done' ? `등록했습니다: 새 주문 ${counts.created}, 고침 ${counts.updated}` : null,
    ...rows.map(({ row, text }) => `  ${row}행: ${text}`),
  ];
  process.stdout.write(`${lines.filter((line) => line !== null).join('\n')}\n`);
}
