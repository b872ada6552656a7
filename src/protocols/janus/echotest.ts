/** The EchoTest plugin: what it is sent comes back. */
import { type Plugin, type PluginContext, WE_OFFER } from './plugin.ts';

export function createEchotest({ options, talk }: PluginContext): Plugin {
  return {
    attached: (handle) => [
      { do: 'joined', as: options.as },
      { do: 'presence', who: handle.party, change: 'join' },
    ],
    event: () => [],
    body: ({ sdp }) => ({ audio: /^m=audio /m.test(sdp), video: /^m=video /m.test(sdp) }),
    goodbye: (handle) => [talk.about(handle, 'hangup')],
    capabilities: () => WE_OFFER,
  };
}
