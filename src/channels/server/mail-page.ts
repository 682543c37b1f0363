import type { FastifyInstance } from 'fastify';
import { type Authenticator, isCrossSite, languageOf, sendProblem } from '#platform/http.ts';
import type { Output } from '#platform/operation.ts';
import type { Pipeline } from '#platform/pipeline.ts';
import { type Problem, problem } from '#platform/problem.ts';
import { channels } from '../contract.ts';

/**
 * `GET /mail/<id>`: the sanitised HTML of a mail as a page of its own, for a frame of ours. It runs nothing and loads
 * nothing but the images that came along; with `?remote=1` those from elsewhere too, without telling them who looks.
 */
export function serveMailPages(app: FastifyInstance, host: { pipeline: Pipeline; authenticator: Authenticator }): void {
  app.get('/mail/:id', async (request, reply) => {
    const { cookie, authorization } = request.headers;
    const refused = (code: 'cross_site' | 'unauthenticated') =>
      sendProblem(reply, request, problem(code, languageOf(request)));
    if (isCrossSite(request)) return refused('cross_site');
    const actor = await host.authenticator.resolve({ cookie, authorization });
    if (!actor) return refused('unauthenticated');
    const { id } = request.params as { id: string };
    const call = { operation: channels.operations.openHtml.name, input: { id }, actor, language: actor.language };
    const { status, body } = await host.pipeline.execute({ ...call, requestId: request.id });
    if (status !== 200) return sendProblem(reply, request, body as Problem);
    const remote = (request.query as { remote?: unknown }).remote === '1';
    const images = remote ? "'self' https: http:" : "'self'";
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header(
        'content-security-policy',
        `default-src 'none'; img-src ${images}; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox`,
      )
      .header('x-frame-options', 'SAMEORIGIN')
      .header('referrer-policy', 'no-referrer')
      .header('cache-control', 'private, no-store')
      .send(pageOf(body as Output<typeof channels.operations.openHtml>, remote));
  });
}

const STYLE = `body{margin:0;padding:8px 2px;background:#fff;color:#1d1d1f;font:14px/1.6 Pretendard,sans-serif;overflow-wrap:anywhere}
img{max-width:100%;height:auto}table{max-width:100%}blockquote{margin:8px 0 8px 4px;padding-left:10px;border-left:2px solid #ccc;color:#555}`;

function pageOf({ html, images }: Output<typeof channels.operations.openHtml>, remote: boolean): string {
  const files = new Map(images.map(({ cid, file }) => [cid, file]));
  const shown = html
    .replaceAll(/ data-cid="([^"]*)"/g, (_, cid: string) => {
      const file = files.get(cid.replaceAll('&amp;', '&'));
      return file ? ` src="/files/channels.openFile/${file}"` : '';
    })
    .replaceAll(/ data-remote="([^"]*)"/g, (_, address: string) =>
      remote ? ` src="${address}" referrerpolicy="no-referrer"` : '',
    );
  return `<!doctype html><html><head><meta charset="utf-8"><style>${STYLE}</style></head><body>${shown}</body></html>`;
}
