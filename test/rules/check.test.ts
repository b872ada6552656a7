import { expect, it } from 'vitest';
import { emptyModel, reduce } from '../../src/core/reduce.ts';
import { catalogue } from '../../src/rules/catalogue/index.ts';
import { createChecker } from '../../src/rules/check.ts';
import { a, anAnswer, anOffer, b } from '../../src/rules/example.ts';
import { recorded } from '../recording.ts';
import { hear } from './conversation.ts';

const sections = (count: number) => Array.from({ length: count }, () => 'video' as const);

it.each([
  ['short descriptions', recorded('ice-restart.ndjson').log.events, false],
  ['long ones', hear([a.offers(anOffer(sections(150))), b.answers(anAnswer(sections(150)))]).events, true],
])('judges an event in steps as it does at once, in many where there is much to judge: %s', (_, events, many) => {
  const [whole, inSteps] = [createChecker({ rules: catalogue }), createChecker({ rules: catalogue })];
  const model = emptyModel();
  for (const event of events) {
    reduce(model, event);
    const steps = inSteps.observing(model, event);
    let count = 0;
    let step = steps.next();
    while (step.done !== true) {
      count += 1;
      step = steps.next();
    }
    expect(step.value).toEqual(whole.observe(model, event));
    expect(count > 10).toBe(many);
  }
});
