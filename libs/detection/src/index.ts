export type { Example, RuleAbout, RuleExamples, TestedElsewhere } from './about.ts';
export { AllowList } from './allow-list.ts';
export { createEngine, type DetectionEngine, type EngineOptions } from './engine.ts';
export type { Detector, Observation, Report } from './port.ts';
export { DEFAULT_SETTINGS, type DetectionSettings } from './settings.ts';
