type State = Readonly<Record<string, unknown>> & { readonly Type: string };
export type Definition = Readonly<Record<string, unknown>> & {
  readonly States: Readonly<Record<string, State>>;
};

const listed = ['Retry', 'Catch', 'Choices'];
/** Numbers and instants: written down, or computed by an expression. */
const maybeComputed = ['Seconds', 'Timestamp', 'TimeoutSeconds', 'HeartbeatSeconds'];
/** What a task that waits for its token may have done to it otherwise than one that waits for an answer. */
const otherWithToken = ['Resource', 'TimeoutSeconds', 'HeartbeatSeconds', 'Catch'];

const ofState = (state: State): string[] =>
  Object.entries(state).flatMap(([field, value]) => {
    const computed = maybeComputed.includes(field) && typeof value === 'string' && value.startsWith('{%');
    const token = otherWithToken.includes(field) && String(state.Resource).endsWith('.waitForTaskToken');
    const key = `${state.Type}.${field}${computed ? ' (expression)' : ''}${token ? ', token' : ''}`;
    const parts = listed.includes(field)
      ? (value as object[]).flatMap((one) =>
          Object.keys(one).map((part) => `${state.Type}.${field}[].${part}`),
        )
      : [];
    const inside =
      field === 'Branches'
        ? (value as Definition[]).flatMap(ofMachine)
        : field === 'ItemProcessor'
          ? ofMachine(value as Definition)
          : [];
    return [key, ...parts, ...inside];
  });

const ofMachine = (machine: Definition): string[] => [
  ...Object.keys(machine).map((field) => `machine.${field}`),
  ...Object.values(machine.States).flatMap(ofState),
];

/**
 * Every field of the states language that machines use, as keys like `Task.Retry[].MaxAttempts`, and every function and part
 * of the context that their expressions name. Sorted, each once.
 */
export const usedFields = (definitions: readonly Definition[]): string[] => {
  const text = JSON.stringify(definitions);
  const named = [
    ...text.matchAll(/\$states\.context(?:\.\w+)+/g), //
    ...text.matchAll(/\$[a-z]\w*(?=\()/g),
  ].map(([name]) => name);
  return [...new Set([...definitions.flatMap(ofMachine), ...named])].sort();
};
