import { defineCommand, EXIT } from '@suite/cli';
import { listRuleFiles, readRuleFiles, runRuleTests } from '@suite/pipeline';
import { loadRules, type RuleResult } from '@suite/sigma';
import { loadNadirConfig } from '../configuration.ts';
import { nadirErrors } from '../errors.ts';
import { reasonOf } from '../reason.ts';

/** `nadir rules check DIR|FILE…`: does each rule load, and do its own tests hold? */
export const rulesCheck = (clockUs: () => number) =>
  defineCommand({
    name: 'rules check',
    summary: 'load Sigma rules, name those that do not hold, run the tests that they bring',
    options: {
      'no-tests': { type: 'boolean', description: 'load alone; leave the tests out that rules bring along' },
    },
    positionals: [
      { name: 'PATH', description: 'rule files, or folders of them', required: true, many: true },
    ],
    examples: ['nadir rules check /etc/nadir/rules', 'nadir rules check my-rule.yml --json'],
    async run(context) {
      const { positionals, options, output, print, signal } = context;
      const { config } = await loadNadirConfig(context);
      const paths = [...new Set((await Promise.all(positionals.map(pathsOf))).flat())];
      const read = await readRuleFiles(paths);
      const files = read.filter((file) => 'text' in file);
      const { ruleSet, results } = loadRules(files, { placeholders: config.detection.rules.placeholders });
      const unread = read.flatMap((file) =>
        'unreadable' in file ? [unreadable(file.path, file.unreadable)] : [],
      );
      const failed = options['no-tests'] ? [] : await runRuleTests(ruleSet, clockUs(), signal);
      const tested = results.map((result) => {
        const test = failed.find(
          ({ rule }) => result.ok && rule.file === result.file && rule.line === result.line,
        );
        return test ? { ...result, ok: false, reason: test.reason } : result;
      });
      const all = [...unread, ...tested];
      for (const { file, line, id, name, title, kind, ok, reason } of all) {
        await output.write({ file, line, id, name, title, kind, ok, reason });
        if (!ok) await print(`${file}:${line}: ${title ?? 'no title'}: ${reason}`);
      }
      const bad = all.filter(({ ok }) => !ok).length;
      await print(
        `${all.length - bad} of ${all.length} rules load${options['no-tests'] ? '' : ', and their tests hold'}`,
      );
      return bad > 0 ? EXIT.found : EXIT.ok;
    },
  });

async function pathsOf(path: string): Promise<readonly string[]> {
  try {
    return await listRuleFiles(path);
  } catch (error) {
    throw nadirErrors.NADIR_INPUT_UNREADABLE({ path, reason: reasonOf(error) }, { cause: error });
  }
}

function unreadable(file: string, reason: string): RuleResult {
  return { file, line: 1, id: null, name: null, title: null, kind: 'rule', ok: false, reason };
}
