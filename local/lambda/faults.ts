/** How a function is made to fail: before it does anything, or after it did everything. */
export type Fault = {
  times: number;
  when: 'before' | 'after';
  error: Error;
  /** Events that it fails on; all by default. */
  only: (event: unknown) => boolean;
};

/** Test hooks that make functions fail. */
export type Faults = {
  /** The next `times` invocations (one by default) throw; `after` throws once the function has done its work. */
  throw(functionName: string, fault?: Partial<Fault>): void;
  throwAlways(functionName: string, fault?: Partial<Fault>): void;
  /** Takes the faults of one function away, or of all. */
  clear(functionName?: string): void;
};

export const createFaults = (): Faults & {
  take(functionName: string, event: unknown): Fault | undefined;
} => {
  const faults = new Map<string, Fault>();
  const set = (functionName: string, fault: Partial<Fault>) =>
    void faults.set(functionName, {
      times: 1,
      when: 'before',
      error: new Error('a fault was injected'),
      only: () => true,
      ...fault,
    });
  return {
    throw: (functionName, fault = {}) => set(functionName, fault),
    throwAlways: (functionName, fault = {}) =>
      set(functionName, { ...fault, times: Number.POSITIVE_INFINITY }),
    clear: (functionName) => {
      if (functionName === undefined) faults.clear();
      else faults.delete(functionName);
    },
    take: (functionName, event) => {
      const fault = faults.get(functionName);
      if (fault?.only(event) !== true) return undefined;
      fault.times -= 1;
      if (fault.times <= 0) faults.delete(functionName);
      return fault;
    },
  };
};
