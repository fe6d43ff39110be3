/** A fault that somebody asked for, and how often it is still to happen. */
export type Planned = { readonly fault: string; readonly left: number };

/** The faults a sandbox is to make, in the order in which they were asked for. */
export type FaultPlan = {
  /** words this sandbox knows, with what each does */
  readonly known: Readonly<Record<string, string>>;
  /** @param times - once where absent; `Infinity` until it is cleared */
  plan(fault: string, times?: number): void;
  /** The first planned one of these, which is then used up by one; undefined where all goes well. */
  take(...faults: readonly string[]): string | undefined;
  planned(): readonly Planned[];
  clear(): void;
};

/** @param known - a fault's word and what it does, for people: `{ twice: 'the callback comes twice' }` */
export const faultPlan = (known: Readonly<Record<string, string>>): FaultPlan => {
  let planned: Planned[] = [];
  return {
    known,
    plan(fault, times = 1) {
      if (known[fault] === undefined)
        throw new RangeError(`fault "${fault}": this sandbox knows ${Object.keys(known).join(', ')}`);
      if (!(times >= 1))
        throw new RangeError(`times: ${times} given; 1 or more, or Infinity, is a number of times`);
      planned.push({ fault, left: times });
    },
    take(...faults) {
      const at = planned.findIndex(({ fault }) => faults.includes(fault));
      const found = planned[at];
      if (found === undefined) return undefined;
      planned =
        found.left <= 1
          ? planned.toSpliced(at, 1)
          : planned.with(at, { fault: found.fault, left: found.left - 1 });
      return found.fault;
    },
    planned: () => planned,
    clear: () => {
      planned = [];
    },
  };
};
