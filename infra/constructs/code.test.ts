import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { afterAll, expect, test } from 'vitest';
import { codeOf } from './code.ts';

const outdir = mkdtempSync(join(tmpdir(), 'voronka-code-'));
afterAll(() => rmSync(outdir, { recursive: true, force: true }));

test('a bundle is one module that runs by itself', async () => {
  const stack = new Stack(new App({ outdir }), 'Test');

  codeOf(stack, 'functions/shared/table/values.ts').bind(stack);

  const [asset = ''] = readdirSync(outdir).filter((name) => name.startsWith('asset.'));
  expect(readdirSync(join(outdir, asset))).toEqual(['index.mjs']);
  const module = await import(/* @vite-ignore */ pathToFileURL(join(outdir, asset, 'index.mjs')).href);
  expect(Object.keys(module)).toContain('marshal');
});

test('two sources of one repository are two bundles', () => {
  const stack = new Stack(new App({ outdir }), 'Test');
  const hashOf = (entry: string) =>
    codeOf(stack, entry).bind(new Construct(stack, entry)).s3Location?.objectKey;

  expect(hashOf('functions/shared/table/check.ts')).not.toBe(hashOf('functions/shared/table/create.ts'));
});

test('without bundling a missing source is nobody’s business', () => {
  const stack = new Stack(new App({ outdir, context: { 'voronka:bundle': false } }), 'Test');

  expect(codeOf(stack, 'functions/nowhere/api.handler.ts')).toEqual(
    Code.fromInline('// functions/nowhere/api.handler.ts is bundled at deploy'),
  );
});

test('with bundling a missing source is named', () => {
  const stack = new Stack(new App({ outdir }), 'Test');

  expect(() => codeOf(stack, 'functions/nowhere/api.handler.ts')).toThrow(
    'Test: no handler at functions/nowhere/api.handler.ts; write it, or synthesize with bundle: false',
  );
});
