import { expect, it } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { catalogue } from '../../src/rules/catalogue/index.ts';
import { createChecker } from '../../src/rules/check.ts';
import { recorded } from '../recording.ts';

it('judges an event in steps, a rule each, as it does at once', () => {
  const { log } = recorded('ice-restart.ndjson');
  const [whole, inSteps] = [createChecker({ rules: catalogue }), createChecker({ rules: catalogue })];
  const model = emptyModel();
  for (const event of log.events) {
    reduce(model, event);
    const steps = inSteps.observing(model, event);
    let count = 0;
    let step = steps.next();
    while (step.done !== true) {
      count += 1;
      step = steps.next();
    }
    expect(step.value).toEqual(whole.observe(model, event));
    const isDescription = model.described.has(event.seq);
    expect(count > 30).toBe(isDescription);
  }
});
