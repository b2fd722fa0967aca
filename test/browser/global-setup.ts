/** What all browser tests share: one local cloud, two shops that keep their word, and one Chromium. */
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { FLAGS, findChromium } from './find-chromium.ts';
import { openShops } from './shops.ts';
import { Run } from '../run.ts';
import path from 'node:path';
import { findRunningCloud } from '../../infra/local/commands/running-cloud.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The data folder of the cloud that runs. */
    readonly cloudData: string;
    readonly browserEndpoint: string;
  }
}

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = await findChromium();
  const run = await Run.prepare();
  const stops: (() => void | Promise<void>)[] = [() => run.remove()];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  // Whoever breaks the tests off leaves no cloud behind; a teardown would not be waited for.
  process.once('exit', () => run.killAll());
  process.once('SIGTERM', () => process.exit(143));
  try {
    const ended = run.start(['--headless', '--no-sim', '--households', '2', '--speed', '1']).then(({ output }) => {
      throw new Error(`the local cloud did not start:\n${output}`);
    });
    ended.catch(() => undefined);
    const browser = await chromium.launchServer({ executablePath, args: FLAGS });
    stops.push(() => browser.close());
    await Promise.race([run.says(/Open http/), ended]);
    const data = path.join(run.data, 'data');
    const cloud = findRunningCloud(data);
    // Product time stands still unless a test moves it.
    await cloud.ask({ call: 'pause' });
    const shops = openShops(cloud);
    stops.push(() => shops.close());
    await shops.published;
    project.provide('cloudData', data);
    project.provide('browserEndpoint', browser.wsEndpoint());
    return stop;
  } catch (error) {
    await stop();
    throw error;
  }
}
