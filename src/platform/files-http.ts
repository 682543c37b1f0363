import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import type { Database } from './db.ts';
import { runsByName } from './file-kind.ts';
import { MOST_FILE_BYTES, readFile, storeFile } from './files.ts';
import { type Authenticator, isCrossSite, languageOf, sendProblem } from './http.ts';
import type { Actor } from './operation.ts';
import type { Pipeline } from './pipeline.ts';
import { type HostCode, type Problem, problem } from './problem.ts';
import type { Open } from './scope.ts';
import { newId, OpenedFile } from './values.ts';

type FilesHost = { pipeline: Pipeline; authenticator: Authenticator; database: Database };

/** Types that a browser may show in an image of ours. All else is bytes. */
const SHOWN = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp']);

/**
 * Files in and out. `POST /files?name=…` keeps the body as an upload of the caller and answers its id, which an
 * operation then hangs on something. `GET /files/<operation>/<id>` runs the query of that name, which checks
 * permission and scope each time and answers `OpenedFile`; the file then leaves as a download, never as a page.
 */
export function serveFiles(app: FastifyInstance, host: FilesHost): void {
  app.get('/files/:operation/:id', async (request, reply) => {
    const { operation, id } = request.params as { operation: string; id: string };
    const opened = await open(host, request, operation, id);
    if ('code' in opened) return sendProblem(reply, request, opened);
    return sendFile(reply, host.database.read as unknown as Kysely<Open>, opened);
  });
  app.register(async (door) => {
    door.addContentTypeParser('application/octet-stream', (_, __, done) => done(null));
    door.post('/files', async (request, reply) => {
      const kept = await keepUpload(host, request);
      return 'code' in kept ? sendProblem(reply, request, kept) : reply.send(kept);
    });
  });
}

async function open(
  { pipeline, authenticator }: FilesHost,
  request: FastifyRequest,
  operation: string,
  id: string,
): Promise<z.output<typeof OpenedFile> | Problem> {
  const actor = await callerOf(authenticator, request);
  if ('code' in actor) return actor;
  const call = { operation, input: { id }, actor, language: actor.language, requestId: request.id };
  const query = pipeline.registry.entries.get(operation)?.operation.kind === 'query';
  const reply = query ? await pipeline.execute(call) : null;
  if (!reply) return problem('not_found', languageOf(request));
  if (reply.status !== 200) return reply.body as Problem;
  return OpenedFile.safeParse(reply.body).data ?? problem('not_found', languageOf(request));
}

async function callerOf(authenticator: Authenticator, request: FastifyRequest): Promise<Actor | Problem> {
  const refused = (code: HostCode) => problem(code, languageOf(request));
  if (isCrossSite(request)) return refused('cross_site');
  const { cookie, authorization } = request.headers;
  return (await authenticator.resolve({ cookie, authorization })) ?? refused('unauthenticated');
}

function sendFile(reply: FastifyReply, db: Kysely<Open>, file: z.output<typeof OpenedFile>): FastifyReply {
  const ascii = file.name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const name = encodeURIComponent(file.name).replaceAll(/['()*]/g, (it) => `%${it.charCodeAt(0).toString(16)}`);
  return reply
    .header('content-type', SHOWN.has(file.mime) ? file.mime : 'application/octet-stream')
    .header('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${name}`)
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin')
    .header('cache-control', 'private, max-age=300')
    .send(Readable.from(readFile(db, file.sha256)));
}

type Upload = { id: string; name: string; bytes: number; mime: string; risk: string | null };

async function keepUpload({ authenticator, database }: FilesHost, request: FastifyRequest): Promise<Upload | Problem> {
  const actor = await callerOf(authenticator, request);
  if ('code' in actor) return actor;
  const name = nameOf((request.query as { name?: unknown }).name);
  const bytes = await bodyOf(request);
  if (!bytes) return problem('file_too_large', languageOf(request));
  const db = database.write as unknown as Kysely<Open>;
  const file = await storeFile(db, bytes);
  const id = newId();
  await db
    .insertInto('file_upload')
    .values({ id, sha256: file.sha256, name, uploaded_by: actor.id, created_at: new Date() })
    .execute();
  const risk = file.risk ?? (runsByName(name) ? 'program' : null);
  return { id, name, bytes: file.bytes, mime: file.mime, risk };
}

/** The last part of a path, without what no name holds. */
function nameOf(given: unknown): string {
  const base = typeof given === 'string' ? (given.split(/[\\/]/).at(-1) ?? '') : '';
  const name = base.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '').replace(/^[.\s]+/, '');
  return name.normalize('NFC').trim().slice(0, 150) || 'file';
}

async function bodyOf(request: FastifyRequest): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_FILE_BYTES) return null;
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request.raw) {
    size += (part as Buffer).length;
    if (size > MOST_FILE_BYTES) return null;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
