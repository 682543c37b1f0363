import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

const START = `window.onload = () => {
  window.ui = SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true, filter: true, docExpansion: 'none' });
};`;

const PAGE = `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>Haedap API</title>
<link rel="stylesheet" href="/api/docs/files/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/api/docs/files/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;

/**
 * `/api/docs`: the OpenAPI document to browse and to try. Swagger UI is pinned below 5.18, the first release whose
 * install step reports to its maker.
 */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const root = dirname(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js')));
  await app.register(fastifyStatic, {
    root,
    prefix: '/api/docs/files/',
    decorateReply: false,
    index: false,
    allowedPath: (path) => /\/swagger-ui(-bundle)?\.(js|css)$/.test(path),
  });
  app.get('/api/docs', (_, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  app.get('/api/docs/start.js', (_, reply) => reply.type('text/javascript').send(START));
}
