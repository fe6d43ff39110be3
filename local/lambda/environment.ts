/** Two functions disagree about the environment, or have values that one process cannot give to both. */
export class EnvironmentsDiffer extends Error {
  override readonly name = 'EnvironmentsDiffer';
}

/**
 * The environment values of all functions as one map: one process hosts them, so they share it.
 *
 * @throws {EnvironmentsDiffer} for a key with two values; the app gives every function the same map to mend it
 */
export const sharedEnvironment = (
  functions: readonly { name: string; environment: Record<string, string> }[],
): Record<string, string> => {
  const shared = new Map<string, { value: string; by: string }>();
  for (const { name, environment } of functions) {
    for (const [key, value] of Object.entries(environment)) {
      const known = shared.get(key);
      if (known !== undefined && known.value !== value) {
        throw new EnvironmentsDiffer(
          `environment value ${key}: ${known.by} has "${known.value}" and ${name} has "${value}"; ` +
            'one process hosts all functions, so give them all the same',
        );
      }
      shared.set(key, { value, by: name });
    }
  }
  return Object.fromEntries([...shared].map(([key, { value }]) => [key, value]));
};

/** Puts values into the environment of this process; undefined removes one. Returns the way back. */
export const enter = (values: Record<string, string | undefined>): (() => void) => {
  const before = Object.keys(values).map((key) => [key, process.env[key]] as const);
  const put = (key: string, value: string | undefined) => {
    if (value === undefined) delete process.env[key];
    else process.env[key] = value;
  };
  for (const [key, value] of Object.entries(values)) put(key, value);
  return () => {
    for (const [key, value] of before) put(key, value);
  };
};
