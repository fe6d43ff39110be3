import { isPlain } from '../compile/plain.ts';
import { type Check, finding } from './finding.ts';
import { expressions } from './mentions.ts';

/** An expression that is no JSONata, or a condition richer than state machines may carry. Formulas may be rich. */
export const richExpression: Check = (_, pipeline) =>
  expressions(pipeline).flatMap(({ expression, path, what }) => {
    const odd = isPlain(expression);
    if (/\$eval\b/.test(expression))
      return [
        finding(
          'rich-expression',
          path,
          `${what} "${expression}": it calls $eval, which takes what people write for an expression; say it in plain terms`,
        ),
      ];
    return odd === undefined || (what === 'formula' && !odd.startsWith('it is no JSONata'))
      ? []
      : [finding('rich-expression', path, `${what} "${expression}": ${odd}`)];
  });
