/** What a gate does, as the log tells it. */
import type { Action, Draft } from '../../core/event.ts';
import type { MessageDraft } from './intervention.ts';
import { meaningOf } from './meaning.ts';

/** What has come in and does not go on as it is: shown, but without any effect on the negotiation. */
export function arrival(draft: MessageDraft, how: string): Draft {
  const { signals } = meaningOf(draft);
  const what = [...new Set(signals.map((signal) => (signal.type === 'other' ? signal.label : signal.type)))];
  return { ...draft, signals: [{ type: 'other', label: `${how}: ${what.join(', ') || 'message'}` }] };
}

/** What is done to a message, on the lane of its sender. */
export function actionDraft({ from, link }: MessageDraft, action: Action): Draft {
  return { from, to: from, ...(link !== undefined && { link }), kind: 'action', action };
}
