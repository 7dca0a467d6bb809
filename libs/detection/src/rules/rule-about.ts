import type { Rule, RuleSet } from '@suite/sigma';
import type { RuleAbout } from '../about.ts';
import { ATTEMPT_TAG } from './rule-stories.ts';

/** What the rules of a set say of themselves; those that speak through correlations alone are left out. */
export function aboutRules(ruleSet: RuleSet): RuleAbout[] {
  return ruleSet.rules.filter((rule) => rule.speaks).map((rule) => aboutOf(rule, ruleSet));
}

function aboutOf(rule: Rule, ruleSet: RuleSet): RuleAbout {
  const { match, ignore } = rule.tests;
  return {
    rule: rule.rule,
    title: rule.title,
    levels: rule.tags.includes(ATTEMPT_TAG) ? ['low', rule.level] : [rule.level],
    techniques: rule.techniques,
    source: sourceOf(rule, ruleSet),
    why: rule.tags.includes(ATTEMPT_TAG)
      ? `${rule.description || rule.title} Level low while nothing was served and it is fewer than three requests of one client.`
      : rule.description || rule.title,
    falsePositives: rule.falsePositives,
    next: rule.response || 'Look at the lines, and at what the same account or address did around them.',
    ...(rule.kind === 'correlation'
      ? {
          keeps:
            '20,000 groups and 40,000 of their events; the group that was quiet longest is forgotten first.',
        }
      : {}),
    examples: match.length + ignore.length > 0 ? { match, ignore } : { testedIn: rule.file },
  };
}

function sourceOf(rule: Rule, ruleSet: RuleSet): string {
  if (rule.kind === 'rule') return rule.source.words;
  const sources = rule.members.map((index) => sourceOf(ruleSet.rules[index]!, ruleSet));
  return [...new Set(sources)].join('; ');
}
