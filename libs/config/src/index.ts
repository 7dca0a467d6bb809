export { type Annotation, annotate, type Shorthand } from './annotation.ts';
export { byteSize, formatByteSize, parseByteSize } from './byte-size.ts';
export { type Cidr, cidr, createAddressSet, formatCidr, parseCidr } from './cidr.ts';
export { type ConfigDefinition, defineConfig } from './define.ts';
export { duration, formatDuration, parseDuration } from './duration.ts';
export { describeEffective } from './effective.ts';
export { type GeneratedFile, generateConfigFiles, writeGeneratedFiles } from './generate.ts';
export {
  formatHostPort,
  type HostPort,
  host,
  hostPort,
  isHost,
  isLoopback,
  parseHostPort,
  port,
} from './host-port.ts';
export { jsonSchema } from './json-schema.ts';
export { type LoadedConfig, type LoadOptions, loadConfig } from './load.ts';
export { editDistance, nearest } from './nearest.ts';
export { ConfigError, type ConfigProblem, formatProblem } from './problem.ts';
export { type FileContent, FileRefusedError, type ReadFile, readRegularFile } from './read-file.ts';
export { secret } from './secret.ts';
export { formatPlace, formatSource, type Source } from './source.ts';
