import type { z } from 'zod';

/** What one app's configuration is: made once, read by the loader, `check` and the generator. */
export interface ConfigDefinition<S extends z.ZodObject = z.ZodObject> {
  /** `nadir`: names the generated files. */
  readonly name: string;
  /** One line for the head of the reference page and the JSON Schema. */
  readonly title: string;
  /** `NADIR`: variables are `NADIR_…`. */
  readonly envPrefix: string;
  /** Variables with the prefix that are none of the configuration's: `NADIR_CONFIG`. */
  readonly envIgnore?: readonly string[];
  readonly schema: S;
  /** A commented example in YAML for the reference page. */
  readonly example: string;
}

export function defineConfig<S extends z.ZodObject>(definition: ConfigDefinition<S>): ConfigDefinition<S> {
  return definition;
}
