import { ConfigError, formatProblem } from '@suite/config';
import { findToken, loadTomConfig } from './configuration.ts';
import type { ReadConfig } from './read-config.ts';

// A process of its own that reads the configuration, hands it over and ends: see read-config.ts.

const warnings: string[] = [];

async function read(): Promise<ReadConfig> {
  try {
    const configFile = process.argv[2] || undefined;
    const { config } = await loadTomConfig({
      configFile,
      env: process.env,
      warn: (text) => warnings.push(text),
    });
    return { kind: 'config', config, token: await findToken(config), warnings };
  } catch (error) {
    if (error instanceof ConfigError) return { kind: 'invalid', problems: error.problems.map(formatProblem) };
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}

process.send!(await read());
process.disconnect();
