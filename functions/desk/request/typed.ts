import type { Fault } from '../views/messages.tsx';

/** The forms of a request's page. */
export type StepName = 'grant' | 'decline' | 'ask' | 'dismiss' | 'merge' | 'extend' | 'note' | 'reopen';

/** What somebody typed into one of the forms, when it comes back to them, and what is wrong with it. */
export interface Typed {
  step: StepName;
  values: URLSearchParams;
  faults: Fault[];
}

export interface Filled {
  /** Whether this form is the one that came back. */
  isBack: boolean;
  value: (name: string) => string | undefined;
  all: (name: string) => string[];
  fault: (field: string) => string | undefined;
}

/** One form of the page: empty, unless it is the one that comes back. */
export function filled(step: StepName, typed?: Typed): Filled {
  const own = typed?.step === step ? typed : undefined;
  return {
    isBack: own !== undefined,
    value: (name) => own?.values.get(name) ?? undefined,
    all: (name) => own?.values.getAll(name) ?? [],
    fault: (field) => own?.faults.find((fault) => fault.field === field)?.sentence,
  };
}
