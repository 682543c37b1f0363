#!/usr/bin/env node
import module from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onNode24, root } from './node24.mjs';

onNode24(async () => {
  module.enableCompileCache?.(join(root, 'node_modules', '.cache', 'haedap'));
  const { cli } = await import(pathToFileURL(join(root, 'src', 'app', 'cli.ts')).href);
  process.exitCode = await cli(process.argv.slice(2));
});
